import { toMinorUnits } from '@recon/core'
import { type AmountNotation, parseAmount } from './amount-notation.ts'
import { type BalancedRow, type BalanceProof, proveByBalance } from './balance-proof.ts'
import type { CurrencyFinding } from './currency-finding.ts'
import type { MoneyColumns } from './money-columns.ts'
import type { TableRow } from './row-reading.ts'
import type { ColumnProfile, TableProfile } from './table-profile.ts'

/** What is known of a table while a proposal is being made. */
export interface Findings {
  readonly profile: TableProfile
  readonly rows: readonly TableRow[]
  readonly date: ColumnProfile
  readonly money: MoneyColumns
  readonly notation: AmountNotation
  readonly currency: CurrencyFinding
  readonly format: string
}

export function columnName(column: ColumnProfile): string {
  return column.header === '' ? `column ${column.index + 1}` : column.header
}

/** A cell, trimmed. */
export function textOf(row: TableRow, column: ColumnProfile): string {
  return (row.fields[column.index] ?? '').trim()
}

export function moneyColumnsOf(money: MoneyColumns): readonly ColumnProfile[] {
  return money.kind === 'DEBIT_CREDIT' ? [money.debit, money.credit] : [money.amount]
}

/** Signed minor units of a row under the findings so far; undefined when a cell cannot be read. */
function minorOf(row: TableRow, money: MoneyColumns, notation: AmountNotation, currency: string): bigint | undefined {
  const read = (column: ColumnProfile): bigint | undefined => {
    const cell = textOf(row, column)
    if (cell === '' || cell === '-') return 0n
    const parsed = parseAmount(cell, notation, currency)
    return parsed.ok ? toMinorUnits(parsed.value) : undefined
  }
  if (money.kind === 'DEBIT_CREDIT') {
    const debit = read(money.debit)
    const credit = read(money.credit)
    return debit === undefined || credit === undefined ? undefined : credit - (debit < 0n ? -debit : debit)
  }
  const amount = read(money.amount)
  if (amount === undefined || money.kind === 'SIGNED') return amount
  const size = amount < 0n ? -amount : amount
  return money.debit.includes(textOf(row, money.flag).toLowerCase()) ? -size : size
}

/** What the running balance in `column` proves of the amounts found. */
export function balanceProof(findings: Findings, column: ColumnProfile): BalanceProof | undefined {
  const currency = findings.currency.currency
  const rows: BalancedRow[] = []
  for (const row of findings.rows) {
    const amount = minorOf(row, findings.money, findings.notation, currency)
    if (amount === undefined) continue
    const cell = textOf(row, column)
    const parsed = cell === '' ? undefined : parseAmount(cell, findings.notation, currency)
    rows.push({ amount, balance: parsed?.ok ? toMinorUnits(parsed.value) : undefined })
  }
  return proveByBalance(rows)
}
