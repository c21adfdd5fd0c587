import { hexWords, sha256 } from './content-hash.ts'
import { OccurrenceCounter } from './occurrence-counter.ts'

/** What tells one booked movement from another, as the bank wrote it. */
export interface LineIdentity {
  readonly account: string
  readonly currency: string
  readonly bookingDate: string
  /** Signed, canonical. */
  readonly amount: string
  readonly code?: string | undefined
  readonly status?: string | undefined
  /** The bank's own reference of the movement. */
  readonly bankReference?: string | undefined
  /** Everything else that was written on the line: other references, text. A function is called only where it is needed. */
  readonly content: string | (() => string)
}

const separator = '\u001f'

/** A bank reference long and varied enough to name one movement: six characters or more, not one digit repeated. */
function isTelling(reference: string | undefined): reference is string {
  return (
    reference !== undefined && reference.length >= 6 && /[1-9A-Za-z]/.test(reference) && !/^(.)\1*$/.test(reference)
  )
}

/**
 * Gives lines ids that depend on their content alone: the same file read twice, or two statements that overlap, give the same
 * ids, so an import can tell what it has. Twins (equal in everything the bank wrote) are numbered in file order, so both stay.
 * A telling bank reference stands for the free text, which banks reword between the intraday report and the statement.
 */
export class LineIdentities {
  /** Whether the last line stood in an earlier report of the file. */
  repeated = false
  /** The leading words of the last key, for fingerprints over many lines. */
  high = 0
  low = 0
  private readonly seen = new OccurrenceCounter()
  /** The lines of the open report, where reports of one file may overlap. */
  private own: OccurrenceCounter | undefined

  /**
   * A statement begins. Interim reports of one file overlap (each may hold all of the day so far), so that twins are counted
   * in each by itself; booked statements follow one another, so that equal lines of two of them are two movements.
   */
  begin(overlapping: boolean): void {
    this.own = overlapping ? new OccurrenceCounter() : undefined
  }

  idFor(line: LineIdentity): string {
    const telling = isTelling(line.bankReference)
    const head = `${line.account}${separator}${line.currency}${separator}${line.bookingDate}${separator}${line.amount}${separator}${line.code ?? ''}${separator}${line.status ?? ''}${separator}${line.bankReference ?? ''}${separator}`
    const content = telling ? '' : typeof line.content === 'string' ? line.content : line.content()
    const words = sha256(head + content)
    this.high = words[0] as number
    this.low = words[1] as number
    const inReport = this.own?.count(this.high, this.low)
    this.repeated = inReport !== undefined && inReport <= this.seen.times(this.high, this.low)
    const occurrence = inReport !== undefined && this.repeated ? inReport : this.seen.count(this.high, this.low)
    const base = hexWords(words, 4)
    return occurrence === 1 ? base : `${base}-${occurrence}`
  }
}

/**
 * The id of a statement: format family, account, currency and the bank's own numbering, or the date where it numbers
 * nothing. `occurrence` tells apart what the bank gives the same numbers in one file.
 */
export class StatementIdentities {
  private readonly seen = new OccurrenceCounter()

  idFor(parts: readonly (string | undefined)[]): { id: string; occurrence: number } {
    const words = sha256(parts.map((part) => part ?? '').join(separator))
    const occurrence = this.seen.count(words[0] as number, words[1] as number)
    const base = hexWords(words, 4)
    return { id: occurrence === 1 ? base : `${base}-${occurrence}`, occurrence }
  }
}
