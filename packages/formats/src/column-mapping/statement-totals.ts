import type { BankLine, IsoDate } from '@recon/core'
import type { FormatName, StatementHead } from '../parse-result.ts'
import { StatementIdentities } from '../statement-identity.ts'

interface Totals {
  readonly account: string
  readonly currency: string
  first: IsoDate
  last: IsoDate
  lines: number
  provisional: boolean
}

/** Gathers the statements of a table whose rows may name several accounts and currencies. */
export class StatementTotals {
  readonly #format: FormatName
  readonly #groups = new Map<string, Totals>()

  constructor(format: FormatName) {
    this.#format = format
  }

  /** Counts the line in; returns the key of its statement. */
  add(line: BankLine): string {
    const { bookingDate } = line
    const { currency } = line.amount
    const account = line.account ?? ''
    const group = `${account}|${currency}`
    const totals = this.#groups.get(group)
    if (totals === undefined) {
      const provisional = line.status === 'PENDING'
      this.#groups.set(group, { account, currency, first: bookingDate, last: bookingDate, lines: 1, provisional })
    } else {
      totals.lines++
      if (bookingDate < totals.first) totals.first = bookingDate
      if (bookingDate > totals.last) totals.last = bookingDate
      if (line.status !== 'PENDING') totals.provisional = false
    }
    return group
  }

  /** A table states no number of its own: account, currency and period identify it. Provisional when every line is pending. */
  statements(): readonly { readonly group: string; readonly statement: StatementHead }[] {
    const identities = new StatementIdentities()
    return [...this.#groups].map(([group, { account, currency, first, last, provisional }]) => ({
      group,
      statement: {
        id: identities.idFor([this.#format, account, currency, first, last]).id,
        account,
        currency,
        balances: [],
        periodStart: first,
        periodEnd: last,
        provisional,
      },
    }))
  }
}
