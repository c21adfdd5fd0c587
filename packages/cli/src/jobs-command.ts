import { createRecon, localOperator, silentLogger } from '@recon/server'
import {
  type Command,
  type CommandIo,
  exitCodes,
  flagOption,
  listOption,
  type OptionValues,
  textOption,
} from './command.ts'
import { databaseOption, databaseOptionHelp } from './database-option.ts'
import { textTable } from './text-table.ts'

export const jobsCommand: Command = {
  name: 'jobs',
  summary: 'show the jobs that were given up, and give them another try',
  usage: 'jobs --database postgres://... [--tenant ID] [--redrive ID...] [--redrive-all] [--json]',
  options: {
    database: databaseOptionHelp,
    tenant: { type: 'string', value: 'ID', help: 'only jobs of this tenant' },
    redrive: { type: 'string', multiple: true, value: 'ID', help: 'give this parked job another try; may be repeated' },
    'redrive-all': { type: 'boolean', help: 'give every parked job that is shown another try' },
    json: { type: 'boolean', help: 'one JSON object on stdout' },
  },
  positionals: 0,
  details:
    'A job that fails as often as its queue allows is parked with its reason. It stays until somebody drives it again.',
  run,
}

async function run(values: OptionValues, _positionals: readonly string[], io: CommandIo): Promise<number> {
  const database = databaseOption(values, io)
  const tenantId = textOption(values, 'tenant')
  const ids = listOption(values, 'redrive')
  const recon = createRecon({ database, authorize: localOperator(), logger: silentLogger })
  try {
    const filter = tenantId === undefined ? {} : { tenantId }
    const all = flagOption(values, 'redrive-all')
    const driven = all || ids.length > 0 ? await recon.redriveJobs(all ? filter : { ...filter, ids }) : 0
    const jobs = await recon.parkedJobs(tenantId)
    if (flagOption(values, 'json')) await io.out(`${JSON.stringify({ driven, jobs })}\n`)
    else {
      if (driven > 0) await io.out(`${driven} given another try\n`)
      const titles = ['Id', 'Queue', 'Parked', 'Tries', 'Reason'].map((title) => ({ title }))
      const rows = jobs.map((job) => [job.id, job.queue, job.parkedAt, String(job.attempts), job.reason])
      await io.out(jobs.length === 0 ? 'no job is parked\n' : textTable(titles, rows))
    }
    return all || ids.length === 0 || driven > 0 ? exitCodes.ok : exitCodes.refused
  } finally {
    await recon.close()
  }
}
