import type { ItemRow } from '@recon/client'
import { filtered, type ItemFilter, type ItemReader } from '../use-cases/item-filter.ts'
import { fillItemRows } from '../use-cases/load-item-rows.ts'
import { type CsvCell, csvLine, number, text } from './csv-writer.ts'

export type ItemReportKind = 'exceptions' | 'escalations' | 'flagged'

const header = [
  'item_id',
  'scenario',
  'status',
  'date',
  'amount',
  'currency',
  'account',
  'bank_line_ids',
  'bank_reference',
  'counterparty',
  'description',
  'return_code',
  'candidate_entry_ids',
  'candidate_reference',
  'reason',
  'held_at',
  'held_by',
  'note',
]

const pageSize = 500

/** The exceptions of a desk as CSV, a page at a time: everything that waits for a person, or one of the held queues. */
export async function* itemReport(
  reader: ItemReader,
  kind: ItemReportKind,
  filter: ItemFilter = {},
): AsyncGenerator<string> {
  yield csvLine(header.map(text))
  const queue = { exceptions: 'OPEN', escalations: 'AP_ESCALATIONS', flagged: 'FLAGGED' }[kind]
  let after = ''
  for (;;) {
    const rows = await filtered(reader, { ...filter, queue })
      .selectAll('item')
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    const filled = await fillItemRows(reader, rows)
    for (const row of filled) yield csvLine(cellsOf(row))
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last.id
  }
}

function cellsOf({ item, bankLines, bookEntries, total, date }: ItemRow): CsvCell[] {
  const line = bankLines.find((one) => one.id === item.bankLineIds[0])
  const entry = bookEntries[0]
  const held = item.status === 'ESCALATED' ? item.escalation : item.status === 'FLAGGED' ? item.flag : undefined
  const references = line?.references
  return [
    text(item.id),
    text(item.scenario),
    text(item.status),
    text(date),
    number(total.amount),
    text(total.currency),
    text(line?.account ?? entry?.account),
    text(item.bankLineIds.join(' ')),
    text(references?.endToEndId ?? references?.checkNumber ?? references?.bankReference),
    text(line?.counterparty?.name ?? entry?.counterparty?.name),
    text(references?.remittanceText ?? entry?.references.description),
    text(line?.returnCode),
    text(bookEntries.map((one) => one.id).join(' ')),
    text(entry?.references.paymentReference ?? entry?.references.transactionNumber),
    text(item.reason.code),
    text(held?.at),
    text(held?.actorId),
    text(held?.reason),
  ]
}
