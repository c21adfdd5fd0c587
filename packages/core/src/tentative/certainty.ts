import { allow, type Decision, refuse } from '../decision.ts'
import { compareMoney, fromMinorUnits, type Money, sumMoney, toMinorUnits } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { defineMachine } from '../transition-table.ts'

export const certaintyMachine = defineMachine({
  name: 'certainty',
  about:
    'How sure the bank makes us of a transactable. It never changes the state of the transactable by itself until posted.',
  initial: 'UNRECONCILED',
  states: {
    UNRECONCILED: 'No bank line is linked.',
    TENTATIVE: 'Linked with pending lines only: very likely, not certain.',
    PARTIALLY_RECONCILED: 'Posted lines cover part of it.',
    RECONCILED: 'Posted lines cover it.',
  },
  events: {
    matchPending: 'Linked with a pending line',
    matchPart: 'Posted lines cover part',
    matchWhole: 'Posted lines cover it',
    release: 'No link is left',
  },
  table: {
    UNRECONCILED: { matchPending: 'TENTATIVE', matchPart: 'PARTIALLY_RECONCILED', matchWhole: 'RECONCILED' },
    TENTATIVE: {
      matchPending: 'TENTATIVE',
      matchPart: 'PARTIALLY_RECONCILED',
      matchWhole: 'RECONCILED',
      release: 'UNRECONCILED',
    },
    PARTIALLY_RECONCILED: {
      matchPending: 'TENTATIVE',
      matchPart: 'PARTIALLY_RECONCILED',
      matchWhole: 'RECONCILED',
      release: 'UNRECONCILED',
    },
    RECONCILED: {
      matchPending: 'TENTATIVE',
      matchPart: 'PARTIALLY_RECONCILED',
      matchWhole: 'RECONCILED',
      release: 'UNRECONCILED',
    },
  },
})
export type Certainty = keyof typeof certaintyMachine.states
export type CertaintyEvent = keyof typeof certaintyMachine.events

/** What the links of a transactable amount to now. */
export interface Coverage {
  readonly event: CertaintyEvent
  readonly posted: Money
  readonly pending: Money
}

export interface Expectation {
  readonly amount: Money
  /** Any amount between the bounds will do, both included. */
  readonly bounds?: { readonly minimum: Money; readonly maximum: Money }
}

/** Adds up the linked lines: superseded and withdrawn ones do not count. Refuses more than was expected, naming the lines. */
export function coverageOf(
  expected: Expectation,
  lines: readonly BankLine[],
): Decision<Coverage, 'CURRENCY_MISMATCH' | 'OVER_MATCHED'> {
  const { currency } = expected.amount
  const live = lines.filter((line) => line.status === 'POSTED' || line.status === 'PENDING')
  const foreign = live.filter((line) => line.amount.currency !== currency).map((line) => line.id)
  if (foreign.length > 0) return refuse('CURRENCY_MISMATCH', `A linked line is not in ${currency}.`, { ids: foreign })
  const sum = (status: BankLine['status']) =>
    sumMoney(
      live.filter((line) => line.status === status).map((line) => line.amount),
      currency,
    )
  const [posted, pending] = [sum('POSTED'), sum('PENDING')]
  const reach = reachOf(expected, posted)
  if (reach === 'BEYOND') {
    return refuse('OVER_MATCHED', 'The posted lines are more than what was expected.', {
      ids: live.filter((line) => line.status === 'POSTED').map((line) => line.id),
    })
  }
  const hasPosted = live.some((line) => line.status === 'POSTED')
  const event =
    reach === 'WHOLE' && hasPosted
      ? 'matchWhole'
      : hasPosted
        ? 'matchPart'
        : live.length > 0
          ? 'matchPending'
          : 'release'
  return allow({ event, posted, pending })
}

function reachOf(expected: Expectation, posted: Money): 'SHORT' | 'WHOLE' | 'BEYOND' {
  const { amount, bounds } = expected
  const magnitude = (value: Money) => {
    const minor = toMinorUnits(value)
    return fromMinorUnits(minor < 0n ? -minor : minor, value.currency)
  }
  if (bounds) {
    if (compareMoney(posted, bounds.minimum) >= 0 && compareMoney(posted, bounds.maximum) <= 0) return 'WHOLE'
    const furthest = toMinorUnits(amount) < 0n ? bounds.minimum : bounds.maximum
    return compareMoney(magnitude(posted), magnitude(furthest)) > 0 ? 'BEYOND' : 'SHORT'
  }
  const against = toMinorUnits(posted) !== 0n && toMinorUnits(posted) < 0n !== toMinorUnits(amount) < 0n
  if (against) return 'SHORT'
  const order = compareMoney(magnitude(posted), magnitude(amount))
  return order > 0 ? 'BEYOND' : order === 0 ? 'WHOLE' : 'SHORT'
}
