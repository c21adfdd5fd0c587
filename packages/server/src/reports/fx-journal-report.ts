import { addMoney, type FxWire, fxVarianceJournal, type JournalLine, ReconError } from '@recon/core'
import { filtered, type ItemFilter, type ItemReader } from '../use-cases/item-filter.ts'
import { fillItemRows } from '../use-cases/load-item-rows.ts'
import { csvLine, number, text } from './csv-writer.ts'

const header = ['line', 'item_id', 'date', 'account', 'debit', 'credit', 'currency', 'bank_reference', 'description']
/** Words for the accounts; the books put their own numbers. */
const accounts = { cash: 'CASH', gainLoss: 'FX_GAIN_LOSS' }

interface Wire extends FxWire {
  readonly itemId: string
  readonly date: string
  readonly reference: string | undefined
}

/**
 * The month-end journal for foreign exchange wires: one cash line per wire, debit when the bank moved more than the books
 * say and credit when less, and one netted gain or loss line a currency that balances them. The rules of it are the core's.
 */
export async function* fxJournalReport(reader: ItemReader, filter: ItemFilter = {}): AsyncGenerator<string> {
  yield csvLine(header.map(text))
  const wires = await wiresOf(reader, filter)
  const byCurrency = Map.groupBy(wires, (wire) => wire.settled.currency)
  let count = 0
  for (const [currency, own] of [...byCurrency].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const date = reader.now.slice(0, 10)
    const made = fxVarianceJournal({ journalId: `fx-${date}`, date, currency, wires: own, accounts })
    if (!made.ok) {
      if (made.refusal.code === 'NOTHING_TO_POST') continue
      throw new ReconError('RECORD_INVALID', made.refusal.message, { place: made.refusal.ids?.[0] ?? 'wires' })
    }
    const wireOf = new Map(own.map((wire) => [wire.bankLineId, wire]))
    for (const line of made.value.lines) {
      count += 1
      yield csvLine(cellsOf(count, line, line.bankLineId === undefined ? undefined : wireOf.get(line.bankLineId), date))
    }
  }
}

async function wiresOf(reader: ItemReader, filter: ItemFilter): Promise<Wire[]> {
  const rows = await filtered(reader, { ...filter, scenario: 'AMOUNT_VARIANCE' })
    .selectAll('item')
    .where('status', '!=', 'RECONCILED')
    .orderBy('date')
    .orderBy('id')
    .limit(10_000)
    .execute()
  const seen = new Set<string>()
  return (await fillItemRows(reader, rows)).flatMap((row) => {
    const [line] = row.bankLines
    const match = row.item.matches[0]
    const variance = row.item.journal?.amount ?? match?.difference
    const entry = row.bookEntries.find((one) => match?.bookEntryIds.includes(one.id) ?? true)
    if (line === undefined || entry === undefined || variance === undefined || seen.has(line.id)) return []
    const booked = entry.openAmount ?? entry.amount
    if (variance.currency !== booked.currency) return []
    seen.add(line.id)
    return [
      {
        bankLineId: line.id,
        bookEntryId: entry.id,
        booked,
        settled: row.item.journal?.settledAmount ?? addMoney(booked, variance),
        variance,
        itemId: row.item.id,
        date: row.date,
        reference: line.references.endToEndId ?? line.references.bankReference,
      },
    ]
  })
}

function cellsOf(count: number, line: JournalLine, wire: Wire | undefined, today: string) {
  const amount = number(line.amount.amount)
  return [
    number(count),
    wire === undefined ? null : text(wire.itemId),
    text(wire?.date ?? today),
    text(line.account),
    ...(line.side === 'DEBIT' ? [amount, null] : [null, amount]),
    text(line.amount.currency),
    wire === undefined ? null : text(wire.reference),
    text(wire === undefined ? 'Net FX gain or loss' : 'FX difference of wire'),
  ]
}
