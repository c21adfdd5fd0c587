import type { BankLine, BookEntry } from '@recon/core'
import type { BankColumnMapping, LedgerColumnMapping } from '../column-mapping/column-mapping.ts'
import {
  bankTable,
  ledgerTable,
  type RejectedRow,
  type TableKind,
  TableReader,
} from '../column-mapping/table-reader.ts'
import { inputLimits, withinLimit } from '../input-limits.ts'
import type { ParseWarning, StatementInput } from '../parse-result.ts'
import type { CsvRecord, CsvRecordProblem } from './csv-records.ts'
import { type CsvReadOptions, CsvTextReader, feedCsv } from './csv-text.ts'

export interface BankCsvOptions extends CsvReadOptions {
  readonly mapping?: BankColumnMapping
  /** For files whose rows name none. */
  readonly account?: string
  /** ISO 4217, for files whose rows name none. */
  readonly currency?: string
}
export interface LedgerCsvOptions extends CsvReadOptions {
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

async function* streamCsv<Value extends { readonly id: string }>(
  kind: TableKind<Value>,
  input: StatementInput,
  options: BankCsvOptions | LedgerCsvOptions,
): AsyncGenerator<CsvEvent<Value>> {
  let queue: CsvEvent<Value>[] = []
  const limits = inputLimits(options.limits)
  let reports = 0
  let rows = 0
  const report = (event: CsvEvent<Value>, line: number | undefined) => {
    reports++
    withinLimit(limits, 'maxWarnings', reports, line === undefined ? undefined : `line ${line}`)
    queue.push(event)
  }
  const warn = (code: string, message: string, line?: number) =>
    report({ type: 'warning', warning: { code, message, ...(line !== undefined && { line }) } }, line)
  const table = new TableReader<Value>(kind, options, {
    value: (value, row) => {
      rows++
      withinLimit(limits, 'maxRecords', rows, `line ${row.line}`)
      queue.push({ type: 'value', value, line: row.line })
    },
    warn,
    reject: (row) => report({ type: 'rejected', row }, row.line),
  })
  const { mapping } = options
  const charset = options.charset ?? mapping?.charset
  const delimiter = options.delimiter ?? mapping?.delimiter
  const reader = new CsvTextReader(
    { ...options, ...(charset !== undefined && { charset }), ...(delimiter !== undefined && { delimiter }) },
    (record) => recordToTable(record, table, warn),
  )
  for await (const _ of feedCsv(input, reader, options)) {
    if (queue.length > 0) {
      const ready = queue
      queue = []
      yield* ready
    }
  }
  const finding = reader.charset()
  if (finding.reason === 'NOT_UTF8')
    warn('CHARSET_ASSUMED', 'The file is not UTF-8; read as windows-1252. Declare the charset if names look wrong.')
  if (finding.mixed)
    warn('CHARSET_INVALID', 'The file mixes UTF-8 with other bytes; those became replacement characters.')
  table.finish()
  yield* queue
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

async function collect<Value>(events: AsyncIterable<CsvEvent<Value>>) {
  const values: Value[] = []
  const warnings: ParseWarning[] = []
  const rejected: RejectedRow[] = []
  for await (const event of events) {
    if (event.type === 'value') values.push(event.value)
    else if (event.type === 'warning') warnings.push(event.warning)
    else rejected.push(event.row)
  }
  return { values, warnings, rejected }
}

/**
 * A whole bank CSV. A row that cannot be read is in `rejected` with its line and code; every other row is in `lines`.
 * @throws ReconError as `streamBankCsv`
 */
export async function parseBankCsv(input: StatementInput, options: BankCsvOptions = {}): Promise<BankCsv> {
  const { values, warnings, rejected } = await collect(streamBankCsv(input, options))
  return { lines: values, warnings, rejected }
}

/**
 * A whole ledger CSV. A row that cannot be read is in `rejected` with its line and code; every other row is in `entries`.
 * @throws ReconError as `streamBankCsv`
 */
export async function parseLedgerCsv(input: StatementInput, options: LedgerCsvOptions = {}): Promise<LedgerCsv> {
  const { values, warnings, rejected } = await collect(streamLedgerCsv(input, options))
  return { entries: values, warnings, rejected }
}
