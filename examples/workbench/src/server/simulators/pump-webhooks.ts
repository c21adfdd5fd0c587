import { setTimeout as wait } from 'node:timers/promises'
import type { SimulatedWorld } from './simulated-world.ts'

interface PumpedHost {
  readonly handler: (request: Request) => Promise<Response>
  readonly drain: () => Promise<number>
}

/**
 * Carries webhooks to the host and writes the world down, a few times a second, until it is stopped. What they ask for is done
 * at once: workers take one job of a kind a second, and a person is watching.
 */
export function pumpWebhooks(
  world: SimulatedWorld,
  { handler, drain }: PumpedHost,
  say: (problem: string) => void,
): { readonly stop: () => Promise<void> } {
  const relays = world.relays(handler)
  const end = new AbortController()
  let seen = -1
  const round = async () => {
    let delivered = 0
    for (const relay of relays) delivered += await relay.run()
    if (delivered > 0) await drain()
    const requests = Object.values(world.simulators).reduce((sum, simulator) => sum + simulator.requests.length, 0)
    if (requests !== seen) world.keep()
    seen = requests
  }
  const work = async () => {
    while (!end.signal.aborted) {
      await round().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
      await wait(300, undefined, { signal: end.signal }).catch(() => undefined)
    }
  }
  const done = work()
  return {
    stop: async () => {
      end.abort()
      await done
      world.keep()
    },
  }
}
