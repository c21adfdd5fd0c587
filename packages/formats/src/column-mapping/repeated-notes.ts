/** Different notes that are told one by one; beyond it only their number is told. */
const mostNotes = 500

/**
 * Tells a note when it is first met and counts how often it comes again: a word nobody knows in every row of a large file
 * is one thing to say, not a million, and must not use up the warnings a file may have.
 */
export class RepeatedNotes {
  readonly #warn: (code: string, message: string, line?: number) => void
  readonly #told = new Map<string, { readonly code: string; readonly message: string; again: number }>()
  readonly #untold = new Map<string, number>()

  constructor(warn: (code: string, message: string, line?: number) => void) {
    this.#warn = warn
  }

  note(code: string, message: string, line: number): void {
    const key = `${code}|${message}`
    const told = this.#told.get(key)
    if (told !== undefined) told.again++
    else if (this.#told.size >= mostNotes) this.#untold.set(code, (this.#untold.get(code) ?? 0) + 1)
    else {
      this.#told.set(key, { code, message, again: 0 })
      this.#warn(code, message, line)
    }
  }

  /** Says how often what was told came again. */
  finish(): void {
    for (const { code, message, again } of this.#told.values()) {
      if (again > 0) this.#warn(code, `${message} The same in ${again} further rows.`)
    }
    for (const [code, count] of this.#untold) this.#warn(code, `${count} further rows with other notes of this kind.`)
  }
}
