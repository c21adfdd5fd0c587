import { guardedText } from '../column-mapping/formula-guard.ts'

/** One column of a table to write. TEXT is guarded against formulas; PLAIN is for amounts, dates and codes we made ourselves. */
export interface CsvColumn<Row> {
  readonly name: string
  readonly kind: 'TEXT' | 'PLAIN'
  readonly value: (row: Row) => string | undefined
}

export interface CsvWriteOptions {
  readonly delimiter?: ',' | ';' | '\t'
  /** CRLF as RFC 4180 says, by default. */
  readonly lineEnd?: '\n' | '\r\n'
  /** A byte order mark, which Excel needs to see UTF-8. */
  readonly byteOrderMark?: boolean
}

function written(text: string, delimiter: string): string {
  // A NUL would make the row unreadable for every reader, ours included.
  const clean = text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text
  const needsQuotes =
    clean.includes('"') ||
    clean.includes(delimiter) ||
    clean.includes('\n') ||
    clean.includes('\r') ||
    clean !== clean.trim()
  return needsQuotes ? `"${clean.replaceAll('"', '""')}"` : clean
}

/** Writes rows one by one: the header first, each row ended. */
export class CsvWriter<Row> {
  readonly #columns: readonly CsvColumn<Row>[]
  readonly #delimiter: string
  readonly #lineEnd: string
  readonly #mark: string

  constructor(columns: readonly CsvColumn<Row>[], options: CsvWriteOptions = {}) {
    this.#columns = columns
    this.#delimiter = options.delimiter ?? ','
    this.#lineEnd = options.lineEnd ?? '\r\n'
    this.#mark = options.byteOrderMark ? '\ufeff' : ''
  }

  header(): string {
    return (
      this.#mark +
      this.#columns.map((column) => written(column.name, this.#delimiter)).join(this.#delimiter) +
      this.#lineEnd
    )
  }

  row(row: Row): string {
    const cells = this.#columns.map((column) => {
      const text = column.value(row) ?? ''
      return written(column.kind === 'TEXT' ? guardedText(text) : text, this.#delimiter)
    })
    return cells.join(this.#delimiter) + this.#lineEnd
  }
}

/** The whole table as text. */
export function writeCsv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
  options: CsvWriteOptions = {},
): string {
  const writer = new CsvWriter(columns, options)
  let text = writer.header()
  for (const row of rows) text += writer.row(row)
  return text
}

/** The table piece by piece, for exports that do not fit in memory. */
export async function* streamCsv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: CsvWriteOptions = {},
): AsyncGenerator<string> {
  const writer = new CsvWriter(columns, options)
  let piece = writer.header()
  for await (const row of rows) {
    piece += writer.row(row)
    if (piece.length < 64 * 1024) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
