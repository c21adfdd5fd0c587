import { allow, andThen, type Decision, type Refusal, refuse } from '../decision.ts'
import {
  fromMinorUnits,
  isZeroMoney,
  type Money,
  type MoneyRefusalCode,
  subtractMoney,
  toMinorUnits,
} from '../money/money.ts'
import { wrongMoney } from '../money/money-check.ts'
import { type IsoDate, isIsoDate } from '../records/iso-date.ts'

/** One foreign exchange wire: what the bank moved and what the books have, both in the books' currency, signed. */
export interface FxWire {
  readonly bankLineId: string
  readonly bookEntryId: string
  readonly settled: Money
  readonly booked: Money
  /** What a source says the variance is; refused when it is not settled - booked. */
  readonly variance?: Money
}

/** Account strings as the books know them. */
export interface FxAccounts {
  readonly cash: string
  readonly gainLoss: string
}

export interface JournalLine {
  readonly account: string
  readonly side: 'DEBIT' | 'CREDIT'
  /** Always positive. */
  readonly amount: Money
  readonly description: string
  readonly bankLineId?: string
  readonly bookEntryId?: string
}

export interface FxJournal {
  readonly journalId: string
  readonly date: IsoDate
  readonly currency: string
  readonly lines: readonly JournalLine[]
  readonly debits: Money
  readonly credits: Money
  /** Gain positive, loss negative. */
  readonly net: Money
}

export interface FxJournalRequest {
  readonly journalId: string
  readonly date: IsoDate
  readonly currency: string
  readonly wires: readonly FxWire[]
  readonly accounts: FxAccounts
}

export type FxJournalRefusalCode =
  | 'NOTHING_TO_POST'
  | 'ACCOUNT_MISSING'
  | 'DATE_INVALID'
  | 'CURRENCY_MISMATCH'
  | 'RECORD_DUPLICATE_ID'
  | 'VARIANCE_DIFFERS'
  | 'JOURNAL_UNBALANCED'
  | MoneyRefusalCode

/**
 * The month-end journal of FX variances: one cash line per wire (debit when the bank moved more than was booked, credit when
 * less) and one netted gain or loss line. Wires without a variance have no line.
 */
export function fxVarianceJournal(request: FxJournalRequest): Decision<FxJournal, FxJournalRefusalCode> {
  const refused = refusedRequest(request)
  if (refused) return refused
  const { journalId, date, currency, accounts } = request
  const variances = request.wires
    .map((wire) => ({ wire, minor: toMinorUnits(subtractMoney(wire.settled, wire.booked)) }))
    .filter(({ minor }) => minor !== 0n)
    .sort((left, right) => (left.wire.bankLineId < right.wire.bankLineId ? -1 : 1))
  if (variances.length === 0) return refuse('NOTHING_TO_POST', 'No wire has a variance.')
  const net = variances.reduce((sum, { minor }) => sum + minor, 0n)
  const cash = variances.map(({ wire, minor }) => ({
    ...line(accounts.cash, minor, currency, `FX variance ${wire.bankLineId}`),
    bankLineId: wire.bankLineId,
    bookEntryId: wire.bookEntryId,
  }))
  const netted = net === 0n ? [] : [line(accounts.gainLoss, -net, currency, net > 0n ? 'FX gain, net' : 'FX loss, net')]
  const lines = [...cash, ...netted]
  return andThen(journalTotals(lines, currency), (totals) =>
    allow({ journalId, date, currency, lines, ...totals, net: fromMinorUnits(net, currency) }),
  )
}

/** A debit for a positive amount, a credit for a negative one. */
function line(account: string, minor: bigint, currency: string, description: string): JournalLine {
  const amount = fromMinorUnits(minor < 0n ? -minor : minor, currency)
  return { account, side: minor < 0n ? 'CREDIT' : 'DEBIT', amount, description }
}

/** The sums of both sides; refused unless they are equal, positive and in one currency. Checks any journal, not only ours. */
export function journalTotals(
  lines: readonly JournalLine[],
  currency: string,
): Decision<{ readonly debits: Money; readonly credits: Money }, 'CURRENCY_MISMATCH' | 'JOURNAL_UNBALANCED'> {
  if (lines.some((one) => one.amount.currency !== currency)) {
    return refuse('CURRENCY_MISMATCH', `A journal is in one currency, here ${currency}.`)
  }
  const sum = (side: JournalLine['side']) =>
    lines.filter((one) => one.side === side).reduce((total, one) => total + toMinorUnits(one.amount), 0n)
  const [debits, credits] = [sum('DEBIT'), sum('CREDIT')]
  if (debits !== credits || lines.some((one) => toMinorUnits(one.amount) <= 0n)) {
    return refuse('JOURNAL_UNBALANCED', 'Debits and credits must be equal, and every line greater than zero.', {
      details: { debits: fromMinorUnits(debits, currency), credits: fromMinorUnits(credits, currency) },
    })
  }
  return allow({ debits: fromMinorUnits(debits, currency), credits: fromMinorUnits(credits, currency) })
}

function refusedRequest({
  date,
  currency,
  wires,
  accounts,
}: FxJournalRequest): { readonly ok: false; readonly refusal: Refusal<FxJournalRefusalCode> } | null {
  const wrong = wrongMoney(wires.flatMap((wire) => [wire.settled, wire.booked, wire.variance]))
  if (wrong) return { ok: false, refusal: wrong }
  if (!isIsoDate(date)) return refuse('DATE_INVALID', `"${date.slice(0, 40)}" is not a date as YYYY-MM-DD.`)
  if (accounts.cash.trim() === '' || accounts.gainLoss.trim() === '') {
    return refuse('ACCOUNT_MISSING', 'Configure the cash account and the gain and loss account.')
  }
  const foreign = wires.filter((wire) => wire.settled.currency !== currency || wire.booked.currency !== currency)
  if (foreign.length > 0) {
    const ids = foreign.map((wire) => wire.bankLineId)
    return refuse('CURRENCY_MISMATCH', `Both amounts of a wire must be in ${currency}.`, { ids })
  }
  const ids = wires.map((wire) => wire.bankLineId)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (twice.length > 0) return refuse('RECORD_DUPLICATE_ID', 'A wire is there twice.', { ids: twice })
  const differs = wires.filter((wire) => wire.variance !== undefined && !isVariance(wire, wire.variance))
  return differs.length > 0
    ? refuse('VARIANCE_DIFFERS', 'A stated variance is not what the bank moved minus what was booked.', {
        ids: differs.map((wire) => wire.bankLineId),
      })
    : null
}

function isVariance(wire: FxWire, variance: Money): boolean {
  const difference = subtractMoney(wire.settled, wire.booked)
  return variance.currency === difference.currency && isZeroMoney(subtractMoney(variance, difference))
}
