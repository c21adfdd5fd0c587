import { type ColumnMapping, parseColumnMapping, type TablePreview } from '@recon/formats'
import type { FileSide } from './dropped-file.ts'

/** The cells a mapping chooses from: the header's, or the columns' numbers where the file has none. */
function headerCells(preview: TablePreview): readonly string[] {
  const line = preview.proposal.ok ? preview.proposal.headerLine : preview.canonicalHeader
  const header = preview.rows.find((row) => row.line === line) ?? widest(preview)
  return header?.fields ?? []
}

export interface TableColumn {
  /** From 1, as people count. */
  readonly place: number
  readonly name: string
}

export function tableColumns(preview: TablePreview): readonly TableColumn[] {
  return headerCells(preview).map((name, index) => ({ place: index + 1, name }))
}

/** Without a known header the widest of the first rows is shown: tables are wider than what stands above them. */
function widest(preview: TablePreview) {
  return [...preview.rows.slice(0, 30)].sort((left, right) => right.fields.length - left.fields.length)[0]
}

/** Files of one source have the same header: that is what a saved mapping is found by. */
function memoryKey(side: FileSide, header: readonly string[]): string {
  return `recon.mapping.${side}.${header.join('\u001f').slice(0, 2000)}`
}

export function saveMapping(side: FileSide, preview: TablePreview, mapping: ColumnMapping): void {
  localStorage.setItem(memoryKey(side, headerCells(preview)), JSON.stringify(mapping))
}

/** The mapping a person saved for this source; undefined when there is none, or it no longer reads. */
export function savedMapping(side: FileSide, preview: TablePreview): ColumnMapping | undefined {
  const text = localStorage.getItem(memoryKey(side, headerCells(preview)))
  if (text === null) return undefined
  try {
    return parseColumnMapping(JSON.parse(text))
  } catch {
    return undefined
  }
}

export function forgetMapping(side: FileSide, preview: TablePreview): void {
  localStorage.removeItem(memoryKey(side, headerCells(preview)))
}
