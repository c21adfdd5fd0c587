import { type BankLine, fromMinorUnits, type IsoDate, type Money, toMinorUnits } from '@recon/core'
import type { FormatName, StatementHead } from '../parse-result.ts'
import { StatementIdentities } from '../statement-identity.ts'

interface Totals {
  readonly account: string
  readonly currency: string
  first: IsoDate
  last: IsoDate
  provisional: boolean
  /** Minor units. */
  total: bigint
  /** The first and last stated running balance, each with the sum of the rows up to and with it. */
  firstBalance: StatedBalance | undefined
  lastBalance: StatedBalance | undefined
}

/** In minor units. */
interface StatedBalance {
  readonly balance: bigint
  readonly amount: bigint
  readonly sum: bigint
}

export interface TableStatement {
  readonly group: string
  readonly statement: StatementHead
  /** Set where the running balances do not follow from the amounts. */
  readonly mismatch?: string
}

/** Gathers the statements of a table whose rows may name several accounts and currencies. */
export class StatementTotals {
  readonly #format: FormatName
  readonly #groups = new Map<string, Totals>()

  constructor(format: FormatName) {
    this.#format = format
  }

  /** Counts the line in, with the running balance stated beside it; returns the key of its statement. */
  add(line: BankLine, balance?: Money): string {
    const { bookingDate } = line
    const { currency } = line.amount
    const amount = toMinorUnits(line.amount)
    const account = line.account ?? ''
    const group = `${account}|${currency}`
    let totals = this.#groups.get(group)
    if (totals === undefined) {
      const provisional = line.status === 'PENDING'
      const start = { first: bookingDate, last: bookingDate, provisional, total: amount }
      totals = { account, currency, ...start, firstBalance: undefined, lastBalance: undefined }
      this.#groups.set(group, totals)
    } else {
      if (bookingDate < totals.first) totals.first = bookingDate
      if (bookingDate > totals.last) totals.last = bookingDate
      if (line.status !== 'PENDING') totals.provisional = false
      totals.total += amount
    }
    if (balance !== undefined && balance.currency === currency) {
      totals.lastBalance = { balance: toMinorUnits(balance), amount, sum: totals.total }
      totals.firstBalance ??= totals.lastBalance
    }
    return group
  }

  /** A table states no number of its own: account, currency and period identify it. Provisional when every line is pending. */
  statements(order: 'OLDEST_FIRST' | 'NEWEST_FIRST' | undefined): readonly TableStatement[] {
    const identities = new StatementIdentities()
    return [...this.#groups].map(([group, totals]) => {
      const { account, currency, first, last, provisional } = totals
      const proven = order && balancesOf(totals, order)
      return {
        group,
        statement: {
          id: identities.idFor([this.#format, account, currency, first, last]).id,
          account,
          currency,
          ...(proven?.opening && { openingBalance: { kind: 'OPENING_BOOKED', amount: proven.opening } }),
          ...(proven?.closing && { closingBalance: { kind: 'CLOSING_BOOKED', amount: proven.closing } }),
          balances: [],
          periodStart: first,
          periodEnd: last,
          provisional,
        },
        ...(proven?.mismatch && { mismatch: proven.mismatch }),
      }
    })
  }
}

interface ProvenBalances {
  readonly opening?: Money
  readonly closing?: Money
  readonly mismatch?: string
}

/** Opening and closing balance from the running balances at both ends, where they agree with the sum of the rows. */
function balancesOf(totals: Totals, order: 'OLDEST_FIRST' | 'NEWEST_FIRST'): ProvenBalances {
  const { firstBalance, lastBalance, total, currency } = totals
  if (firstBalance === undefined || lastBalance === undefined) return {}
  const oldestFirst = order === 'OLDEST_FIRST'
  // Oldest first, a balance stands after all rows up to its own; newest first, after its own and all rows below.
  const opening = oldestFirst
    ? firstBalance.balance - firstBalance.sum
    : lastBalance.balance - lastBalance.amount - (total - lastBalance.sum)
  const closing = oldestFirst
    ? lastBalance.balance + (total - lastBalance.sum)
    : firstBalance.balance + (firstBalance.sum - firstBalance.amount)
  const [from, moved, to] = [opening, total, closing].map((minor) => fromMinorUnits(minor, currency))
  if (from === undefined || moved === undefined || to === undefined) return {}
  if (opening + total === closing) return { opening: from, closing: to }
  return {
    mismatch: `The running balances do not follow from the amounts: from ${from.amount}, movements of ${moved.amount} do not lead to ${to.amount} ${currency}. Rows are missing, or a balance is wrong.`,
  }
}
