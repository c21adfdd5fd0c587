import { ReconError } from '@recon/core'
import { candidateIds, type ItemRow } from '../csv/item-csv.ts'
import { type InputLimits, inputLimits } from '../input-limits.ts'
import { readSheetRows } from './sheet-rows.ts'

/** What a person may decide offline; an empty cell decides nothing. */
export const offlineDecisions = ['RECONCILE', 'FLAG', 'ESCALATE', 'UNRECEIVED'] as const
export type OfflineDecision = (typeof offlineDecisions)[number]

const fixedColumns = [
  'Item',
  'Version',
  'Scenario',
  'Status',
  'Account',
  'Date',
  'Amount',
  'Currency',
  'Reference',
  'Counterparty',
  'Bank lines',
] as const
const editableColumns = ['Ledger entries', 'Decision', 'Note'] as const
const columns = [...fixedColumns, ...editableColumns]
const sheetName = 'Exceptions'

export interface OfflineChange {
  readonly itemId: string
  /** The version the change was made on; hand it to the use case, which refuses stale writers. */
  readonly version: number
  readonly decision: OfflineDecision
  readonly bookEntryIds: readonly string[]
  readonly note: string
  readonly line: number
}

export interface OfflineConflict {
  readonly kind: 'ITEM_CHANGED' | 'ITEM_UNKNOWN' | 'ITEM_TWICE' | 'CELL_CHANGED' | 'DECISION_UNKNOWN'
  readonly itemId: string
  readonly line: number
  readonly message: string
  readonly column?: string
  readonly inFile?: string
  readonly now?: string
}

export interface OfflineReview {
  readonly changes: readonly OfflineChange[]
  readonly conflicts: readonly OfflineConflict[]
  /** Rows without a decision. */
  readonly untouched: number
}

function cellsOf(row: ItemRow): Readonly<Record<(typeof columns)[number], string>> {
  const { item, bankLines, bookEntries } = row
  const records = bankLines.length > 0 ? bankLines : bookEntries
  const all = (texts: readonly (string | undefined)[]) =>
    [...new Set(texts.filter((text): text is string => text !== undefined && text !== ''))].join('; ')
  return {
    Item: item.id,
    Version: String(item.version),
    Scenario: item.scenario,
    Status: item.status,
    Account: all(records.map((record) => record.account)),
    Date: all(records.map((record) => ('bookingDate' in record ? record.bookingDate : record.date))),
    Amount: records.map((record) => record.amount.amount).join('; '),
    Currency: all(records.map((record) => record.amount.currency)),
    Reference: all(bankLines.map((line) => line.references.endToEndId ?? line.references.checkNumber)),
    Counterparty: all(records.map((record) => record.counterparty?.name)),
    'Bank lines': item.bankLineIds.join('; '),
    'Ledger entries': candidateIds(row).join('; '),
    Decision: '',
    Note: '',
  }
}

/** Cells of a sheet are texts, never formulas; a single amount that a double holds exactly is a number. */
function sheetCell(column: string, text: string) {
  if (column === 'Amount' && /^-?\d{1,12}(?:\.\d{1,3})?$/.test(text))
    return { type: Number, value: Number(text), format: '#,##0.00' }
  return { type: String, value: text }
}

