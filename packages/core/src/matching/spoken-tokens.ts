import type { BookEntry } from '../records/book-entry.ts'
import { referenceTokens } from '../references/reference-tokens.ts'
import type { EntryField, MatchPolicy } from './match-policy.ts'
import type { RecordColumns } from './side-columns.ts'

/** A token of what the books write as text. */
export interface SpokenToken {
  readonly entry: number
  readonly field: EntryField
  /** The entry has no reference field of its own: what its text says is all there is. */
  readonly sole: boolean
}

/** A token on more entries than this tells nothing. */
const mostSpeakers = 12
const shortestText = 4

/** Whole tokens of what the books write as text: descriptions, and references of several words. */
export function tokensOfEntries(
  entries: RecordColumns<BookEntry>,
  entryKeyed: Uint8Array,
  policy: MatchPolicy,
): ReadonlyMap<string, readonly SpokenToken[]> {
  const table = new Map<string, SpokenToken[]>()
  const { minimumDigits } = policy.references
  const add = (entry: number, field: EntryField, value: string | undefined): void => {
    if (value === undefined || value.length < shortestText || (field !== 'description' && !value.includes(' '))) return
    const sole = entryKeyed[entry] === 0
    for (const { canonical } of referenceTokens(value, minimumDigits)) {
      const list = table.get(canonical)
      if (list === undefined) table.set(canonical, [{ entry, field, sole }])
      else if (list.length <= mostSpeakers) list.push({ entry, field, sole })
    }
  }
  for (let entry = 0; entry < entries.count; entry++) {
    const references = entries.rows[entry]?.references
    if (references === undefined) continue
    add(entry, 'description', references.description)
    add(entry, 'paymentReference', references.paymentReference)
    add(entry, 'documentNumber', references.documentNumber)
    add(entry, 'transactionNumber', references.transactionNumber)
  }
  for (const [token, list] of table) if (list.length > mostSpeakers) table.delete(token)
  return table
}
