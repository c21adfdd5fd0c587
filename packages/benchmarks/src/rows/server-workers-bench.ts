import { openPostgresStore } from '../../../server/src/store/postgres-store.ts'
import { startEmbeddedServer } from '../../../server/src/testing/embedded-server.ts'
import { type JobExpiry, openJobExpiry } from '../../../server/src/testing/expire-jobs.ts'
import type { KillWorkerSettings } from '../../../server/src/testing/kill-worker.ts'
import { buildWorkerProgram, type WorkerProgram } from '../../../server/src/testing/killable-process.ts'
import { fillAccounts, orderPartedRun, runOutcome } from '../../../server/src/testing/parted-run.ts'
import { type ReconHarness, reconHarness } from '../../../server/src/testing/recon-harness.ts'
import { median } from '../side-by-side.ts'

interface Room {
  readonly harness: ReconHarness
  readonly program: WorkerProgram
  readonly settings: KillWorkerSettings
  readonly expiry: JobExpiry
  readonly lines: number
  readonly accounts: number
}

const contenders = [
  { name: 'one worker', workers: 1, killing: false },
  { name: 'two workers', workers: 2, killing: false },
  { name: 'two workers, killed at random', workers: 2, killing: true },
] as const

/** One run of many accounts by one and by two worker processes on one Postgres, in turns, and with workers killed at random. */
export async function serverWorkersBench(lines: number, rounds: number): Promise<string> {
  const server = await startEmbeddedServer()
  const database = await server.newDatabase()
  const harness = reconHarness(await openPostgresStore({ url: database }))
  await harness.recon.ready()
  const program = await buildWorkerProgram()
  const settings = { database, mail: 'smtp://127.0.0.1:1', books: '', files: '', secret: 'k'.repeat(40) }
  const expiry = await openJobExpiry(database, harness.store.db)
  const accounts = Math.max(8, Math.min(64, Math.round(lines / 15_000)))
  const room: Room = { harness, program, settings, expiry, lines, accounts }
  const seconds: number[][] = contenders.map(() => [])
  const digests = new Set<string>()
  let kills = 0
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [at, contender] of contenders.entries()) {
        const run = await measure(room, `round-${round}-${at}`, contender.workers, contender.killing, round + 1)
        seconds[at]?.push(run.seconds)
        digests.add(run.digest)
        kills += run.kills
      }
    }
  } finally {
    await expiry.stop()
    await harness.close()
    await server.stop()
    program.remove()
  }
  if (digests.size !== 1) throw new Error(`The results differ: ${[...digests].join(', ')}`)
  const one = median(seconds[0] ?? [])
  const rows = contenders.map(({ name, killing }, at) => {
    const all = seconds[at] ?? []
    const spread = `${median(all).toFixed(1)} (${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)})`
    const rate = Math.round(lines / median(all))
    return `| ${name}${killing ? ` (${kills} kills)` : ''} | ${spread} | ${rate} | ${(one / median(all)).toFixed(2)} |`
  })
  return [
    `${lines} lines of both sides, ${accounts} accounts, ${rounds} rounds; every result has the digest ${[...digests][0]?.slice(0, 12)}.`,
    '',
    '| contender | seconds, median (min to max) | lines/s | times one worker |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

async function measure(room: Room, tenantId: string, count: number, killing: boolean, seed: number) {
  const { harness, program, settings, expiry } = room
  await fillAccounts(harness.store, tenantId, room.lines, room.accounts)
  const start = () => program.start(settings)
  const workers = Array.from({ length: count }, start)
  // Warm: connected, and with nothing to do.
  await Promise.all(workers.map((worker) => worker.command({ do: 'work' })))
  const finished = async () => (await runOutcome(harness.store, tenantId)).status === 'AWAITING_REVIEW'
  await orderPartedRun(harness, tenantId)
  const from = performance.now()
  let kills = 0
  let random = seed * 2_654_435_761
  const next = () => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return random / 2 ** 32
  }
  // Whoever plans the run does so first: the parts are there for both from then on.
  await Promise.all(
    workers.map(async (first, at) => {
      let worker = first
      while ((await statusOf(harness, tenantId)) === 'MATCHING') {
        const work = worker.command({ do: 'work' }).catch(() => undefined)
        if (killing && at === 0) {
          await Promise.race([work, new Promise((resolve) => setTimeout(resolve, 500 + next() * 5000))])
          await worker.stop()
          kills += 1
          await expiry.run()
          worker = start()
        }
        await work
      }
      await worker.stop()
    }),
  )
  const seconds = (performance.now() - from) / 1000
  if (!(await finished())) throw new Error('The run did not end.')
  const { digest } = await runOutcome(harness.store, tenantId)
  return { seconds, digest, kills }
}

async function statusOf(harness: ReconHarness, tenantId: string): Promise<string> {
  const row = await harness.store.db
    .selectFrom('run')
    .select('status')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return row.status
}
