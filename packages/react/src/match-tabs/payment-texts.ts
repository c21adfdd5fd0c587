import { shownName, type WorkItem } from '../work-item.ts'

const slice = 500

/** What a search looks through, one text per payment: made when it is first asked for, or ahead of it in idle time. */
export class PaymentTexts {
  readonly #rows: readonly WorkItem[]
  readonly #texts = new Map<WorkItem, string>()
  #next = 0

  constructor(rows: readonly WorkItem[]) {
    this.#rows = rows
  }

  /** Makes some texts ahead; false when all are there. */
  warm(hasTime: () => boolean): boolean {
    while (hasTime()) {
      if (this.#next >= this.#rows.length) return false
      for (const row of this.#rows.slice(this.#next, this.#next + slice)) this.#textOf(row)
      this.#next += slice
    }
    return true
  }

  /** `needle` in lower case. */
  fits(row: WorkItem, needle: string): boolean {
    return needle === '' || this.#textOf(row).includes(needle)
  }

  #textOf(row: WorkItem): string {
    let text = this.#texts.get(row)
    if (text === undefined) {
      const entry = row.bookEntries[0]
      const parts = [
        row.item.id,
        entry?.id,
        shownName(row),
        row.total.amount,
        ...Object.values(entry?.references ?? {}),
      ]
      text = parts.filter(Boolean).join('\n').toLowerCase()
      this.#texts.set(row, text)
    }
    return text
  }
}
