import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import { differencePass } from './difference-pass.ts'
import { failedPaymentPass } from './failed-payment-pass.ts'
import { givenGroups } from './given-groups.ts'
import { groupPass } from './group-pass.ts'
import { identifierPass } from './identifier-pass.ts'
import type { MatchPass } from './match.ts'
import type { MatchPolicy } from './match-policy.ts'
import { createMatchingContext, type MatchingContext, type MatchingPass } from './matching-context.ts'
import { partialAllocation } from './partial-allocation.ts'
import { scoredPass } from './scored-pass.ts'
import { sourceConfirmedPass } from './source-confirmed-pass.ts'
import { supersessionPass } from './supersession-pass.ts'

interface EngineStep {
  readonly name: string
  /** The step runs when the policy names one of these passes. */
  readonly passes: readonly MatchPass[]
  readonly run: MatchingPass
}

/** The passes in their order; each takes only what the earlier left. */
export const engineSteps: readonly EngineStep[] = [
  { name: 'source-confirmed', passes: ['SOURCE_CONFIRMED'], run: sourceConfirmedPass },
  { name: 'supersession', passes: ['SUPERSESSION'], run: supersessionPass },
  { name: 'failed-payment', passes: ['FAILED_PAYMENT'], run: failedPaymentPass },
  { name: 'identifier', passes: ['IDENTIFIER_EXACT', 'IDENTIFIER_NORMALIZED'], run: identifierPass },
  { name: 'given-groups', passes: ['GROUP'], run: givenGroups },
  { name: 'group', passes: ['GROUP'], run: groupPass },
  { name: 'difference', passes: ['IDENTIFIER_EXACT', 'IDENTIFIER_NORMALIZED'], run: differencePass },
  { name: 'scored', passes: ['SCORED'], run: scoredPass },
  { name: 'allocation', passes: ['GROUP'], run: partialAllocation },
]

/**
 * Runs every pass the policy names over both sides, synchronously.
 * @throws ReconError RECORD_INVALID or RECORD_DUPLICATE_ID naming the record
 */
export function runMatching(
  bankLines: readonly BankLine[],
  bookEntries: readonly BookEntry[],
  policy: MatchPolicy,
  statements: readonly BankStatement[] = [],
): MatchingContext {
  const steps = matchingSteps(bankLines, bookEntries, policy, statements)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** What an asynchronous driver shows between two steps. */
export interface MatchingProgress {
  readonly step: string
  readonly done: number
  readonly total: number
}

/** The same run as a generator that stops between steps, so that a driver can yield, report and cancel. */
export function* matchingSteps(
  bankLines: readonly BankLine[],
  bookEntries: readonly BookEntry[],
  policy: MatchPolicy,
  statements: readonly BankStatement[] = [],
): Generator<MatchingProgress, MatchingContext, void> {
  const total = engineSteps.length + 1
  yield { step: 'index', done: 0, total }
  const context = createMatchingContext(bankLines, bookEntries, policy, statements)
  for (const [index, step] of engineSteps.entries()) {
    yield { step: step.name, done: index + 1, total }
    if (step.passes.some((pass) => policy.passes.includes(pass))) step.run(context)
  }
  context.settle()
  return context
}
