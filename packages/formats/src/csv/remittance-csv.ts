import { isZeroMoney, negateMoney, type Remittance } from '@recon/core'
import { type CsvColumn, type CsvWriteOptions, writeCsv } from './csv-writer.ts'
import { type JournalLine, journalColumns } from './journal-line.ts'

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
export function quickbooksJournal(rows: readonly Remittance[], accounts: QuickbooksAccounts): readonly JournalLine[] {
  return rows.flatMap((row) => {
    const { id, placementId } = row
    const common = {
      journalNumber: id,
      date: row.occurredAt.slice(0, 10),
      description: `Remittance ${id}, placement ${placementId}`,
    }
    const lines: readonly JournalLine[] = [
      { ...common, account: accounts.clearing, amount: row.net },
      { ...common, account: accounts.feeExpense, amount: row.fee },
      { ...common, account: accounts.receivable, amount: negateMoney(row.recovered), name: accounts.customerName(row) },
    ]
    return lines.filter((line) => !isZeroMoney(line.amount))
  })
}

export function writeQuickbooksImportCsv(
  rows: readonly Remittance[],
  accounts: QuickbooksAccounts,
  how: CsvWriteOptions = {},
): string {
  return writeCsv(journalColumns, quickbooksJournal(rows, accounts), how)
}
