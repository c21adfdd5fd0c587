import type { ProviderClock } from '../rate-limit.ts'

export interface TestClock extends ProviderClock {
  readonly advance: (milliseconds: number) => void
  /** The current moment as an ISO instant. */
  readonly instant: () => string
}

/** A clock that stands still until it is told to move; sleeping moves it at once. */
export function createTestClock(start = '2026-11-20T09:00:00.000Z'): TestClock {
  let now = Date.parse(start)
  return {
    now: () => now,
    instant: () => new Date(now).toISOString(),
    advance: (milliseconds) => {
      now += milliseconds
    },
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted()
      now += milliseconds
      await Promise.resolve()
    },
  }
}
