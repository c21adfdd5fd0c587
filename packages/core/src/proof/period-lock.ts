import { allow, andThen, type Decision, named, type Refusal, refuse } from '../decision.ts'
import type { IsoDate, IsoInstant } from '../records/iso-date.ts'
import { enteredText, longestNote } from '../review/item-text.ts'
import { type Actor, missingPermission } from '../review/permission.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { defineMachine, transition } from '../transition-table.ts'

export const accountingPeriodMachine = defineMachine({
  name: 'accounting-period',
  about: 'A month of one account. Locked, nothing in it changes; a correction goes into the next one.',
  initial: 'OPEN',
  states: { OPEN: 'Being worked.', LOCKED: 'Proved and closed.' },
  events: { lock: 'Closed', unlock: 'Opened again by a person, with the reason in the log' },
  table: { OPEN: { lock: 'LOCKED' }, LOCKED: { unlock: 'OPEN' } },
  guards: {
    lock: [
      { fact: 'proved', must: 'BE_TRUE', code: 'NOT_PROVED', says: 'The reconciliation statement must come to 0.00.' },
      {
        fact: 'earlierOpenIds',
        must: 'BE_EMPTY',
        code: 'EARLIER_PERIOD_OPEN',
        says: 'Close the earlier periods first.',
      },
      {
        fact: 'undecidedItemIds',
        must: 'BE_EMPTY',
        code: 'ITEMS_UNDECIDED',
        says: 'Every item must be reconciled or listed on the statement.',
      },
    ],
    unlock: [
      { fact: 'laterLockedIds', must: 'BE_EMPTY', code: 'LATER_PERIOD_LOCKED', says: 'Open the later periods first.' },
    ],
  },
})
export type PeriodStatus = keyof typeof accountingPeriodMachine.states

export interface AccountingPeriod {
  readonly id: string
  readonly version: number
  readonly account: string
  /** First and last day, both included. */
  readonly from: IsoDate
  readonly to: IsoDate
  readonly status: PeriodStatus
}

export interface PeriodFacts {
  /** Whether the statement as of the last day comes to zero. */
  readonly proved: boolean
  /** Items of the period that are neither reconciled nor on the statement. */
  readonly undecidedItemIds: readonly string[]
  /** Every period of the same account. */
  readonly periods: readonly AccountingPeriod[]
}
/** Takes the reason, and the version the person saw. */
type PeriodAction = ((reason: string, expectedVersion?: number) => Decision<SubjectChange<AccountingPeriod>>) | null
export interface PeriodActions {
  readonly lock: PeriodAction
  readonly unlock: PeriodAction
  readonly whyNot: Readonly<Partial<Record<'lock' | 'unlock', Refusal>>>
}

/** What may be done with a period, by whom, now: a function, or null with the reason in `whyNot`. */
export function periodActions(
  period: AccountingPeriod,
  actor: Actor,
  facts: PeriodFacts,
  now: IsoInstant,
): PeriodActions {
  const whyNot: Partial<Record<'lock' | 'unlock', Refusal>> = {}
  const others = facts.periods.filter((other) => other.id !== period.id && other.account === period.account)
  const given = {
    proved: facts.proved,
    undecidedItemIds: facts.undecidedItemIds,
    earlierOpenIds: others.filter((one) => one.to < period.from && one.status === 'OPEN').map((one) => one.id),
    laterLockedIds: others.filter((one) => one.from > period.to && one.status === 'LOCKED').map((one) => one.id),
  }
  function offer(event: 'lock' | 'unlock') {
    const missing = missingPermission(actor, 'period.lock')
    const step = missing
      ? { ok: false as const, refusal: missing }
      : transition(accountingPeriodMachine, period.status, event, given)
    if (!step.ok) {
      whyNot[event] = named(step.refusal, period.id)
      return null
    }
    return (reason: string, expectedVersion?: number): Decision<SubjectChange<AccountingPeriod>> => {
      if (expectedVersion !== undefined && expectedVersion !== period.version) {
        return refuse('VERSION_STALE', `The period has changed: version ${period.version}.`, { ids: [period.id] })
      }
      const note = { name: `accounting_period.${event}ed`, kind: 'accounting_period', actorId: actor.id, at: now }
      return andThen(enteredText(reason, longestNote), (text) =>
        allow(recordChange(period, { ...period, status: step.value.next }, { ...note, about: { reason: text } })),
      )
    }
  }
  return { lock: offer('lock'), unlock: offer('unlock'), whyNot }
}

/** The last day nothing may change on or before: the end of the latest locked period. Goes into ReviewSettings. */
export function lockedThrough(periods: readonly AccountingPeriod[]): IsoDate | undefined {
  return periods
    .filter((period) => period.status === 'LOCKED')
    .map((period) => period.to)
    .sort()
    .at(-1)
}
