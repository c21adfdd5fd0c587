import { type Money, ReconError } from '@recon/core'
import { isCanonicalHeader, isCardHeader, readBankHeader, readLedgerHeader } from '../csv/canonical-columns.ts'
import { parseAmount } from './amount-notation.ts'
import { BookingDetails, type RowPart, wholeRow } from './booking-details.ts'
import { looksLikeDate } from './cell-shape.ts'
import { type ColumnMapping, parseColumnMapping } from './column-mapping.ts'
import { summaryTextTest } from './column-words.ts'
import { headerMissing } from './header-missing.ts'
import { IdSet } from './id-set.ts'
import type { MappingProposal, ProposalOptions } from './mapping-proposal.ts'
import { proposeMapping } from './propose-mapping.ts'
import type { RejectedRow } from './rejected-row.ts'
import { RepeatedNotes } from './repeated-notes.ts'
import { bindMapping, canonicalLayout, missingColumns, type RowLayout } from './row-layout.ts'
import { amountTexts, inNotation, type RowReading, type TableRow } from './row-reading.ts'
import type { TableKind } from './table-kind.ts'

export interface TableSink<Value> {
  value(value: Value, row: TableRow, part: RowPart): void
  warn(code: string, message: string, line?: number): void
  reject(row: RejectedRow): void
  /** The mapping found for the table, before its first value. */
  proposed?(proposal: MappingProposal & { readonly ok: true }): void
}

export interface TableOptions extends Omit<ProposalOptions, 'target'> {
  /** How the columns are to be read; absent for the canonical columns. */
  readonly mapping?: ColumnMapping
  /** Without a mapping, only the canonical columns are read; nothing is proposed. */
  readonly canonicalOnly?: boolean
  /**
   * A proposed mapping must fit every row: one that does not is the defect ROW_INVALID and refuses the file, unless it is
   * tolerated here. Under a mapping that was given, bad rows are always reported one by one.
   */
  readonly tolerate?: readonly string[]
  /** Bookings whose payments stand in rows below: one line per payment where they add up (default), or one per booking. */
  readonly batches?: 'payments' | 'bookings'
}

/** How far down the header may stand. */
const headerRows = 200
/** Rows a proposal is made from. */
const proposalRows = 20_000

/**
 * Reads the rows of a table, from CSV or a sheet, as bank lines or book entries: finds the header, binds the columns, reads
 * row by row. A row that cannot be read is rejected by itself; a table whose header cannot be bound is refused whole.
 */
export class TableReader<Value extends { readonly id: string }> {
  readonly #target: 'bank' | 'ledger'
  readonly #kind: TableKind<Value>
  readonly #options: TableOptions
  readonly #sink: TableSink<Value>
  readonly #ids = new IdSet()
  readonly #isSummary = summaryTextTest()
  readonly #notes: RepeatedNotes
  #waiting: TableRow[] = []
  readonly #booking: BookingDetails<Value>
  #read: ((row: TableRow) => RowReading<Value>) | undefined
  #layout: RowLayout | undefined
  #proposed = false
  /** A row that may be the canonical header under other names. */
  #likely: TableRow | undefined
  /** The mapping rows are read by, given or proposed; undefined for the canonical columns. */
  mapping: ColumnMapping | undefined
  #rows = 0
  #rejected = 0
  #firstRejected: RejectedRow | undefined

