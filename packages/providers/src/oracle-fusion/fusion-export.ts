import { ReconError } from '@recon/core'
import Papa from 'papaparse'
import { SaxesParser } from 'saxes'

const provider = 'oracle-fusion'

/** Bounds of one export file. */
const largestFile = 64 * 1024 * 1024
const mostRows = 500_000
const mostColumns = 256
const longestCell = 4000

/** One row of an export, column names in upper case as the data model spells them. */
export interface FusionRow {
  /** Where the row stands in the file, counted from 1 with the header. */
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

function refused(message: string, place?: string): ReconError {
  return new ReconError('FORMAT_INVALID', `oracle-fusion: ${message}`, {
    provider,
    ...(place === undefined ? {} : { place }),
  })
}

/**
 * The rows of an extract or report: CSV, XLSX or the XML of a BI Publisher report, told apart by content.
 * @throws ReconError FORMAT_INVALID, INPUT_TOO_LARGE
 */
export async function readFusionExport(bytes: Uint8Array): Promise<FusionRow[]> {
  if (bytes.length > largestFile)
    throw new ReconError(
      'INPUT_TOO_LARGE',
      `oracle-fusion: an export has at most ${largestFile} bytes; extract a shorter period.`,
      { provider },
    )
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return rowsOfTable(await tableOfWorkbook(bytes))
  const text = decode(bytes)
  if (text.trimStart().startsWith('<')) return rowsOfXml(text)
  return rowsOfTable(tableOfCsv(text))
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function tableOfCsv(text: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', preview: mostRows + 1 })
  const [error] = errors.filter((problem) => problem.type === 'Quotes')
  if (error) throw refused(`the CSV is broken: ${error.message}.`, `line ${(error.row ?? 0) + 1}`)
  return data
}

async function tableOfWorkbook(bytes: Uint8Array): Promise<string[][]> {
  const { readSheet } = await import('read-excel-file/universal')
  // Numbers stay the text they are in the file: an amount never passes through a float.
  const rows = await readSheet(new Blob([new Uint8Array(bytes)]), { parseNumber: (text: string) => text })
  return rows.map((row) => row.map(cellText))
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
}

function rowsOfTable(table: readonly (readonly string[])[]): FusionRow[] {
  const [header, ...rows] = table
  if (header === undefined) throw refused('the file is empty.')
  if (header.length > mostColumns) throw refused(`more than ${mostColumns} columns.`)
  if (rows.length > mostRows)
    throw new ReconError('INPUT_TOO_LARGE', `oracle-fusion: more than ${mostRows} rows; extract a shorter period.`, {
      provider,
    })
  const names = header.map((name) =>
    name
      .replace(/^\ufeff/, '')
      .trim()
      .toUpperCase()
      .replaceAll(' ', '_'),
  )
  return rows.map((row, index) => ({
    line: index + 2,
    cells: new Map(names.map((name, column) => [name, bounded(row[column] ?? '')])),
  }))
}

const bounded = (text: string): string => text.slice(0, longestCell).trim()

/** A report is a list of equal groups whose leaves are the columns: the deepest element that holds leaves is a row. */
function rowsOfXml(text: string): FusionRow[] {
  if (/<!DOCTYPE/i.test(text.slice(0, 2000))) throw refused('a document type declaration is not read.')
  const parser = new SaxesParser({ position: true })
  const rows: FusionRow[] = []
  const open: {
    readonly name: string
    readonly line: number
    readonly cells: Map<string, string>
    text: string
    hasChildren: boolean
  }[] = []
  let broken: Error | undefined
  parser.on('error', (error) => {
    broken ??= error
  })
  parser.on('opentag', (tag) => {
    const parent = open.at(-1)
    if (parent) parent.hasChildren = true
    open.push({ name: tag.name.toUpperCase(), line: parser.line, cells: new Map(), text: '', hasChildren: false })
  })
  parser.on('text', (piece) => {
    const current = open.at(-1)
    if (current && current.text.length < longestCell) current.text += piece
  })
  parser.on('closetag', () => {
    const closed = open.pop()
    if (closed === undefined) return
    if (!closed.hasChildren) open.at(-1)?.cells.set(closed.name, bounded(closed.text))
    else if (closed.cells.size > 1) rows.push({ line: closed.line, cells: closed.cells })
  })
  parser.write(text).close()
  if (broken) throw refused(`the XML is broken: ${broken.message.split('\n')[0] ?? ''}`, `line ${parser.line}`)
  return rows
}
