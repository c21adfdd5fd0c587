import type { BankLine, BookEntry } from '@recon/core'
import { charsetAssumed } from '../charset-decoder.ts'
import type { BankColumnMapping, LedgerColumnMapping } from '../column-mapping/column-mapping.ts'
import type { DateOrder } from '../column-mapping/date-order.ts'
import type { RejectedRow } from '../column-mapping/rejected-row.ts'
import { bankTable, ledgerTable, type TableKind } from '../column-mapping/table-kind.ts'
import { TableReader } from '../column-mapping/table-reader.ts'
import { inputLimits, withinLimit } from '../input-limits.ts'
import type { ParseWarning, StatementInput } from '../parse-result.ts'
import type { CsvRecord, CsvRecordProblem } from './csv-records.ts'
import { type CsvReadOptions, CsvTextReader, feedCsv } from './csv-text.ts'

export interface BankCsvOptions extends CsvReadOptions {
  /** For dates of a bank's own export that prove nothing by themselves. */
  readonly dateOrder?: DateOrder
  /** `'ROW_INVALID'`: rows that do not fit a proposed mapping are reported one by one instead of refusing the file. */
  readonly tolerate?: readonly string[]
  readonly mapping?: BankColumnMapping
  /** For files whose rows name none. */
  readonly account?: string
  /** ISO 4217, for files whose rows name none. */
  readonly currency?: string
}
export interface LedgerCsvOptions extends CsvReadOptions {
  readonly dateOrder?: DateOrder
  readonly tolerate?: readonly string[]
  readonly mapping?: LedgerColumnMapping
  readonly account?: string
  readonly currency?: string
}

export type CsvEvent<Value> =
  | { readonly type: 'value'; readonly value: Value; readonly line: number }
  | { readonly type: 'warning'; readonly warning: ParseWarning }
  | { readonly type: 'rejected'; readonly row: RejectedRow }

export interface BankCsv {
  readonly lines: readonly BankLine[]
  readonly warnings: readonly ParseWarning[]
  readonly rejected: readonly RejectedRow[]
}
export interface LedgerCsv {
  readonly entries: readonly BookEntry[]
  readonly warnings: readonly ParseWarning[]
  readonly rejected: readonly RejectedRow[]
}

const problemMessages: Readonly<Record<Exclude<CsvRecordProblem, 'QUOTE_MALFORMED'>, string>> = {
  QUOTE_UNTERMINATED: 'A quote opens here and never closes properly. Only this line is left out.',
  RECORD_TOO_LONG: 'The record is longer than the limit. Only this line is left out.',
  TOO_MANY_COLUMNS: 'The record has more cells than the limit.',
}

/** Hands a record to the table, or reports why it is none. */
export function recordToTable<Value extends { readonly id: string }>(
  record: CsvRecord,
  table: TableReader<Value>,
  warn: (code: string, message: string, line: number) => void,
): void {
  if (record.problem === undefined) table.row(record)
  else if (record.problem === 'QUOTE_MALFORMED') {
    warn('QUOTE_MALFORMED', 'A quoted cell holds a quote that is not doubled; it was read as text.', record.line)
    table.row(record)
  } else {
    table.broken({
      line: record.line,
      raw: record.raw.slice(0, 1000),
      code: record.problem,
      message: problemMessages[record.problem],
    })
  }
}

/** Where the rows of a file go. */
interface CsvSink<Value> {
  value(value: Value, line: number): void
  warn(warning: ParseWarning): void
  reject(row: RejectedRow): void
}

/** Reads a file into a sink; yields after each piece, so that a stream can hand on what came. */
async function* readCsv<Value extends { readonly id: string }>(
  kind: TableKind<Value>,
  input: StatementInput,
  options: BankCsvOptions | LedgerCsvOptions,
  sink: CsvSink<Value>,
): AsyncGenerator<void> {
  const limits = inputLimits(options.limits)
  let reports = 0
  let rows = 0
  const count = (line: number | undefined) => {
    reports++
    withinLimit(limits, 'maxWarnings', reports, line === undefined ? undefined : `line ${line}`)
  }
  const warn = (code: string, message: string, line?: number) => {
    count(line)
    sink.warn({ code, message, ...(line !== undefined && { line }) })
  }
  const table = new TableReader<Value>(kind, options, {
    value: (value, row) => {
      rows++
      if (rows > limits.maxRecords) withinLimit(limits, 'maxRecords', rows, `line ${row.line}`)
      sink.value(value, row.line)
    },
    warn,
    reject: (row) => {
      count(row.line)
      sink.reject(row)
    },
  })
  const { mapping } = options
  const charset = options.charset ?? mapping?.charset
  const delimiter = options.delimiter ?? mapping?.delimiter
  const reader = new CsvTextReader(
    { ...options, ...(charset !== undefined && { charset }), ...(delimiter !== undefined && { delimiter }) },
    (record) => recordToTable(record, table, warn),
  )
  yield* feedCsv(input, reader, options)
  const finding = reader.charset()
  if (finding.reason === 'NOT_UTF8') warn('CHARSET_ASSUMED', charsetAssumed)
  if (finding.mixed) {
    warn('CHARSET_INVALID', 'The file mixes UTF-8 with other bytes; those became replacement characters.')
  }
  table.finish()
}

