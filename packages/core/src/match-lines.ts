import type { Match } from './matching/match.ts'
import { defaultPolicy, type MatchPolicy } from './matching/match-policy.ts'
import { RenderedMatches } from './matching/match-render.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { runMatching } from './matching/matching-engine.ts'
import { recordStates } from './matching/side-columns.ts'
import { fromMinorUnits, type Money } from './money/money.ts'
import type { BankLine } from './records/bank-line.ts'
import type { BookEntry } from './records/book-entry.ts'
import type { BankStatement } from './records/statement.ts'
import type { ReviewItem } from './review/review-item.ts'
import { bankItems, bookItems, type ItemTally } from './run-items.ts'
import { runProofs } from './run-proof.ts'

export interface MatchInput {
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
  /** The statements the lines came from, where known: what stands on every line of one tells none of them from another. */
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

/** A policy, or anything that carries one, such as a preset. */
export type PolicySource = MatchPolicy | { readonly policy: MatchPolicy }

export function policyOf(source: PolicySource): MatchPolicy {
  return 'policy' in source ? source.policy : source
}

/**
 * The whole way in one call: passes, scenarios, review items, proof. Deterministic: the order of the input changes nothing, ids
 * included. Every bank line ends in exactly one item, no record in two active links.
 * @throws ReconError RECORD_INVALID or RECORD_DUPLICATE_ID naming the record; POLICY_INVALID never (see matchPolicy)
 */
export function matchLines(input: MatchInput, policy: PolicySource = defaultPolicy): MatchRun {
  return renderRun(runMatching(input.bankLines, input.bookEntries, policyOf(policy), input.statements))
}

/** A finished run as the public surface shows it. */
export function renderRun(context: MatchingContext): MatchRun {
  const rendered = new RenderedMatches(context)
  const forBank = bankItems(context, rendered)
  const { items: made, tally } = context.policy.perspective === 'BOOK' ? bookItems(context, rendered) : forBank
  const items = bySeverity(made)
  const proofs = runProofs(context, (line) => forBank.scenarioOf[line] ?? 'UNMATCHED')
  let matches: readonly Match[] | undefined
  return {
    items,
    get matches() {
      matches ??= rendered.all()
      return matches
    },
    openBookEntryIds: openEntryIds(context),
    proofs,
    proof: proofs[0] ?? emptyProof(),
    stats: statsOf(context, items, tally),
  }
}

/** Worst first; items come ordered by id and stay so within a severity. */
function bySeverity(items: readonly ReviewItem[]): ReviewItem[] {
  const buckets: ReviewItem[][] = []
  for (const item of items) {
    const bucket = buckets[item.severity]
    if (bucket === undefined) buckets[item.severity] = [item]
    else bucket.push(item)
  }
  return buckets.reverse().flat()
}

function openEntryIds(context: MatchingContext): string[] {
  const ids: string[] = []
  const { entries } = context
  for (let entry = 0; entry < entries.count; entry++) {
    const state = entries.state[entry] ?? 0
    if (state < recordStates.TAKEN) ids.push(entries.rows[entry]?.id ?? '')
  }
  // Entries come by length of their ids, then by code unit: ids of one length are sorted already.
  for (let at = 1; at < ids.length; at++) if ((ids[at - 1] ?? '') > (ids[at] ?? '')) return ids.sort()
  return ids
}

function emptyProof(): RunProof {
  const zero = fromMinorUnits(0n, 'USD')
  return { currency: 'USD', bankTotal: zero, bookTotal: zero, difference: zero, causes: [], unexplained: zero }
}

function statsOf(context: MatchingContext, items: readonly ReviewItem[], tally: ItemTally): MatchRun['stats'] {
  const byScenario: Record<string, number> = {}
  const byPass: Record<string, number> = {}
  for (const item of items) byScenario[item.scenario] = (byScenario[item.scenario] ?? 0) + 1
  for (const draft of context.drafts) byPass[draft.pass] = (byPass[draft.pass] ?? 0) + (draft.alternative ? 0 : 1)
  return { bankLines: context.lines.count, bookEntries: context.entries.count, ...tally, byScenario, byPass }
}
