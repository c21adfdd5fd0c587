import { type Money, ReconError } from '@recon/core'
import { loadCreditor } from '../collections/creditor-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { listStatements } from '../use-cases/close-statement.ts'
import { type PdfLine, writePdf } from './pdf-writer.ts'

const right = 499

/** A creditor's statement as it was drawn up. The same statement is always the same bytes. @throws ReconError NOT_FOUND */
export async function statementReport(
  unit: UnitOfWork,
  params: Readonly<Record<string, unknown>>,
): Promise<{ fileName: string; bytes: Uint8Array }> {
  const creditor = await loadCreditor(unit, String(params.creditorId))
  const { rows } = await listStatements(unit, creditor.id)
  const statement = rows.find((row) => row.from === params.from && row.currency === params.currency)
  if (statement === undefined)
    throw new ReconError('NOT_FOUND', 'There is no statement of that creditor, period and currency.', {
      place: 'params',
    })
  const figure = (label: string, value: Money, strong = false): PdfLine => ({
    cells: [
      { at: 0, text: label },
      { at: right, text: `${value.amount} ${value.currency}`, right: true },
    ],
    bold: strong,
  })
  const title = `Statement · ${creditor.name}`
  const lines: PdfLine[] = [
    { cells: [{ at: 0, text: title }], size: 16, bold: true },
    { cells: [{ at: 0, text: `${statement.from} to ${statement.to}` }], above: 4, ruled: true },
    { ...figure('Opening balance', statement.opening), above: 10 },
    figure('Collected', statement.collected),
    figure('Fees', { ...statement.fees, amount: negated(statement.fees.amount) }),
    figure('Paid out', { ...statement.paidOut, amount: negated(statement.paidOut.amount) }),
    figure('Adjustments', statement.adjusted),
    { ...figure('Closing balance', statement.closing, true), above: 4, ruled: true },
    { cells: columns('Date', 'Payment', 'Kind', 'Recovered', 'Fee', 'Net'), bold: true, above: 14, ruled: true },
    ...statement.remittances.map(
      (row): PdfLine => ({
        cells: columns(
          row.occurredAt.slice(0, 10),
          row.paymentId.slice(0, 34),
          row.kind,
          row.recovered.amount,
          row.fee.amount,
          row.net.amount,
        ),
      }),
    ),
    ...section(
      'Paid out',
      statement.payouts.map((row) => [row.date, row.reference ?? row.id, row.amount.amount]),
    ),
    ...section(
      'Adjustments',
      statement.adjustments.map((row) => [row.date, row.reason, row.amount.amount]),
    ),
    { cells: [{ at: 0, text: 'SHA-256 of the canonical content' }], bold: true, above: 18 },
    { cells: [{ at: 0, text: statement.hash }], size: 8 },
  ]
  return { fileName: `statement-${creditor.id}-${statement.from}.pdf`, bytes: writePdf(title, lines) }
}

function negated(amount: string): string {
  if (amount.startsWith('-')) return amount.slice(1)
  return /[1-9]/.test(amount) ? `-${amount}` : amount
}

function columns(
  date: string,
  payment: string,
  kind: string,
  recovered: string,
  fee: string,
  net: string,
): PdfLine['cells'] {
  return [
    { at: 0, text: date },
    { at: 60, text: payment },
    { at: 250, text: kind.toLowerCase() },
    { at: 370, text: recovered, right: true },
    { at: 434, text: fee, right: true },
    { at: right, text: net, right: true },
  ]
}

function section(title: string, rows: readonly (readonly [string, string, string])[]): PdfLine[] {
  if (rows.length === 0) return []
  return [
    { cells: [{ at: 0, text: title }], bold: true, above: 14, ruled: true },
    ...rows.map(
      ([date, what, amount]): PdfLine => ({
        cells: [
          { at: 0, text: date },
          { at: 60, text: what.slice(0, 70) },
          { at: right, text: amount, right: true },
        ],
      }),
    ),
  ]
}
