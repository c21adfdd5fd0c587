import { isZeroMoney, type JournalLine, type Money, negateMoney, type Remittance } from '@recon/core'
import { type CsvColumn, type CsvWriteOptions, writeCsv } from './guarded-csv.ts'
import { type JournalRow, journalColumns } from './journal-csv.ts'

/** The remittance ledger as creditors import it: one row per remittance, signed as the ledger holds it. */
export const remittanceColumns: readonly CsvColumn<Remittance>[] = [
  { name: 'remittance_id', kind: 'TEXT', value: (row) => row.id },
  { name: 'placement_id', kind: 'TEXT', value: (row) => row.placementId },
  { name: 'payment_id', kind: 'TEXT', value: (row) => row.paymentId },
  { name: 'kind', kind: 'PLAIN', value: (row) => row.kind },
  { name: 'status', kind: 'PLAIN', value: (row) => row.status },
  { name: 'occurred_at', kind: 'PLAIN', value: (row) => row.occurredAt },
  { name: 'recovered_amount', kind: 'PLAIN', value: (row) => row.recovered.amount },
  { name: 'fee_amount', kind: 'PLAIN', value: (row) => row.fee.amount },
  { name: 'net_remit_amount', kind: 'PLAIN', value: (row) => row.net.amount },
  { name: 'currency', kind: 'PLAIN', value: (row) => row.net.currency },
  { name: 'rate_snapshot', kind: 'PLAIN', value: (row) => row.rate },
  { name: 'transfer_reference', kind: 'TEXT', value: (row) => row.transferReference },
  { name: 'parent_remittance_id', kind: 'TEXT', value: (row) => row.parentRemittanceId },
]

export function writeRemittanceCsv(rows: readonly Remittance[], how: CsvWriteOptions = {}): string {
  return writeCsv(remittanceColumns, rows, how)
}

/** The creditor's own accounts, as their QuickBooks company names them. */
export interface QuickbooksAccounts {
  readonly receivable: string
  readonly clearing: string
  readonly feeExpense: string
  /** The customer the receivable belongs to; QuickBooks asks for one on receivable lines. */
  readonly customerName: (row: Remittance) => string
}

/**
 * QuickBooks Online's journal import (Settings, Import data, Journal entries): one journal for each remittance. The receivable
 * is credited with what was recovered, the clearing account and the fee expense take what arrived and what was kept;
 * a reversal turns all three around.
 */
export function quickbooksJournal(rows: readonly Remittance[], accounts: QuickbooksAccounts): readonly JournalRow[] {
  return rows.flatMap((row) => {
    const { id: journalId, placementId } = row
    const date = row.occurredAt.slice(0, 10)
    const description = `Remittance ${journalId}, placement ${placementId}`
    const lineOf = (account: string, amount: Money): JournalLine => {
      const credit = amount.amount.startsWith('-')
      return { account, side: credit ? 'CREDIT' : 'DEBIT', amount: credit ? negateMoney(amount) : amount, description }
    }
    const lines: readonly JournalRow[] = [
      { journalId, date, line: lineOf(accounts.clearing, row.net) },
      { journalId, date, line: lineOf(accounts.feeExpense, row.fee) },
      {
        journalId,
        date,
        line: lineOf(accounts.receivable, negateMoney(row.recovered)),
        name: accounts.customerName(row),
      },
    ]
    return lines.filter(({ line }) => !isZeroMoney(line.amount))
  })
}

export function writeQuickbooksImportCsv(
  rows: readonly Remittance[],
  accounts: QuickbooksAccounts,
  how: CsvWriteOptions = {},
): string {
  return writeCsv(journalColumns, quickbooksJournal(rows, accounts), how)
}
