/** The workbench's time: the machine's, moved on by a person who does not want to wait for tomorrow. */
export interface WorkbenchClock {
  readonly now: () => number
  readonly instant: () => string
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Moves on; never back. */
  readonly advance: (milliseconds: number) => void
  /** How far it is ahead of the machine. */
  readonly ahead: () => number
}

export function workbenchClock(ahead = 0, machine: () => number = Date.now): WorkbenchClock {
  let offset = ahead
  const now = () => machine() + offset
  return {
    now,
    instant: () => new Date(now()).toISOString(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer)
          reject(signal?.reason)
        }
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }, milliseconds)
        if (signal?.aborted) stop()
        else signal?.addEventListener('abort', stop, { once: true })
      }),
    advance: (milliseconds) => {
      offset += Math.max(0, milliseconds)
    },
    ahead: () => offset,
  }
}
