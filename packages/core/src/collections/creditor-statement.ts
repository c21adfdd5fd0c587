import { canonicalJson } from '../canonical-content.ts'
import { allow, type Decision, type Refusal, refuse } from '../decision.ts'
import { addMoney, compareMoney, type Money, type MoneyRefusalCode, subtractMoney, sumMoney } from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import { addDays, type IsoDate, isIsoDate } from '../records/iso-date.ts'
import type { Remittance } from './remittance.ts'

/** A transfer to the creditor. */
export interface Payout {
  readonly id: string
  readonly date: IsoDate
  readonly amount: Money
  readonly reference?: string
}

/** A correction with its reason: positive in the creditor's favour. */
export interface StatementAdjustment {
  readonly id: string
  readonly date: IsoDate
  readonly amount: Money
  readonly reason: string
}

export interface CreditorStatementRequest {
  readonly creditorId: string
  readonly currency: string
  /** First and last day, both included, in UTC. */
  readonly from: IsoDate
  readonly to: IsoDate
  /** What was owed to the creditor when the period began. */
  readonly opening: Money
  /** Rows of any time; those that occurred in the period count. */
  readonly remittances: readonly Remittance[]
  readonly payouts: readonly Payout[]
  readonly adjustments: readonly StatementAdjustment[]
  /** The statement before, where there is one: periods and balances must join without a gap. */
  readonly previous?: Pick<CreditorStatement, 'to' | 'closing'>
  /** SHA-256 of UTF-8 text as lower-case hex. */
  readonly sha256: (text: string) => string
}

/** opening + collected - fees - paidOut + adjusted = closing. */
export interface CreditorStatement {
  readonly creditorId: string
  readonly currency: string
  readonly from: IsoDate
  readonly to: IsoDate
  readonly opening: Money
  readonly collected: Money
  readonly fees: Money
  readonly paidOut: Money
  readonly adjusted: Money
  readonly closing: Money
  readonly remittances: readonly Remittance[]
  readonly payouts: readonly Payout[]
  readonly adjustments: readonly StatementAdjustment[]
  /** The text the hash is over: sorted keys, sorted rows, only what never changes later. */
  readonly canonical: string
  readonly hash: string
}

export type StatementRefusalCode =
  | 'DATE_INVALID'
  | 'PERIOD_REVERSED'
  | 'CURRENCY_MISMATCH'
  | 'AMOUNT_NOT_POSITIVE'
  | 'STATEMENT_GAP'
  | 'RECORD_DUPLICATE_ID'
  | MoneyRefusalCode

/** The monthly statement of one creditor in one currency. The same facts always give the same text and the same hash. */
export function creditorStatement(
  request: CreditorStatementRequest,
): Decision<CreditorStatement, StatementRefusalCode> {
  const refused = refusedStatement(request)
  if (refused) return refused
  const { creditorId, currency, from, to, opening } = request
  const inPeriod = (date: IsoDate) => date >= from && date <= to
  const remittances = byDateAndId(request.remittances, (row) => row.occurredAt).filter((row) =>
    inPeriod(row.occurredAt.slice(0, 10)),
  )
  const payouts = byDateAndId(request.payouts, (row) => row.date).filter((row) => inPeriod(row.date))
  const adjustments = byDateAndId(request.adjustments, (row) => row.date).filter((row) => inPeriod(row.date))
  const sum = (amounts: readonly Money[]) => sumMoney(amounts, currency)
  const collected = sum(remittances.map((row) => row.recovered))
  const fees = sum(remittances.map((row) => row.fee))
  const paidOut = sum(payouts.map((row) => row.amount))
  const adjusted = sum(adjustments.map((row) => row.amount))
  const earned = subtractMoney(addMoney(opening, collected), fees)
  const closing = addMoney(subtractMoney(earned, paidOut), adjusted)
  const figures = { creditorId, currency, from, to, opening, collected, fees, paidOut, adjusted, closing }
  const canonical = canonicalJson({ ...figures, remittances: remittances.map(lastingFacts), payouts, adjustments })
  const hash = request.sha256(canonical)
  return allow({ ...figures, remittances, payouts, adjustments, canonical, hash })
}

/** A row without what moves on later: its transfer status, reference and version. */
function lastingFacts(row: Remittance): Partial<Remittance> {
  const { status: _s, version: _v, transferReference: _r, paidAt: _p, failure: _f, ...facts } = row
  return facts
}

function byDateAndId<Row extends { readonly id: string }>(rows: readonly Row[], date: (row: Row) => string): Row[] {
  const key = (row: Row) => `${date(row)} ${row.id}`
  return [...rows].sort((left, right) => (key(left) < key(right) ? -1 : 1))
}

function refusedStatement(
  request: CreditorStatementRequest,
): { readonly ok: false; readonly refusal: Refusal<StatementRefusalCode> } | null {
  const { currency, from, to, opening, remittances, payouts, adjustments, previous } = request
  const dates = [from, to, ...payouts.map((row) => row.date), ...adjustments.map((row) => row.date)]
  const wrong = dates.find((date) => !isIsoDate(date))
  if (wrong !== undefined) return refuse('DATE_INVALID', `"${wrong.slice(0, 40)}" is not a date as YYYY-MM-DD.`)
  if (to < from) return refuse('PERIOD_REVERSED', `The period ends on ${to}, before it begins on ${from}.`)
  const amounts = [
    { id: 'opening', amount: opening },
    ...remittances.map((row) => ({ id: row.id, amount: row.recovered })),
    ...payouts,
    ...adjustments,
  ]
  const wrongAmount = wrongMoney([...amounts.map((row) => row.amount), previous?.closing])
  if (wrongAmount) return { ok: false, refusal: wrongAmount }
  const foreign = amounts.filter((row) => row.amount.currency !== currency).map((row) => row.id)
  if (foreign.length > 0) {
    return refuse('CURRENCY_MISMATCH', `A statement is in one currency, here ${currency}.`, { ids: foreign })
  }
  const negative = payouts.filter((row) => compareMoney(row.amount, subtractMoney(row.amount, row.amount)) <= 0)
  if (negative.length > 0) {
    const ids = negative.map((row) => row.id)
    return refuse('AMOUNT_NOT_POSITIVE', 'A payout is greater than zero; write what came back as an adjustment.', {
      ids,
    })
  }
  const ids = amounts.map((row) => row.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (twice.length > 0) return refuse('RECORD_DUPLICATE_ID', 'A row is there twice.', { ids: twice })
  if (previous && (addDays(previous.to, 1) !== from || compareMoney(previous.closing, opening) !== 0)) {
    return refuse(
      'STATEMENT_GAP',
      'The statement does not join the one before: check the period and the opening balance.',
    )
  }
  return null
}
