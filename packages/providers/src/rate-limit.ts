/** Time as a provider sees it; injected so that tests and simulators run without waiting. */
export interface ProviderClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves after `milliseconds`, or rejects with the signal's reason. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: ProviderClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}

export interface RateWindow {
  /** At most `requests` start within any `milliseconds`. */
  readonly requests: number
  readonly milliseconds: number
}

export interface RateLimitOptions {
  readonly windows: readonly RateWindow[]
  /** How many requests may be under way at once. */
  readonly concurrent: number
}

export interface RateLimit {
  /** Waits for its turn, runs the work, and lets the next one in when it has settled. First come, first served. */
  readonly run: <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>
}

/** One limit per company at the provider: sliding windows over request starts, and a bound on concurrency. */
export function createRateLimit(options: RateLimitOptions, clock: ProviderClock): RateLimit {
  const starts: number[] = []
  const longest = Math.max(0, ...options.windows.map((window) => window.milliseconds))
  let running = 0
  let gate: Promise<void> = Promise.resolve()
  let freed: (() => void) | undefined

  const waitNeeded = (): number => {
    const now = clock.now()
    while (starts.length > 0 && (starts[0] ?? 0) <= now - longest) starts.shift()
    return Math.max(
      0,
      ...options.windows.map((window) => {
        const blocking = starts[starts.length - window.requests]
        return blocking === undefined ? 0 : blocking + window.milliseconds - now
      }),
    )
  }

  const enter = async (signal?: AbortSignal): Promise<void> => {
    while (running >= options.concurrent) {
      await new Promise<void>((resolve) => {
        freed = resolve
      })
    }
    for (let wait = waitNeeded(); wait > 0; wait = waitNeeded()) await clock.sleep(wait, signal)
    signal?.throwIfAborted()
    starts.push(clock.now())
    running += 1
  }

  return {
    run: async (work, signal) => {
      const turn = gate.then(() => enter(signal))
      gate = turn.catch(() => undefined)
      await turn
      try {
        return await work()
      } finally {
        running -= 1
        freed?.()
        freed = undefined
      }
    },
  }
}