/** Hands rows on one by one. Written out, since an async generator would take several turns of the event loop for each row. */
function streamCsv<Value extends { readonly id: string }>(
  kind: TableKind<Value>,
  input: StatementInput,
  options: BankCsvOptions | LedgerCsvOptions,
): AsyncIterable<CsvEvent<Value>> {
  return {
    [Symbol.asyncIterator]() {
      let queue: CsvEvent<Value>[] = []
      let next = 0
      const pieces = readCsv(kind, input, options, {
        value: (value, line) => queue.push({ type: 'value', value, line }),
        warn: (warning) => queue.push({ type: 'warning', warning }),
        reject: (row) => queue.push({ type: 'rejected', row }),
      })
      const take = (): IteratorResult<CsvEvent<Value>> | undefined => {
        const value = queue[next]
        next++
        return value === undefined ? undefined : { value, done: false }
      }
      const pull = async (): Promise<IteratorResult<CsvEvent<Value>>> => {
        for (;;) {
          queue = []
          next = 0
          const { done } = await pieces.next()
          const ready = take()
          if (ready !== undefined) return ready
          if (done) return { value: undefined, done: true }
        }
      }
      return {
        next() {
          const ready = take()
          return ready === undefined ? pull() : Promise.resolve(ready)
        },
        async return() {
          await pieces.return(undefined)
          return { value: undefined, done: true }
        },
      }
    },
  }
}

async function collect<Value extends { readonly id: string }>(
  kind: TableKind<Value>,
  input: StatementInput,
  options: BankCsvOptions | LedgerCsvOptions,
) {
  const values: Value[] = []
  const warnings: ParseWarning[] = []
  const rejected: RejectedRow[] = []
  const pieces = readCsv(kind, input, options, {
    value: (value) => values.push(value),
    warn: (warning) => warnings.push(warning),
    reject: (row) => rejected.push(row),
  })
  for await (const _ of pieces);
  return { values, warnings, rejected }
}

/**
 * Reads a bank CSV row by row; memory stays flat. Without a mapping the columns are the canonical ones.
 * @throws ReconError FORMAT_INVALID, CONFIGURATION_INVALID, INPUT_TOO_LARGE, INPUT_TIMEOUT, CANCELLED
 */
export function streamBankCsv(input: StatementInput, options: BankCsvOptions = {}): AsyncIterable<CsvEvent<BankLine>> {
  return streamCsv(bankTable, input, options)
}

/** Reads a ledger CSV row by row; memory stays flat. @throws ReconError as `streamBankCsv` */
export function streamLedgerCsv(
  input: StatementInput,
  options: LedgerCsvOptions = {},
): AsyncIterable<CsvEvent<BookEntry>> {
  return streamCsv(ledgerTable, input, options)
}

/**
 * A whole bank CSV. A row that cannot be read is in `rejected` with its line and code; every other row is in `lines`.
 * @throws ReconError as `streamBankCsv`
 */
export async function parseBankCsv(input: StatementInput, options: BankCsvOptions = {}): Promise<BankCsv> {
  const { values, warnings, rejected } = await collect(bankTable, input, options)
  return { lines: values, warnings, rejected }
}

/**
 * A whole ledger CSV. A row that cannot be read is in `rejected` with its line and code; every other row is in `entries`.
 * @throws ReconError as `streamBankCsv`
 */
export async function parseLedgerCsv(input: StatementInput, options: LedgerCsvOptions = {}): Promise<LedgerCsv> {
  const { values, warnings, rejected } = await collect(ledgerTable, input, options)
  return { entries: values, warnings, rejected }
}
