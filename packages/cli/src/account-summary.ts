import { addMoney, type BankLine, fromMinorUnits, type IsoDate, type Money, toMinorUnits } from '@recon/core'
import type { StatementHead } from '@recon/formats'

/** One statement of one account: what `recon parse` says about it. Amounts are decimal strings; sums are unsigned. */
export interface AccountSummary {
  readonly account: string
  readonly currency: string
  readonly openingBalance: string | null
  readonly closingBalance: string | null
  readonly transactions: number
  readonly sumCredits: string
  readonly sumDebits: string
  readonly firstDate: IsoDate | null
  readonly lastDate: IsoDate | null
}

/** Adds up the lines of the statement being read; `close` ends it. */
export function accountTally(): {
  readonly add: (line: BankLine) => void
  readonly close: (statement: StatementHead) => AccountSummary
} {
  let count = 0
  let credits = new Map<string, bigint>()
  let debits = new Map<string, bigint>()
  let first: IsoDate | null = null
  let last: IsoDate | null = null
  return {
    add: (line) => {
      count += 1
      const minor = toMinorUnits(line.amount)
      const side = minor < 0n ? debits : credits
      side.set(line.amount.currency, (side.get(line.amount.currency) ?? 0n) + (minor < 0n ? -minor : minor))
      if (first === null || line.bookingDate < first) first = line.bookingDate
      if (last === null || line.bookingDate > last) last = line.bookingDate
    },
    close: (statement) => {
      const amountOf = (sums: ReadonlyMap<string, bigint>) =>
        fromMinorUnits(sums.get(statement.currency) ?? 0n, statement.currency).amount
      const summary: AccountSummary = {
        account: statement.account,
        currency: statement.currency,
        openingBalance: statement.openingBalance?.amount.amount ?? null,
        closingBalance: statement.closingBalance?.amount.amount ?? null,
        transactions: count + (statement.informationEntries ?? 0),
        sumCredits: amountOf(credits),
        sumDebits: amountOf(debits),
        firstDate: first,
        lastDate: last,
      }
      count = 0
      credits = new Map()
      debits = new Map()
      first = null
      last = null
      return summary
    },
  }
}

/** Opening plus movements minus closing, where both balances are known: 0.00 when the statement proves itself. */
export function statementGap(summary: AccountSummary): Money | undefined {
  const { currency, openingBalance, closingBalance } = summary
  if (openingBalance === null || closingBalance === null) return undefined
  const of = (amount: string): Money => ({ amount, currency })
  const minus = (amount: string): Money => fromMinorUnits(-toMinorUnits(of(amount)), currency)
  return addMoney(
    addMoney(of(openingBalance), addMoney(of(summary.sumCredits), minus(summary.sumDebits))),
    minus(closingBalance),
  )
}
