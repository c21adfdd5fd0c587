import { createRecon } from '@recon/server'
import { type Command, type CommandIo, exitCodes, type OptionValues } from './command.ts'
import { databaseOptionHelp } from './database-option.ts'
import { hostEnvironmentHelp, hostOptions } from './host-options.ts'

export const workCommand: Command = {
  name: 'work',
  summary: 'take jobs from the database until stopped: matching, mail, reports, fetches',
  usage: 'work --database postgres://...',
  options: { database: databaseOptionHelp },
  positionals: 0,
  details: `Start as many as you like, on as many machines as you like. An embedded database serves one process: there, use\nrecon serve, which works its own jobs.\n\n${hostEnvironmentHelp}`,
  run,
}

async function run(values: OptionValues, _positionals: readonly string[], io: CommandIo): Promise<number> {
  const recon = createRecon(hostOptions(values, io))
  try {
    await recon.work()
    await io.out('recon takes jobs (stop with Ctrl+C)\n')
    await io.stopped()
    return exitCodes.ok
  } finally {
    await recon.close()
  }
}
