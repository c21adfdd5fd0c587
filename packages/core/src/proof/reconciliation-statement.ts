import { allow, type Decision, type Refusal, refuse } from '../decision.ts'
import {
  addMoney,
  isZeroMoney,
  type Money,
  type MoneyRefusalCode,
  negateMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
} from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import { daysBetween, type IsoDate, isIsoDate } from '../records/iso-date.ts'
import { type DifferenceCause, differenceCauses } from './difference-causes.ts'

/**
 * Why an item stands between the two balances. DEPOSIT_IN_TRANSIT and OUTSTANDING_PAYMENT are in the books and not yet at the
 * bank; UNRECORDED is at the bank and not yet in the books; the errors are mistakes somebody must correct.
 */
export const reconcilingKinds = [
  'DEPOSIT_IN_TRANSIT',
  'OUTSTANDING_PAYMENT',
  'UNRECORDED',
  'BANK_ERROR',
  'BOOK_ERROR',
] as const
export type ReconcilingKind = (typeof reconcilingKinds)[number]

/** One item of the statement. `amount` is signed as on the account: money in is positive. */
export interface ReconcilingItem {
  readonly id: string
  readonly kind: ReconcilingKind
  readonly date: IsoDate
  readonly amount: Money
  readonly description: string
}

export interface CarriedItem extends ReconcilingItem {
  /** The first statement it stood on, and its age in days on the statement's date. */
  readonly firstSeen: IsoDate
  readonly ageDays: number
  readonly carriedForward: boolean
}

export interface ReconciliationStatementRequest {
  readonly account: string
  readonly currency: string
  /** The last day of the period, included. */
  readonly asOf: IsoDate
  readonly balancePerBank: Money
  readonly balancePerBooks: Money
  readonly items: readonly ReconcilingItem[]
  /** The statement before, whose items must be here again or be settled. */
  readonly previous?: Pick<ReconciliationStatement, 'asOf' | 'items'>
  /** Ids of the items before that were settled since. */
  readonly settledIds?: readonly string[]
}

/** balance per bank + deposits in transit - outstanding payments - unrecorded +- errors = balance per books. */
export interface ReconciliationStatement {
  readonly account: string
  readonly currency: string
  readonly asOf: IsoDate
  readonly balancePerBank: Money
  readonly depositsInTransit: Money
  /** As a positive amount, the way it is printed: it is taken off. */
  readonly outstandingPayments: Money
  /** What the bank has and the books do not, net; taken off. */
  readonly unrecorded: Money
  readonly bankErrors: Money
  readonly bookErrors: Money
  readonly computedBalancePerBooks: Money
  readonly balancePerBooks: Money
  /** balancePerBooks - computed: zero when every item is listed. */
  readonly difference: Money
  readonly reconciled: boolean
  readonly causes: readonly DifferenceCause[]
  readonly items: readonly CarriedItem[]
}

export type ReconciliationRefusalCode =
  | 'CURRENCY_MISMATCH'
  | 'DATE_INVALID'
  | 'DATE_OUT_OF_ORDER'
  | 'SIGN_INVALID'
  | 'RECORD_DUPLICATE_ID'
  | MoneyRefusalCode

/** How much of an item leads from the bank's balance to the books' balance. */
function step(item: ReconcilingItem): Money {
  return item.kind === 'UNRECORDED' || item.kind === 'BANK_ERROR' ? negateMoney(item.amount) : item.amount
}

/** The classic statement of one account. A difference is never hidden: it is broken down by what may have caused it. */
export function reconciliationStatement(
  request: ReconciliationStatementRequest,
): Decision<ReconciliationStatement, ReconciliationRefusalCode> {
  const refused = refusedStatement(request)
  if (refused) return refused
  const { account, currency, asOf, balancePerBank, balancePerBooks } = request
  const total = (kind: ReconcilingKind) =>
    sumMoney(
      request.items.filter((item) => item.kind === kind).map((item) => item.amount),
      currency,
    )
  const computed = addMoney(balancePerBank, sumMoney(request.items.map(step), currency))
  const difference = subtractMoney(balancePerBooks, computed)
  return allow({
    account,
    currency,
    asOf,
    balancePerBank,
    depositsInTransit: total('DEPOSIT_IN_TRANSIT'),
    outstandingPayments: negateMoney(total('OUTSTANDING_PAYMENT')),
    unrecorded: total('UNRECORDED'),
    bankErrors: total('BANK_ERROR'),
    bookErrors: total('BOOK_ERROR'),
    computedBalancePerBooks: computed,
    balancePerBooks,
    difference,
    reconciled: isZeroMoney(difference),
    causes: differenceCauses(request, difference),
    items: carried(request),
  })
}

/** Every item with its history, oldest first. */
function carried(request: ReconciliationStatementRequest): readonly CarriedItem[] {
  const before = new Map((request.previous?.items ?? []).map((item) => [item.id, item]))
  return [...request.items]
    .sort((left, right) => (`${left.date} ${left.id}` < `${right.date} ${right.id}` ? -1 : 1))
    .map((item) => ({
      ...item,
      firstSeen: before.get(item.id)?.firstSeen ?? request.asOf,
      ageDays: daysBetween(item.date, request.asOf),
      carriedForward: before.has(item.id),
    }))
}

function refusedStatement(
  request: ReconciliationStatementRequest,
): { readonly ok: false; readonly refusal: Refusal<ReconciliationRefusalCode> } | null {
  const { currency, asOf, items, previous, balancePerBank, balancePerBooks } = request
  const wrong = [asOf, ...items.map((item) => item.date)].find((date) => !isIsoDate(date))
  if (wrong !== undefined) return refuse('DATE_INVALID', `"${wrong.slice(0, 40)}" is not a date as YYYY-MM-DD.`)
  const wrongAmount = wrongMoney([balancePerBank, balancePerBooks, ...items.map((item) => item.amount)])
  if (wrongAmount) return { ok: false, refusal: wrongAmount }
  const late = items.filter((item) => item.date > asOf).map((item) => item.id)
  if (late.length > 0) return refuse('DATE_OUT_OF_ORDER', `An item is later than ${asOf}.`, { ids: late })
  if (previous && previous.asOf >= asOf) {
    return refuse('DATE_OUT_OF_ORDER', `The statement before is of ${previous.asOf}, not before ${asOf}.`)
  }
  const foreign = items.filter((item) => item.amount.currency !== currency).map((item) => item.id)
  if (foreign.length > 0 || balancePerBank.currency !== currency || balancePerBooks.currency !== currency) {
    return refuse('CURRENCY_MISMATCH', `A statement is in one currency, here ${currency}.`, { ids: foreign })
  }
  const turned = items.filter(
    (item) =>
      (item.kind === 'DEPOSIT_IN_TRANSIT' && toMinorUnits(item.amount) <= 0n) ||
      (item.kind === 'OUTSTANDING_PAYMENT' && toMinorUnits(item.amount) >= 0n),
  )
  if (turned.length > 0) {
    const ids = turned.map((item) => item.id)
    return refuse('SIGN_INVALID', 'Deposits in transit are positive, outstanding payments negative.', { ids })
  }
  const ids = items.map((item) => item.id)
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
  return twice.length > 0 ? refuse('RECORD_DUPLICATE_ID', 'An item is listed twice.', { ids: twice }) : null
}
