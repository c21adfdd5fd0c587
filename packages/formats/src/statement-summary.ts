import { sumMoney, toMinorUnits } from '@recon/core'
import type { ParsedStatement, ParseResult } from './parse-result.ts'

/** One account of a file in figures, amounts as decimal strings. */
export interface StatementSummary {
  readonly account: string
  readonly currency: string
  readonly openingBalance: string | null
  readonly closingBalance: string | null
  /** Lines, and entries that move no money. */
  readonly transactions: number
  readonly sumCredits: string
  /** Not negative. */
  readonly sumDebits: string
  readonly firstDate: string | null
  readonly lastDate: string | null
}

/** The statements of a file in figures, in file order: what `recon parse --json` prints as `accounts`. */
export function summarizeStatements(result: Pick<ParseResult, 'statements'>): StatementSummary[] {
  return result.statements.map(summaryOf)
}

function summaryOf(statement: ParsedStatement): StatementSummary {
  const { account, currency, lines } = statement
  const credits = sumMoney(
    lines.filter((line) => !line.amount.amount.startsWith('-')).map((line) => line.amount),
    currency,
  )
  const debits = sumMoney(
    lines.filter((line) => line.amount.amount.startsWith('-')).map((line) => line.amount),
    currency,
  )
  let firstDate: string | null = null
  let lastDate: string | null = null
  for (const { bookingDate } of lines) {
    if (firstDate === null || bookingDate < firstDate) firstDate = bookingDate
    if (lastDate === null || bookingDate > lastDate) lastDate = bookingDate
  }
  return {
    account,
    currency,
    openingBalance: statement.openingBalance?.amount.amount ?? null,
    closingBalance: statement.closingBalance?.amount.amount ?? null,
    transactions: lines.length + (statement.informationEntries ?? 0),
    sumCredits: credits.amount,
    sumDebits: toMinorUnits(debits) === 0n ? debits.amount : debits.amount.slice(1),
    firstDate,
    lastDate,
  }
}
