import { folderStorage } from '../files/folder-storage.ts'
import { smtp } from '../outbox/mail-transport.ts'
import { openPostgresStore } from '../store/postgres-store.ts'
import type { AcknowledgedSave } from './invariants.ts'
import { finishFlow, type KillOrder, killFlows } from './kill-flows.ts'
import { type Boundary, KillProbe } from './kill-probe.ts'
import { harnessUrl, reconHarness } from './recon-harness.ts'
import { remoteBooks } from './remote-books.ts'

/** What a worker process is started with, as JSON in its first argument. */
export interface KillWorkerSettings {
  readonly database: string
  readonly mail: string
  readonly books: string
  readonly files: string
  readonly secret: string
}

/**
 * `finish` what the process before left; `run` and die at the boundary `killAt` (without one: live on); or `work` off the jobs there are,
 * to be killed from outside whenever it pleases.
 */
export type KillCommand =
  | { readonly do: 'finish'; readonly order: KillOrder }
  | { readonly do: 'run'; readonly order: KillOrder; readonly killAt?: Boundary }
  | { readonly do: 'work' }

/** The program of a worker process that is made to be killed: the whole backend on a real database, a mail server and books. */
const settings = JSON.parse(process.argv[2] ?? '{}') as KillWorkerSettings
const probe = new KillProbe()
probe.watchDatabase()
const mail = smtp(settings.mail, { from: 'Firm <firm@firm.example>' })
const clock = { now: '2026-11-21T09:00:00.000Z' }
const harness = reconHarness(await openPostgresStore({ url: settings.database, connections: 4 }), {
  portal: { url: harnessUrl, page: 'https://books.example/portal' },
  secret: settings.secret,
  files: folderStorage(settings.files),
  migrate: false,
  providers: [remoteBooks(settings.books, probe.reach)],
  mail: {
    from: mail.from,
    send: async (given) => {
      probe.reach('smtp.before')
      const outcome = await mail.send(given)
      probe.reach('smtp.after')
      return outcome
    },
  },
  ambience: { now: () => clock.now, fault: probe.reach },
})
await harness.recon.ready()

process.on('message', (command: KillCommand) => {
  work(command).then(
    (end) => process.send?.({ done: true, ...end }),
    (error: unknown) => process.send?.({ done: false, error: error instanceof Error ? error.stack : String(error) }),
  )
})
// An orphan has nobody to work for.
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })

async function work(command: KillCommand): Promise<{ points: readonly string[]; saves: AcknowledgedSave[] }> {
  if (command.do === 'work') {
    await harness.recon.drain()
    return { points: [], saves: [] }
  }
  const { order } = command
  const saves: AcknowledgedSave[] = []
  clock.now = order.now
  probe.arm(command.do === 'run' ? command.killAt : undefined)
  const flow = command.do === 'run' ? killFlows[order.flow] : finishFlow
  await flow(harness, order, (save) => {
    saves.push(save)
    probe.say({ save })
    probe.reach('answered')
  })
  return { points: probe.disarm(), saves }
}
