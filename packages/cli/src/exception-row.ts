import { addMoney, type BankLine, type BookEntry, type Money, type ReviewItem } from '@recon/core'
import { reasonWords } from './reason-words.ts'
import type { CsvCell } from './result-folder.ts'

export const exceptionColumns = [
  'item',
  'scenario',
  'status',
  'severity',
  'date',
  'amount',
  'currency',
  'account',
  'counterparty',
  'reference',
  'code',
  'reason',
  'bankLines',
  'candidate',
  'candidateDate',
  'candidateAmount',
  'difference',
  'confidence',
] as const

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

/** One open item with its best candidate, for a colleague who works in a spreadsheet. */
export function exceptionCells(item: ReviewItem, records: Records): readonly CsvCell[] {
  const lines = item.bankLineIds.flatMap((id) => records.bankLines.get(id) ?? [])
  const [line] = lines
  const best = item.matches[0]
  const candidates = (best?.bookEntryIds ?? []).flatMap((id) => records.bookEntries.get(id) ?? [])
  const amount = total(lines.map((each) => each.amount))
  const { endToEndId, checkNumber, bankReference } = line?.references ?? {}
  return [
    { text: item.id },
    { plain: item.scenario },
    { plain: item.status },
    { plain: String(item.severity) },
    { plain: line?.bookingDate ?? '' },
    { plain: amount?.amount ?? '' },
    { plain: amount?.currency ?? '' },
    { text: line?.account ?? '' },
    { text: line?.counterparty?.name ?? '' },
    { text: endToEndId ?? checkNumber ?? bankReference ?? '' },
    { text: line?.transactionCode ?? '' },
    { text: reasonWords(item.reason) },
    { text: item.bankLineIds.join(' ') },
    { text: best?.bookEntryIds.join(' ') ?? '' },
    { plain: candidates[0]?.date ?? '' },
    { plain: total(candidates.map((entry) => entry.amount))?.amount ?? '' },
    { plain: best?.difference.amount ?? '' },
    { plain: best?.confidence.toFixed(4) ?? '' },
  ]
}
