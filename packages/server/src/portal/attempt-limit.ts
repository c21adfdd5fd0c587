/**
 * Counts misses per window, per caller and over all, in this process. Only misses count, so a flood of guesses never keeps a
 * genuine link out.
 */
export class AttemptLimit {
  readonly #perCaller: number
  readonly #overAll: number
  readonly #windowMilliseconds: number
  #windowStart = 0
  #all = 0
  #callers = new Map<string, number>()

  constructor(limits: { readonly perCaller: number; readonly overAll: number; readonly windowMilliseconds: number }) {
    this.#perCaller = limits.perCaller
    this.#overAll = limits.overAll
    this.#windowMilliseconds = limits.windowMilliseconds
  }

  /** Notes one miss; true when the caller, or everybody together, has had too many in this window. */
  miss(caller: string, now: number): boolean {
    if (now - this.#windowStart >= this.#windowMilliseconds) {
      this.#windowStart = now
      this.#all = 0
      this.#callers = new Map()
    }
    this.#all += 1
    const own = (this.#callers.get(caller) ?? 0) + 1
    if (this.#callers.size < 100_000) this.#callers.set(caller, own)
    return own > this.#perCaller || this.#all > this.#overAll
  }
}
