import { allow, type Decision, refuse } from '../decision.ts'
import { compareMoney, type Money, subtractMoney } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { daysBetween, type IsoDate } from '../records/iso-date.ts'
import { transition } from '../transition-table.ts'
import { bankLineMachine } from './bank-line-machine.ts'

/** A pending line and the posted one that took its place. Both stay; only the status of the pending one changes. */
export interface Supersession {
  readonly superseded: BankLine
  readonly successor: BankLine
  /** Successor minus superseded, in their currency; absent when the currencies differ. */
  readonly amountChange?: Money
  /** Whether a tentative link may move over as it is: same currency and same amount. */
  readonly carries: boolean
}

export type SupersessionRefusalCode =
  | 'NOT_SUPERSEDABLE'
  | 'SUCCESSOR_NOT_POSTED'
  | 'SAME_LINE'
  | 'ACCOUNT_DIFFERS'
  | 'DATE_OUT_OF_ORDER'

/** How much earlier than its pending line a posted one may be booked: banks back-date by weekends. */
const backdatedDays = 7

/** Replaces a pending line by its posted successor. */
export function supersedeLine(pending: BankLine, posted: BankLine): Decision<Supersession, SupersessionRefusalCode> {
  const ids = { ids: [pending.id, posted.id] }
  if (pending.id === posted.id) return refuse('SAME_LINE', 'A line cannot replace itself.', ids)
  if (posted.status !== 'POSTED') return refuse('SUCCESSOR_NOT_POSTED', 'Only a posted line replaces another.', ids)
  if (pending.account !== posted.account) return refuse('ACCOUNT_DIFFERS', 'The lines are of two accounts.', ids)
  if (daysBetween(pending.bookingDate, posted.bookingDate) < -backdatedDays) {
    return refuse('DATE_OUT_OF_ORDER', 'The posted line is much older than the pending one.', ids)
  }
  const step = transition(bankLineMachine, pending.status, 'supersede', {})
  if (!step.ok || pending.status === 'POSTED') {
    return refuse('NOT_SUPERSEDABLE', `A line that is ${pending.status} is not replaced.`, ids)
  }
  const comparable = pending.amount.currency === posted.amount.currency
  const carries = comparable && compareMoney(pending.amount, posted.amount) === 0
  return allow({
    superseded: { ...pending, status: step.value.next },
    successor: { ...posted, supersedes: pending.id },
    ...(comparable && { amountChange: subtractMoney(posted.amount, pending.amount) }),
    carries,
  })
}

/** A link by the ids of its two sides. */
export interface TentativeLink {
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
}

/** Moves links from superseded lines to their successors; links without one are returned as they are. */
export function migrateLinks<Link extends TentativeLink>(
  links: readonly Link[],
  supersessions: readonly Supersession[],
): readonly { readonly link: Link; readonly migrated: boolean; readonly changedLineIds: readonly string[] }[] {
  const successors = new Map(supersessions.map((one) => [one.superseded.id, one]))
  return links.map((link) => {
    const moved = link.bankLineIds.filter((id) => successors.has(id))
    if (moved.length === 0) return { link, migrated: false, changedLineIds: [] }
    const bankLineIds = [...new Set(link.bankLineIds.map((id) => successors.get(id)?.successor.id ?? id))].sort()
    const changed = moved.flatMap((id) => {
      const one = successors.get(id)
      return one && !one.carries ? [one.successor.id] : []
    })
    return { link: { ...link, bankLineIds }, migrated: true, changedLineIds: changed.sort() }
  })
}

/**
 * Pending lines that did not post within the window (in calendar days after the day they were told for, that day included):
 * they are withdrawn, stay readable, and release what was linked with them.
 */
export function withdrawUnposted(
  lines: readonly BankLine[],
  today: IsoDate,
  windowDays: number,
): Decision<readonly BankLine[], 'WINDOW_INVALID'> {
  if (!Number.isInteger(windowDays) || windowDays < 0 || windowDays > 60) {
    return refuse('WINDOW_INVALID', 'A window is 0 to 60 days.')
  }
  const late = lines.filter((line) => line.status === 'PENDING' && daysBetween(line.bookingDate, today) > windowDays)
  return allow(late.map((line) => ({ ...line, status: 'WITHDRAWN' as const })))
}
