import type { Match } from '../matching/match.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'

/** Part of a difference and how many records make it. */
export interface ProofCause {
  readonly cause: string
  readonly amount: Money
  readonly count: number
}

/** What became of the money of one currency. All amounts add up. */
export interface CurrencyProof {
  readonly currency: string
  readonly bankTotal: Money
  readonly bookTotal: Money
  /** bankTotal minus bookTotal. */
  readonly difference: Money
  /** The difference broken down by cause; the parts sum to it exactly. */
  readonly causes: readonly ProofCause[]
  /** The difference minus the sum of its causes: zero, always. */
  readonly unexplained: Money
}

export interface ProofInput {
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
  /** Active links only: what is proposed explains nothing yet. */
  readonly links: readonly Pick<Match, 'bankLineIds' | 'bookEntryIds' | 'adjustments'>[]
  /** Why a bank line or a book entry is open, by id: a scenario, a status. */
  readonly bankCause?: (line: BankLine) => string
  readonly bookCause?: (entry: BookEntry) => string
}

/** Lines that moved money: posted and pending, not what was replaced or taken back. */
function counts(line: BankLine): boolean {
  return line.status === 'POSTED' || line.status === 'PENDING'
}

/**
 * Accounts for every record once: inside a link (where only its adjustments and a currency conversion leave a difference), or
 * open with its cause. One proof per currency, in alphabetical order.
 */
export function linkProof(input: ProofInput): readonly CurrencyProof[] {
  const lines = new Map(input.bankLines.filter(counts).map((line) => [line.id, line]))
  const entries = new Map(
    input.bookEntries.filter((entry) => entry.status !== 'CLOSED').map((entry) => [entry.id, entry]),
  )
  const tally = new Tally()
  for (const line of lines.values()) tally.total('bank', line.amount)
  for (const entry of entries.values()) tally.total('book', entry.openAmount ?? entry.amount)
  const linked = new Set<string>()
  for (const link of input.links) {
    addLink(link, lines, entries, tally)
    for (const id of link.bankLineIds) linked.add(`bank ${id}`)
    for (const id of link.bookEntryIds) linked.add(`book ${id}`)
  }
  for (const line of lines.values()) {
    if (!linked.has(`bank ${line.id}`)) tally.cause(input.bankCause?.(line) ?? 'OPEN_BANK_LINE', line.amount, 1n)
  }
  for (const entry of entries.values()) {
    const open = entry.openAmount ?? entry.amount
    if (!linked.has(`book ${entry.id}`)) tally.cause(input.bookCause?.(entry) ?? 'OPEN_BOOK_ENTRY', open, -1n)
  }
  return tally.proofs()
}

/** A link leaves nothing, its adjustments, or (between two currencies) the whole of both sides as a conversion. */
function addLink(
  link: ProofInput['links'][number],
  lines: ReadonlyMap<string, BankLine>,
  entries: ReadonlyMap<string, BookEntry>,
  tally: Tally,
): void {
  const left = new Map<string, bigint>()
  const add = (amount: Money, sign: bigint) =>
    left.set(amount.currency, (left.get(amount.currency) ?? 0n) + sign * toMinorUnits(amount))
  const bank = link.bankLineIds.flatMap((id) => lines.get(id) ?? [])
  const book = link.bookEntryIds.flatMap((id) => entries.get(id) ?? [])
  for (const line of bank) add(line.amount, 1n)
  for (const entry of book) add(entry.openAmount ?? entry.amount, -1n)
  const converted = left.size > 1
  for (const adjustment of converted ? [] : link.adjustments) {
    const { currency } = adjustment.amount
    if (!left.has(currency)) continue
    add(adjustment.amount, -1n)
    tally.cause(`ADJUSTMENT_${adjustment.kind}`, adjustment.amount, 1n)
  }
  for (const [currency, minor] of left) {
    if (minor === 0n) continue
    tally.cause(converted ? 'CURRENCY_CONVERSION' : 'LINK_DIFFERENCE', fromMinorUnits(minor, currency), 1n)
  }
}

class Tally {
  private readonly totals = { bank: new Map<string, bigint>(), book: new Map<string, bigint>() }
  private readonly causes = new Map<string, Map<string, { minor: bigint; count: number }>>()

  total(side: 'bank' | 'book', amount: Money): void {
    const totals = this.totals[side]
    totals.set(amount.currency, (totals.get(amount.currency) ?? 0n) + toMinorUnits(amount))
  }

  cause(cause: string, amount: Money, sign: 1n | -1n): void {
    const byCause = this.causes.get(amount.currency) ?? new Map<string, { minor: bigint; count: number }>()
    this.causes.set(amount.currency, byCause)
    const entry = byCause.get(cause) ?? { minor: 0n, count: 0 }
    byCause.set(cause, { minor: entry.minor + sign * toMinorUnits(amount), count: entry.count + 1 })
  }

  proofs(): readonly CurrencyProof[] {
    const currencies = new Set([...this.totals.bank.keys(), ...this.totals.book.keys()])
    return [...currencies].sort().map((currency) => {
      const bank = this.totals.bank.get(currency) ?? 0n
      const book = this.totals.book.get(currency) ?? 0n
      const causes = [...(this.causes.get(currency) ?? [])].sort(([left], [right]) => (left < right ? -1 : 1))
      const explained = causes.reduce((sum, [, entry]) => sum + entry.minor, 0n)
      return {
        currency,
        bankTotal: fromMinorUnits(bank, currency),
        bookTotal: fromMinorUnits(book, currency),
        difference: fromMinorUnits(bank - book, currency),
        causes: causes.map(([cause, entry]) => ({
          cause,
          amount: fromMinorUnits(entry.minor, currency),
          count: entry.count,
        })),
        unexplained: fromMinorUnits(bank - book - explained, currency),
      }
    })
  }
}
