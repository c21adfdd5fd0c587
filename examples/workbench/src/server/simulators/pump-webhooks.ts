import { setTimeout as wait } from 'node:timers/promises'
import type { SimulatedWorld } from './simulated-world.ts'

/** Carries webhooks to the host and writes the world down, a few times a second, until it is stopped. */
export function pumpWebhooks(
  world: SimulatedWorld,
  handler: (request: Request) => Promise<Response>,
  say: (problem: string) => void,
): { readonly stop: () => Promise<void> } {
  const relays = world.relays(handler)
  const end = new AbortController()
  let seen = -1
  const round = async () => {
    for (const relay of relays) await relay.run()
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
