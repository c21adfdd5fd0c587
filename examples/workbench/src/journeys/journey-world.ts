import { type Client, createClient } from '@recon/client'
import { createRecon, type Logger, localOperator, type Recon } from '@recon/server'
import { deskHeader } from '../app/desk-client.ts'
import { deskOf } from '../server/sample-world.ts'
import { type SimulatedProviders, simulatedProviders } from '../server/simulators/simulated-providers.ts'
import { type WorkbenchClock, workbenchClock } from '../server/simulators/workbench-clock.ts'

/** The workbench's backend on a database in memory, with its simulators, and a clock that stands still until it is moved. */
export interface JourneyWorld extends SimulatedProviders {
  readonly recon: Recon
  readonly client: Client
  readonly clock: WorkbenchClock
  /** Delivers webhooks and works jobs until nothing is left to do. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const start = Date.parse('2026-11-20T09:00:00.000Z')

export async function journeyWorld(desk: string): Promise<JourneyWorld> {
  const still = workbenchClock(0, () => start)
  // waiting moves the clock on
  const clock: WorkbenchClock = {
    ...still,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted()
      still.advance(milliseconds)
    },
  }
  const world = simulatedProviders(clock)
  const recon = createRecon({
    database: 'pglite://memory',
    authorize: (request) => localOperator(deskOf(request))(request),
    ambience: { now: clock.instant },
    logger: silent,
    providers: world.providers,
  })
  await recon.ready()
  const relays = world.relays((request) => recon.handler(request))
  const client = createClient({
    url: 'http://localhost/recon',
    headers: { [deskHeader]: desk },
    retries: 0,
    fetch: async (input, init) => recon.handler(new Request(input, init)),
  })
  const settle = async () => {
    for (let round = 0; round < 20; round++) {
      let delivered = 0
      for (const relay of relays) delivered += await relay.run()
      if (delivered + (await recon.drain()) === 0) return
    }
  }
  return { ...world, recon, client, clock, settle, close: () => recon.close() }
}

type Refusable<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: { readonly message: string } }

export function accepted<Value>(answer: Refusable<Value>): Value {
  if (answer.ok) return answer.value
  throw new Error(answer.refusal.message)
}
