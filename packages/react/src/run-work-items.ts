import {
  type BankLine,
  type BookEntry,
  fromMinorUnits,
  type IsoDate,
  type IsoInstant,
  type MatchInput,
  type MatchRun,
  type Money,
  sumMoney,
} from '@recon/core'
import type { WorkItem } from './work-item.ts'

/**
 * The items of a run with their records, for a host that matches with the library alone and has no server.
 * `arrivedAt` is when the lines became known; it drives ageing.
 */
export function runWorkItems(run: MatchRun, input: MatchInput, arrivedAt?: IsoInstant): readonly WorkItem[] {
  const lines = new Map(input.bankLines.map((line) => [line.id, line]))
  const entries = new Map(input.bookEntries.map((entry) => [entry.id, entry]))
  return run.items.map((item) => {
    const proposed = item.perspective === 'BOOK' ? item.matches.flatMap((match) => match.bankLineIds) : []
    const bankLines = found([...new Set([...item.bankLineIds, ...proposed])], lines)
    const entryIds = new Set([...item.bookEntryIds, ...item.matches.flatMap((match) => match.bookEntryIds)])
    const bookEntries = found([...entryIds], entries)
    const own: readonly (BankLine | BookEntry)[] =
      item.bankLineIds.length > 0 ? found(item.bankLineIds, lines) : bookEntries
    return {
      item,
      bankLines,
      bookEntries,
      bankLineCount: bankLines.length,
      bookEntryCount: bookEntries.length,
      total: totalOf(own),
      date: dateOf(own[0]),
      ...(arrivedAt === undefined ? {} : { arrivedAt }),
    }
  })
}

function dateOf(record: BankLine | BookEntry | undefined): IsoDate {
  if (record === undefined) return '1970-01-01'
  return 'bookingDate' in record ? record.bookingDate : record.date
}

function found<Kind>(ids: readonly string[], records: ReadonlyMap<string, Kind>): readonly Kind[] {
  return ids.flatMap((id) => {
    const record = records.get(id)
    return record === undefined ? [] : [record]
  })
}

/** Records of one item share a currency; where a bank mixes them, the first one's is shown. */
function totalOf(records: readonly (BankLine | BookEntry)[]): Money {
  const currency = records[0]?.amount.currency
  if (currency === undefined) return fromMinorUnits(0n, 'USD')
  return sumMoney(
    records.flatMap((record) => (record.amount.currency === currency ? [record.amount] : [])),
    currency,
  )
}
