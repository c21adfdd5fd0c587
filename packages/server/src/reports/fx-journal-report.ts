import { fromMinorUnits, toMinorUnits } from '@recon/core'
import { filtered, type ItemFilter, type ItemReader } from '../use-cases/list-items.ts'
import { fillItemRows } from '../use-cases/load-item-rows.ts'
import { csvLine, number, text } from './csv-writer.ts'

const header = ['line', 'item_id', 'date', 'account', 'debit', 'credit', 'currency', 'bank_reference', 'description']

/**
 * The month-end journal for foreign exchange wires: one cash line per wire, debit when the bank moved more than the books
 * say and credit when less, and one netted gain or loss line a currency that balances them.
 */
export async function* fxJournalReport(reader: ItemReader, filter: ItemFilter = {}): AsyncGenerator<string> {
  yield csvLine(header.map(text))
  const rows = await filtered(reader, { ...filter, scenario: 'AMOUNT_VARIANCE' })
    .selectAll('item')
    .where('status', '!=', 'RECONCILED')
    .orderBy('date')
    .orderBy('id')
    .limit(10_000)
    .execute()
  const net = new Map<string, bigint>()
  let line = 0
  for (const row of await fillItemRows(reader, rows)) {
    const difference = row.item.journal?.amount ?? row.item.matches[0]?.difference
    if (difference === undefined) continue
    const minor = toMinorUnits(difference)
    net.set(difference.currency, (net.get(difference.currency) ?? 0n) + minor)
    line += 1
    const bankLine = row.bankLines[0]
    yield csvLine([
      number(line),
      text(row.item.id),
      text(row.date),
      text('CASH'),
      ...sides(minor, difference.currency),
      text(difference.currency),
      text(bankLine?.references.endToEndId ?? bankLine?.references.bankReference),
      text('FX difference of wire'),
    ])
  }
  for (const [currency, minor] of [...net].sort()) {
    line += 1
    const cells = [...sides(-minor, currency), text(currency), null, text('Net FX gain or loss')]
    yield csvLine([number(line), null, text(reader.now.slice(0, 10)), text('FX_GAIN_LOSS'), ...cells])
  }
}

function sides(minor: bigint, currency: string) {
  const amount = fromMinorUnits(minor < 0n ? -minor : minor, currency).amount
  return minor >= 0n ? [number(amount), null] : [null, number(amount)]
}
