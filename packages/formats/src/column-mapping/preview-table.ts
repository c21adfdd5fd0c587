import type { CharsetFinding } from '../charset-decoder.ts'
import { readBankHeader, readLedgerHeader } from '../csv/canonical-columns.ts'
import { type CsvReadOptions, CsvTextReader } from '../csv/csv-text.ts'
import { inputBytes } from '../input-bytes.ts'
import { inputLimits, withinLimit } from '../input-limits.ts'
import type { StatementInput } from '../parse-result.ts'
import { readSheetRows } from '../xlsx/sheet-rows.ts'
import type { MappingProposal, ProposalOptions } from './mapping-proposal.ts'
import { proposeMapping } from './propose-mapping.ts'
import type { TableRow } from './row-reading.ts'

export interface PreviewOptions extends CsvReadOptions, ProposalOptions {
  /** The sheet of a workbook; the first that holds anything when absent. */
  readonly sheet?: string
  /** Rows to look at; 2000 by default. More rows prove more. */
  readonly rows?: number
}

/** What an import dialog shows before anything is loaded. */
export interface TablePreview {
  readonly format: 'csv' | 'xlsx'
  /** CSV only. */
  readonly charset?: CharsetFinding
  readonly delimiter?: string
  /** XLSX only: the sheet read, and the others. */
  readonly sheet?: string
  readonly otherSheets?: readonly string[]
  readonly rows: readonly TableRow[]
  /** The first row with the canonical header, which needs no mapping; its line. */
  readonly canonicalHeader: number | undefined
  readonly proposal: MappingProposal
}

const defaultRows = 2000

/**
 * Looks at the head of a CSV or XLSX file and proposes a mapping. The proposal is data: show its reasons and doubts, let a
 * person correct it, and hand it to the readers as `mapping`.
 * @throws ReconError FORMAT_INVALID, FORMAT_UNSUPPORTED, INPUT_TOO_LARGE
 */
export async function previewTable(input: StatementInput, options: PreviewOptions): Promise<TablePreview> {
  const most = options.rows ?? defaultRows
  const limits = inputLimits(options.limits)
  const pieces: Uint8Array[] = []
  const rows: TableRow[] = []
  const reader = new CsvTextReader(options, (record) => {
    if (rows.length < most && record.problem !== 'TOO_MANY_COLUMNS' && record.fields.length > 0) rows.push(record)
  })
  let workbook: boolean | undefined
  let length = 0
  for await (const piece of inputBytes(input).pieces) {
    workbook ??= isWorkbook(piece)
    length += piece.length
    withinLimit(limits, 'maxBytes', length)
    if (workbook) pieces.push(piece)
    else reader.write(piece)
    if (rows.length >= most) break
  }
  if (workbook) {
    const whole = new Uint8Array(await new Blob(pieces.map((piece) => piece.slice())).arrayBuffer())
    const sheet = await readSheetRows(whole, limits, options.sheet)
    const shown: TableRow[] = []
    for (const row of sheet.rows) if (shown.push(row) >= most) break
    return { format: 'xlsx', sheet: sheet.name, otherSheets: sheet.others, ...looked(shown, options) }
  }
  reader.end()
  const delimiter = reader.dialect()?.delimiter
  return {
    format: 'csv',
    charset: reader.charset(),
    ...(delimiter !== undefined && { delimiter }),
    ...looked(rows, options),
  }
}

function isWorkbook(head: Uint8Array): boolean {
  return (head[0] === 0x50 && head[1] === 0x4b) || (head[0] === 0xd0 && head[1] === 0xcf)
}

function looked(
  rows: readonly TableRow[],
  options: PreviewOptions,
): Pick<TablePreview, 'rows' | 'canonicalHeader' | 'proposal'> {
  const read = options.target === 'bank' ? readBankHeader : readLedgerHeader
  const header = rows.slice(0, 200).find((row) => read(row.fields).missing.length === 0)
  return { rows, canonicalHeader: header?.line, proposal: proposeMapping(rows, options) }
}
