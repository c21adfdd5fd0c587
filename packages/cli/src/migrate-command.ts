import { createRecon, localOperator, silentLogger } from '@recon/server'
import { type Command, type CommandIo, exitCodes, type OptionValues } from './command.ts'
import { databaseOption, databaseOptionHelp, shownDatabase } from './database-option.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database schema up to date',
  usage: 'migrate --database pglite://DIR|postgres://...',
  options: { database: databaseOptionHelp },
  positionals: 0,
  details: 'Run it before a new version starts to serve or work. Running it again changes nothing.',
  run,
}

async function run(values: OptionValues, _positionals: readonly string[], io: CommandIo): Promise<number> {
  const database = databaseOption(values, io)
  const recon = createRecon({ database, authorize: localOperator(), logger: silentLogger })
  try {
    const applied = await recon.migrate()
    for (const name of applied) await io.out(`applied ${name}\n`)
    await io.out(`${shownDatabase(database)} is up to date\n`)
    return exitCodes.ok
  } finally {
    await recon.close()
  }
}