  constructor(kind: TableKind<Value>, options: TableOptions, sink: TableSink<Value>) {
    const { target } = kind
    this.#target = target
    this.#kind = kind
    this.#booking = new BookingDetails(kind.detailed, options.batches !== 'bookings', (value, row, part) =>
      sink.value(value, row, part),
    )
    this.#options = options.mapping ? { ...options, mapping: parseColumnMapping(options.mapping) } : options
    this.#sink = sink
    this.#notes = new RepeatedNotes((code, message, line) => sink.warn(code, message, line))
    this.mapping = this.#options.mapping
    if (options.mapping && options.mapping.target !== target) {
      throw new ReconError(
        'CONFIGURATION_INVALID',
        `The mapping reads ${options.mapping.target} rows, the file is read as ${target} rows.`,
      )
    }
  }

  /** @throws ReconError FORMAT_INVALID or CONFIGURATION_INVALID when the header cannot be bound */
  row(row: TableRow): void {
    if (this.#read && this.#layout) {
      this.#readRow(inNotation(row, this.#layout.notation), this.#read)
      return
    }
    if (row.fields.every((text) => text.trim() === '')) return
    const likely = this.#likely
    this.#likely = undefined
    if (likely !== undefined && this.#hasIsoDate(likely, row)) {
      this.#bindCanonical(likely)
      this.row(row)
      return
    }
    if (this.#bind(row)) return
    this.#waiting.push(row)
    if (this.#options.mapping || this.#options.canonicalOnly) {
      if (this.#waiting.length >= headerRows) this.#noHeader()
    } else if (this.#waiting.length >= proposalRows) this.#propose()
  }

  /** A row the table could not even cut into cells. */
  broken(row: RejectedRow): void {
    this.#rows++
    this.#reject(row)
  }

  /** @throws ReconError FORMAT_INVALID when no header was found or no row could be read */
  finish(): void {
    if (this.#likely) this.#bindCanonical(this.#likely)
    if (!this.#read && this.#waiting.length > 0 && !this.#options.mapping && !this.#options.canonicalOnly)
      this.#propose()
    if (!this.#read) this.#noHeader()
    if (this.#layout) this.#booking.flush(this.#layout)
    this.#notes.finish()
    if (this.#rows === 0) this.#sink.warn('NO_ROWS', 'The file has a header and no rows.')
    const first = this.#firstRejected
    if (first && this.#rejected === this.#rows) {
      throw new ReconError(
        'FORMAT_INVALID',
        `None of the ${this.#rows} rows could be read. The first, line ${first.line}: ${first.message} Give a mapping that says how the file is written (docs/formats/column-mapping.md).`,
        { place: `line ${first.line}`, details: { reason: first.code, line: first.line, rejected: this.#rejected } },
      )
    }
  }

  #bind(row: TableRow): boolean {
    const { mapping, account, currency } = this.#options
    const given = { ...(account !== undefined && { account }), ...(currency !== undefined && { currency }) }
    if (!mapping && this.#waiting.length >= headerRows) return false
    if (mapping) {
      const headless = mapping.header === 'NONE'
      if (!headless && missingColumns(mapping, row.fields).length > 0) return false
      const bound = bindMapping(
        mapping,
        headless ? [] : row.fields,
        headless ? Number.POSITIVE_INFINITY : row.fields.length,
      )
      this.#start({ ...bound, defaults: { ...given, ...mapping.defaults } })
      if (headless) this.row(row)
      return true
    }
    const missing = this.#header(row).missing.filter((field) => field !== 'currency' || currency === undefined)
    if (missing.length > 0) return false
    if (isCanonicalHeader(row.fields)) {
      this.#bindCanonical(row)
      return true
    }
    // Other names for the canonical columns are also what banks call their own: the next row's date tells.
    if (!isCardHeader(row.fields)) this.#likely = row
    return false
  }

  #header(row: TableRow) {
    return this.#target === 'bank' ? readBankHeader(row.fields) : readLedgerHeader(row.fields)
  }

  #hasIsoDate(header: TableRow, row: TableRow): boolean {
    const { indexes, twice } = this.#header(header)
    const places: ReadonlyMap<string, number> = indexes
    const date = row.fields[places.get(this.#target === 'bank' ? 'bookingDate' : 'date') ?? -1]
    return twice.length === 0 && /^\s*\d{4}-\d{2}-\d{2}/.test(date ?? '')
  }

  /** Binds the canonical columns. @throws ReconError FORMAT_INVALID when two columns of the header claim one field */
  #bindCanonical(row: TableRow): void {
    const { account, currency } = this.#options
    const header = this.#header(row)
    if (header.twice.length > 0) {
      throw new ReconError(
        'FORMAT_INVALID',
        `Two columns of the header name ${header.twice.join(' and ')}; nothing says which is meant. Give a mapping.`,
        { place: `line ${row.line}`, details: { reason: 'FIELD_INVALID', line: row.line } },
      )
    }
    if (header.extra.length > 0) {
      const names = header.extra.slice(0, 10).map((text) => `"${text.slice(0, 60)}"`)
      this.#sink.warn('COLUMN_UNKNOWN', `Columns that are not read: ${names.join(', ')}.`, row.line)
    }
    const given = { ...(account !== undefined && { account }), ...(currency !== undefined && { currency }) }
    this.#likely = undefined
    this.#start(canonicalLayout(header.indexes, row.fields.length, given))
  }

  /** Reads the waiting rows by a proposed mapping. @throws ReconError FORMAT_INVALID when none can be proposed */
  #propose(): void {
    const waiting = this.#waiting
    const proposal = proposeMapping(waiting, { ...this.#options, target: this.#target })
    if (!proposal.ok) {
      throw new ReconError('FORMAT_INVALID', proposal.message, {
        ...(proposal.line !== undefined && { place: `line ${proposal.line}` }),
        details: { reason: proposal.code, ...(proposal.line !== undefined && { line: proposal.line }) },
      })
    }
    for (const doubt of proposal.doubts) this.#sink.warn(doubt.code, doubt.message, proposal.headerLine)
    this.#sink.proposed?.(proposal)
    this.#proposed = true
    this.mapping = proposal.mapping
    const { mapping, headerLine } = proposal
    const header = waiting.find((row) => row.line === headerLine)
    const width = header?.fields.length ?? waiting.reduce((most, row) => Math.max(most, row.fields.length), 0)
    this.#start(bindMapping(mapping, header?.fields ?? [], width))
    for (const row of waiting) if (headerLine === undefined || row.line > headerLine) this.row(row)
  }

  #start(layout: RowLayout): void {
    this.#layout = layout
    this.#read = this.#kind.open(layout)
    this.#waiting = []
  }

  #readRow(row: TableRow, read: (row: TableRow) => RowReading<Value>): void {
    if (row.fields.every((text) => text === '' || text.trim() === '')) return
    const layout = this.#layout
    if (layout !== undefined && layout.rowsWithoutDate !== 'REFUSE' && this.#isNoBooking(row, layout)) return
    this.#rows++
    const problem = this.#shape(row)
    if (problem) {
      this.#reject({ line: row.line, raw: row.raw, ...problem })
      return
    }
    const reading = read(row)
    if (!reading.ok) {
      this.#reject({ line: row.line, raw: row.raw, ...reading.problem })
      return
    }
    if (!this.#ids.add(reading.value.id)) {
      this.#reject({
        line: row.line,
        raw: row.raw,
        code: 'DUPLICATE_ID',
        message: `The id "${reading.value.id.slice(0, 60)}" was used by a row above. The first row is kept.`,
      })
      return
    }
    for (const note of reading.notes) this.#notes.note(note.code, note.message, row.line)
    if (layout?.rowsWithoutDate !== 'DETAIL') {
      this.#sink.value(reading.value, row, wholeRow)
      return
    }
    this.#booking.flush(layout)
    this.#booking.hold(reading.value, row)
  }

  /** Rows of a bank's export that are no bookings: texts that belong to the booking above, sums, bookings not made yet. */
  #isNoBooking(row: TableRow, layout: RowLayout): boolean {
    const index = layout.indexes.get(this.#target === 'bank' ? 'bookingDate' : 'date')?.[0] ?? 0
    const dateText = (row.fields[index] ?? '').trim()
    const amounts = amountTexts(row, layout)
    if (layout.readDate(dateText) !== undefined) {
      if (row.fields.some(this.#isSummary)) {
        this.#skip(row, 'The row states a balance or a sum and no movement; passed over.')
        return true
      }
      if (amounts.some((text) => text !== '')) return false
      const payment = layout.detailAmount !== undefined && (row.fields[layout.detailAmount] ?? '').trim() !== ''
      if (payment && this.#booking.holds) {
        this.#booking.add(row, layout)
        return true
      }
      this.#skip(row, 'The row has a date and no amount; passed over.')
      return true
    }
    // A spoilt date is a defect of its row; a text where the date should be is another kind of row.
    if (looksLikeDate(dateText)) return false
    const balance = layout.balance === undefined ? '' : (row.fields[layout.balance] ?? '').trim()
    const sums = [...amounts, balance].some((text) => text !== '')
    if (sums || dateText !== '' || layout.rowsWithoutDate === 'SKIP' || !this.#booking.holds) {
      this.#skip(
        row,
        `The row has no date${sums ? ' beside its amount' : ''}: a heading, a sum or a booking not made yet; passed over.`,
      )
      return true
    }
    this.#booking.add(row, layout)
    return true
  }

  #skip(row: TableRow, why: string): void {
    this.#notes.note('ROW_SKIPPED', `${why} "${row.raw.trim().slice(0, 80)}"`, row.line)
  }

  /** The running balance beside a row, where the layout has one and the cell can be read. */
  balanceOf(row: TableRow, currency: string, part: RowPart): Money | undefined {
    const layout = this.#layout
    if (!(this.mapping?.balanceOrder === 'NEWEST_FIRST' ? part.first : part.last)) return undefined
    const text = layout?.balance === undefined ? '' : (row.fields[layout.balance] ?? '').trim()
    if (text === '' || layout === undefined) return undefined
    const parsed = parseAmount(text, layout.notation, currency)
    return parsed.ok ? parsed.value : undefined
  }

  #shape(row: TableRow): { code: string; message: string } | undefined {
    if (row.raw.includes('\u0000')) return { code: 'CONTROL_CHARACTER', message: 'A cell holds a NUL character.' }
    const width = this.#layout?.width ?? 0
    if (row.fields.length <= width || row.fields.slice(width).every((text) => text.trim() === '')) return undefined
    return {
      code: 'FIELD_INVALID',
      message: `The row has ${row.fields.length} cells, the header ${width}. A delimiter inside a cell that is not quoted shifts the cells behind it.`,
    }
  }

  #reject(row: RejectedRow): void {
    this.#rejected++
    this.#firstRejected ??= row
    const { tolerate } = this.#options
    if (this.#proposed && !tolerate?.includes('ROW_INVALID') && !tolerate?.includes('*')) {
      throw new ReconError(
        'FORMAT_INVALID',
        `Line ${row.line}: ${row.message} The columns of this file were found by what they hold, and this row does not fit. Correct it, give a mapping, or leave such rows out with tolerate: ['ROW_INVALID'].`,
        { place: `line ${row.line}`, details: { reason: row.code, line: row.line } },
      )
    }
    this.#sink.reject(row)
  }

  #noHeader(): never {
    throw headerMissing(this.#target, this.#options.mapping, this.#waiting, this.#firstRejected)
  }
}
