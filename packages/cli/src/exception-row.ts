import { addMoney, type BankLine, type BookEntry, type Money, type ReviewItem } from '@recon/core'
import type { CsvColumn } from '@recon/formats'
import { reasonWords } from './reason-words.ts'

interface Records {
  readonly bankLines: ReadonlyMap<string, BankLine>
  readonly bookEntries: ReadonlyMap<string, BookEntry>
}

/** Sum of amounts of one currency; undefined where they mix. */
function total(amounts: readonly Money[]): Money | undefined {
  const [first, ...rest] = amounts
  if (first === undefined || rest.some((amount) => amount.currency !== first.currency)) return undefined
  return rest.reduce(addMoney, first)
}

interface Exception {
  readonly item: ReviewItem
  readonly line: BankLine | undefined
  readonly amount: Money | undefined
  readonly candidates: readonly BookEntry[]
}

type Part = readonly [name: string, kind: 'TEXT' | 'PLAIN', value: (exception: Exception) => string | undefined]

const parts: readonly Part[] = [
  ['item', 'TEXT', ({ item }) => item.id],
  ['scenario', 'PLAIN', ({ item }) => item.scenario],
  ['status', 'PLAIN', ({ item }) => item.status],
  ['severity', 'PLAIN', ({ item }) => String(item.severity)],
  ['date', 'PLAIN', ({ line }) => line?.bookingDate],
  ['amount', 'PLAIN', ({ amount }) => amount?.amount],
  ['currency', 'PLAIN', ({ amount }) => amount?.currency],
  ['account', 'TEXT', ({ line }) => line?.account],
  ['counterparty', 'TEXT', ({ line }) => line?.counterparty?.name],
  ['reference', 'TEXT', ({ line }) => referenceOf(line)],
  ['code', 'TEXT', ({ line }) => line?.transactionCode],
  ['reason', 'TEXT', ({ item }) => reasonWords(item.reason)],
  ['bankLines', 'TEXT', ({ item }) => item.bankLineIds.join(' ')],
  ['candidate', 'TEXT', ({ item }) => item.matches[0]?.bookEntryIds.join(' ')],
  ['candidateDate', 'PLAIN', ({ candidates }) => candidates[0]?.date],
  ['candidateAmount', 'PLAIN', ({ candidates }) => total(candidates.map((entry) => entry.amount))?.amount],
  ['difference', 'PLAIN', ({ item }) => item.matches[0]?.difference.amount],
  ['confidence', 'PLAIN', ({ item }) => item.matches[0]?.confidence.toFixed(4)],
]

function referenceOf(line: BankLine | undefined): string | undefined {
  const { endToEndId, checkNumber, bankReference } = line?.references ?? {}
  return endToEndId ?? checkNumber ?? bankReference
}

/** Open items with their best candidate, for a colleague who works in a spreadsheet. */
export const exceptionColumns: readonly CsvColumn<Exception>[] = parts.map(([name, kind, value]) => ({
  name,
  kind,
  value,
}))

/** What the columns are filled from. */
export function exceptionOf(item: ReviewItem, records: Records): Exception {
  const lines = item.bankLineIds.flatMap((id) => records.bankLines.get(id) ?? [])
  const candidates = (item.matches[0]?.bookEntryIds ?? []).flatMap((id) => records.bookEntries.get(id) ?? [])
  return { item, line: lines[0], amount: total(lines.map((each) => each.amount)), candidates }
}
