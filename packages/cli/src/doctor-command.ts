import { createRecon, localOperator, silentLogger } from '@recon/server'
import { type Command, type CommandIo, exitCodes, flagOption, type OptionValues } from './command.ts'
import { databaseOption, databaseOptionHelp, shownDatabase } from './database-option.ts'
import { refusedInput } from './input-refusal.ts'
import { textTable } from './text-table.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check this machine and the database, and say what to do',
  usage: 'doctor --database pglite://DIR|postgres://... [--json]',
  options: { database: databaseOptionHelp, json: { type: 'boolean', help: 'one JSON object on stdout' } },
  positionals: 0,
  details: 'Changes nothing but an embedded database that is new or behind. Exit code 1 when a check fails.',
  run,
}

interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}

const oldestNode = [22, 12]

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  const ok = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
  return { name: 'node', ok, message: ok ? version : `${version} is too old: install ${oldestNode.join('.')} or newer` }
}

async function databaseChecks(database: string): Promise<readonly Check[]> {
  const recon = createRecon({ database, authorize: localOperator(), logger: silentLogger })
  try {
    await recon.ready()
    const intact = await recon.handler(new Request('http://localhost/recon/activity/verification'))
    const log: unknown = await intact.json()
    const whole = typeof log === 'object' && log !== null && 'intact' in log && log.intact === true
    return [
      { name: 'database', ok: true, message: `${shownDatabase(database)} answers, its schema is current` },
      {
        name: 'activity log',
        ok: whole,
        message: whole ? 'the hash chain is whole' : 'the hash chain is broken: compare with a backup before going on',
      },
    ]
  } catch (error) {
    const { code, message } = refusedInput(error)
    return [{ name: 'database', ok: false, message: `${message} (${code})` }]
  } finally {
    await recon.close()
  }
}

async function run(values: OptionValues, _positionals: readonly string[], io: CommandIo): Promise<number> {
  const database = databaseOption(values, io)
  const checks = [nodeCheck(process.versions.node), ...(await databaseChecks(database))]
  const ok = checks.every((check) => check.ok)
  if (flagOption(values, 'json')) await io.out(`${JSON.stringify({ ok, checks })}\n`)
  else {
    const rows = checks.map((check) => [check.ok ? 'ok' : 'PROBLEM', check.name, check.message])
    await io.out(textTable([{ title: '' }, { title: 'Check' }, { title: 'Finding' }], rows))
  }
  return ok ? exitCodes.ok : exitCodes.refused
}
