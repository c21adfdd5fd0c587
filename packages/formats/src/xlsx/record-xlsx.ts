import type { BankLine, BookEntry } from '@recon/core'
import type { BankColumnMapping, LedgerColumnMapping } from '../column-mapping/column-mapping.ts'
import type { DateOrder } from '../column-mapping/date-order.ts'
import type { RejectedRow } from '../column-mapping/rejected-row.ts'
import { bankTable, ledgerTable, type TableKind } from '../column-mapping/table-kind.ts'
import { TableReader } from '../column-mapping/table-reader.ts'
import {
  type BankCsv,
  type BankCsvOptions,
  type LedgerCsv,
  type LedgerCsvOptions,
  parseBankCsv,
  parseLedgerCsv,
} from '../csv/record-csv.ts'
import { inputBytes } from '../input-bytes.ts'
import { type InputLimits, inputLimits, withinLimit } from '../input-limits.ts'
import type { ParseWarning, StatementInput } from '../parse-result.ts'
import { readSheetRows } from './sheet-rows.ts'

export interface XlsxOptions<Mapping> {
  readonly mapping?: Mapping
  /** The sheet by name; the first that holds anything when absent. */
  readonly sheet?: string
  readonly account?: string
  readonly currency?: string
  readonly dateOrder?: DateOrder
  readonly tolerate?: readonly string[]
  readonly limits?: Partial<InputLimits>
}

async function wholeInput(input: StatementInput, limits: InputLimits): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for await (const piece of inputBytes(input).pieces) {
    length += piece.length
    withinLimit(limits, 'maxBytes', length)
    pieces.push(piece.slice())
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

async function readTable<Value extends { readonly id: string }>(
  kind: TableKind<Value>,
  input: StatementInput,
  options: XlsxOptions<BankColumnMapping | LedgerColumnMapping>,
) {
  const limits = inputLimits(options.limits)
  const sheet = await readSheetRows(await wholeInput(input, limits), limits, options.sheet)
  const values: Value[] = []
  const warnings: ParseWarning[] = []
  const rejected: RejectedRow[] = []
  const table = new TableReader<Value>(kind, options, {
    value: (value) => values.push(value),
    warn: (code, message, line) => warnings.push({ code, message, ...(line !== undefined && { line }) }),
    reject: (row) => rejected.push(row),
  })
  for (const row of sheet.rows) table.row(row)
  table.finish()
  return { values, warnings, rejected }
}

/** Bank lines of a workbook. @throws ReconError FORMAT_INVALID, FORMAT_UNSUPPORTED, CONFIGURATION_INVALID, INPUT_TOO_LARGE */
export async function parseBankXlsx(
  input: StatementInput,
  options: XlsxOptions<BankColumnMapping> = {},
): Promise<BankCsv> {
  const { values, warnings, rejected } = await readTable<BankLine>(bankTable, input, options)
  return { lines: values, warnings, rejected }
}

/** Book entries of a workbook. @throws ReconError as `parseBankXlsx` */
export async function parseLedgerXlsx(
  input: StatementInput,
  options: XlsxOptions<LedgerColumnMapping> = {},
): Promise<LedgerCsv> {
  const { values, warnings, rejected } = await readTable<BookEntry>(ledgerTable, input, options)
  return { entries: values, warnings, rejected }
}

export type LedgerFileOptions = LedgerCsvOptions & XlsxOptions<LedgerColumnMapping>

/**
 * Book entries of a CSV file or a workbook, whichever the content says.
 * @throws ReconError as `parseLedgerCsv` and `parseLedgerXlsx`
 */
export async function parseLedgerFile(input: StatementInput, options: LedgerFileOptions = {}): Promise<LedgerCsv> {
  const { whole, workbook } = await tableInput(input)
  return workbook ? parseLedgerXlsx(whole, options) : parseLedgerCsv(whole, options)
}

export type BankFileOptions = BankCsvOptions & XlsxOptions<BankColumnMapping>

/**
 * Bank lines of a CSV file or a workbook, whichever the content says, with the rows that were left out: what an import
 * dialog previews. `parseStatement` reads every format, and gives statements.
 * @throws ReconError as `parseBankCsv` and `parseBankXlsx`
 */
export async function parseBankFile(input: StatementInput, options: BankFileOptions = {}): Promise<BankCsv> {
  const { whole, workbook } = await tableInput(input)
  return workbook ? parseBankXlsx(whole, options) : parseBankCsv(whole, options)
}

async function tableInput(input: StatementInput): Promise<{ whole: AsyncIterable<Uint8Array>; workbook: boolean }> {
  const source = inputBytes(input).pieces[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  // The first pieces may be single bytes; four of them tell a workbook.
  for (let length = 0; length < 4; ) {
    const next = await source.next()
    if (next.done) break
    pieces.push(next.value)
    length += next.value.length
  }
  const head = pieces.flatMap((piece) => [...piece.subarray(0, 4)])
  const whole = (async function* () {
    yield* pieces
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  })()
  const workbook = (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3) || (head[0] === 0xd0 && head[1] === 0xcf)
  return { whole, workbook }
}
