import type { Match } from './matching/match.ts'
import type { Money } from './money/money.ts'
import type { BankLine } from './records/bank-line.ts'
import type { BookEntry } from './records/book-entry.ts'
import type { BankStatement } from './records/statement.ts'
import type { ReviewItem } from './review/review-item.ts'

export interface MatchInput {
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
  /** The statements the lines came from, where known: they let the proof check the balances. */
  readonly statements?: readonly BankStatement[]
}

/** What became of the money of one currency. All amounts add up: see statement-proof.ts. */
export interface RunProof {
  readonly currency: string
  readonly bankTotal: Money
  readonly bookTotal: Money
  /** bankTotal minus bookTotal. */
  readonly difference: Money
  /** The difference broken down by cause; the parts sum to it exactly. */
  readonly causes: readonly { readonly cause: string; readonly amount: Money; readonly count: number }[]
  /** The difference minus the sum of its causes: zero, always. */
  readonly unexplained: Money
}

export interface MatchRun {
  /** Every bank line is in exactly one item. Ordered by severity, then by id. */
  readonly items: readonly ReviewItem[]
  /** Links the engine made or proposes, best first within an item. */
  readonly matches: readonly Match[]
  /** Entries in no automatic link, sorted. */
  readonly openBookEntryIds: readonly string[]
  /** One per currency, in alphabetical order. `proof` is the first. */
  readonly proofs: readonly RunProof[]
  readonly proof: RunProof
  readonly stats: {
    readonly bankLines: number
    readonly bookEntries: number
    readonly automatic: number
    readonly proposed: number
    readonly flagged: number
    readonly unmatched: number
    readonly byScenario: Readonly<Record<string, number>>
    readonly byPass: Readonly<Record<string, number>>
  }
}
