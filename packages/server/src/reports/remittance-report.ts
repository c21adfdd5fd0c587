import type { UnitOfWork } from '../store/unit-of-work.ts'
import { type RemittanceFilter, streamRemittances } from '../use-cases/list-remittances.ts'
import { csvLine, number, text } from './csv-writer.ts'

const header = [
  'remittance_id',
  'placement_id',
  'creditor_id',
  'payment_id',
  'kind',
  'status',
  'occurred_at',
  'currency',
  'recovered_amount',
  'fee_amount',
  'net_remit_amount',
  'contingency_rate',
  'parent_remittance_id',
  'installment',
  'transfer_reference',
  'paid_at',
]

/** The remittance ledger for a spreadsheet: one row each, money as numbers, the rate as it was at the payment. */
export async function* remittanceReport(unit: UnitOfWork, filter: RemittanceFilter): AsyncGenerator<string> {
  yield csvLine(header.map(text))
  for await (const row of streamRemittances(unit, filter)) {
    yield csvLine([
      text(row.id),
      text(row.placementId),
      text(row.creditorId),
      text(row.paymentId),
      text(row.kind),
      text(row.status),
      text(row.occurredAt),
      text(row.recovered.currency),
      number(row.recovered.amount),
      number(row.fee.amount),
      number(row.net.amount),
      number(row.rate),
      text(row.parentRemittanceId),
      row.installment === undefined ? null : number(row.installment),
      text(row.transferReference),
      text(row.paidAt),
    ])
  }
}
