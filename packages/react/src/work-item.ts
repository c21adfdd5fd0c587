import type { BankLine, BookEntry, IsoDate, IsoInstant, Money, ReviewItem, ReviewSettings } from '@recon/core'
import type { Messages } from './messages/messages.ts'

/** A review item with the records it speaks of: what lists and dialogs show. The rows of the HTTP API have this shape. */
export interface WorkItem {
  readonly item: ReviewItem
  /** The item's own lines. Lists may carry fewer than `bankLineCount`. */
  readonly bankLines: readonly BankLine[]
  /** Its entries and candidates. */
  readonly bookEntries: readonly BookEntry[]
  readonly bankLineCount: number
  readonly bookEntryCount: number
  /** Sum of the item's own lines, or of its entries where it has none. */
  readonly total: Money
  readonly date: IsoDate
  readonly arrivedAt?: IsoInstant
  /** Settings of the item's desk, for `itemActions`. */
  readonly settings?: ReviewSettings
}

/** The line or entry that stands for the item in a list. */
export function leadRecord(row: WorkItem): BankLine | BookEntry | undefined {
  return row.item.perspective === 'BOOK' ? row.bookEntries[0] : row.bankLines[0]
}

/** The identifier that a row shows: by the instrument's own order, then whatever else is there. */
export function shownReference(row: WorkItem): string | undefined {
  const line = row.bankLines[0]
  if (row.item.perspective === 'BANK' && line !== undefined) {
    const { checkNumber, endToEndId, structureId, bankReference, customerReference } = line.references
    return checkNumber ?? endToEndId ?? structureId ?? customerReference ?? bankReference
  }
  const entry = row.bookEntries[0]
  if (entry === undefined) return undefined
  const { checkNumber, paymentReference, transactionNumber, documentNumber } = entry.references
  return paymentReference ?? transactionNumber ?? checkNumber ?? documentNumber
}

export function shownName(row: WorkItem): string | undefined {
  const lead = leadRecord(row)
  if (row.item.scenario === 'SWEEP' && row.bankLines[0]?.references.structureId !== undefined) {
    return row.bankLines[0].references.structureId
  }
  return lead?.counterparty?.name ?? remittanceHead(row)
}

function remittanceHead(row: WorkItem): string | undefined {
  const text = row.bankLines[0]?.references.remittanceText ?? row.bookEntries[0]?.references.description
  return text === undefined ? undefined : text.split('\n', 1)[0]?.slice(0, 80)
}

/** What a row is called on the screen: the name, or the words for none. */
export function rowName(row: WorkItem, { messages }: { readonly messages: Messages }): string {
  return shownName(row) ?? messages.desk.noCounterparty
}