/** The exceptions as a workbook to work offline: decide in `Decision`, choose in `Ledger entries`, explain in `Note`. */
export async function writeExceptionWorkbook(rows: readonly ItemRow[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/universal')
  const header = columns.map((name) => ({ type: String, value: name, fontWeight: 'bold' as const }))
  const data = rows.map((row) => {
    const cells = cellsOf(row)
    return columns.map((column) => sheetCell(column, cells[column]))
  })
  const widths = columns.map((name) => ({ width: name === 'Note' || name === 'Ledger entries' ? 36 : 16 }))
  const blob = await writeXlsxFile([header, ...data], {
    sheet: sheetName,
    columns: widths,
    stickyRowsCount: 1,
  }).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

function listed(text: string): readonly string[] {
  return text
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '')
}

/** The same amount however a spreadsheet rewrote it (`-12.5` for `-12.50`). */
function sameCell(column: string, inFile: string, now: string): boolean {
  if (inFile === now) return true
  return (
    column === 'Amount' &&
    inFile !== '' &&
    !now.includes(';') &&
    /^-?[\d.]+$/.test(inFile) &&
    Number(inFile) === Number(now)
  )
}

/**
 * Reads the workbook back against the items as they are now. Only decided rows become changes; a row whose item changed
 * since the download, or whose facts were edited, is a conflict that shows both sides. Nothing is applied here.
 * @throws ReconError FORMAT_INVALID when the columns are not those of the download
 */
export async function readExceptionWorkbook(
  bytes: Uint8Array,
  current: ReadonlyMap<string, ItemRow>,
  limits: Partial<InputLimits> = {},
): Promise<OfflineReview> {
  const { rows } = await readSheetRows(bytes, inputLimits(limits))
  const [header, ...body] = [...rows]
  const indexes = columns.map((name) => header?.fields.findIndex((text) => text.trim() === name) ?? -1)
  const missing = columns.filter((_, index) => indexes[index] === -1)
  if (missing.length > 0) {
    throw new ReconError(
      'FORMAT_INVALID',
      `The workbook lacks the columns ${missing.join(', ')}. Correct the workbook that was downloaded, without removing columns.`,
      {
        details: { reason: 'FIELD_MISSING', missing },
      },
    )
  }
  const changes: OfflineChange[] = []
  const conflicts: OfflineConflict[] = []
  const seen = new Set<string>()
  let untouched = 0
  for (const row of body) {
    const cells = Object.fromEntries(
      columns.map((name, index) => [name, (row.fields[indexes[index] ?? 0] ?? '').trim()]),
    ) as Record<(typeof columns)[number], string>
    if (Object.values(cells).every((text) => text === '')) continue
    const decision = cells.Decision.toUpperCase()
    if (decision === '') {
      untouched++
      continue
    }
    const conflict = conflictOf(cells, decision, current.get(cells.Item), seen.has(cells.Item))
    seen.add(cells.Item)
    if (conflict) conflicts.push({ ...conflict, itemId: cells.Item, line: row.line })
    else {
      changes.push({
        itemId: cells.Item,
        version: Number(cells.Version),
        decision: decision as OfflineDecision,
        bookEntryIds: listed(cells['Ledger entries']),
        note: cells.Note,
        line: row.line,
      })
    }
  }
  return { changes, conflicts, untouched }
}

function conflictOf(
  cells: Readonly<Record<string, string>>,
  decision: string,
  row: ItemRow | undefined,
  twice: boolean,
): Omit<OfflineConflict, 'itemId' | 'line'> | undefined {
  if (!(offlineDecisions as readonly string[]).includes(decision)) {
    return {
      kind: 'DECISION_UNKNOWN',
      message: `"${decision.slice(0, 40)}" is not one of ${offlineDecisions.join(', ')}.`,
      column: 'Decision',
      inFile: decision,
    }
  }
  if (row === undefined)
    return { kind: 'ITEM_UNKNOWN', message: 'The item is not in the queue: it was closed, or belongs to another run.' }
  if (twice) return { kind: 'ITEM_TWICE', message: 'The item stands in an earlier row too, with a decision.' }
  const now = cellsOf(row)
  if (cells.Version !== now.Version) {
    return {
      kind: 'ITEM_CHANGED',
      message: 'The item changed since the workbook was downloaded.',
      column: 'Version',
      inFile: cells.Version ?? '',
      now: now.Version,
    }
  }
  const changed = fixedColumns.find((column) => !sameCell(column, cells[column] ?? '', now[column]))
  if (changed === undefined) return undefined
  return {
    kind: 'CELL_CHANGED',
    message: `${changed} cannot be changed offline.`,
    column: changed,
    inFile: cells[changed] ?? '',
    now: now[changed],
  }
}
