import { ReconError } from '@recon/core'
import type { TableRow } from '../column-mapping/row-reading.ts'
import type { InputLimits } from '../input-limits.ts'
import { guardWorkbook } from './zip-guard.ts'

export interface SheetRows {
  readonly name: string
  /** To be gone through once. */
  readonly rows: Iterable<TableRow>
  /** Other sheets of the workbook that hold something. */
  readonly others: readonly string[]
}

class PlainNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * The number of a cell as a plain decimal. Sheets store binary fractions (`579.67999999999995`); fifteen digits, what the
 * spreadsheet itself shows, restore what was typed.
 */
export function plainDecimal(text: string): string {
  const trimmed = text.trim()
  if (/^-?\d{1,15}(?:\.\d{1,2})?$/.test(trimmed)) return trimmed
  const value = Number(trimmed)
  if (trimmed === '' || !Number.isFinite(value) || Math.abs(value) >= 1e21) return trimmed
  const [digits = '0', power = '0'] = value.toExponential(14).split('e')
  const exponent = Number(power)
  const negative = digits.startsWith('-')
  const all = digits.replace(/[-.]/g, '').replace(/0+$/, '') || '0'
  const point = exponent + 1
  const plain =
    point <= 0
      ? `0.${'0'.repeat(-point)}${all}`
      : point >= all.length
        ? all.padEnd(point, '0')
        : `${all.slice(0, point)}.${all.slice(point)}`
  return negative && /[1-9]/.test(plain) ? `-${plain}` : plain
}

/** Cell dates have no time zone: the calendar date that is shown, and the time where it is not midnight. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const iso = date.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof PlainNumber) return value.text
  if (value instanceof Date) return dateText(value)
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
}

/** The rows as they are asked for; the cells of a row are let go once it was handed on. */
function* rowsOf(data: (readonly unknown[])[]): Generator<TableRow> {
  for (const [index, cells] of data.entries()) {
    data[index] = noCells
    const fields = cells.map(cellText)
    let width = fields.length
    while (width > 0 && fields[width - 1] === '') width--
    const shown = fields.slice(0, width)
    const numbers = new Set(cells.flatMap((cell, column) => (cell instanceof PlainNumber ? [column] : [])))
    yield { fields: shown, line: index + 1, raw: shown.join('\t'), ...(numbers.size > 0 && { numbers }) }
  }
}

const noCells: readonly unknown[] = []

/**
 * The rows of one sheet: the named one, else the first that holds anything.
 * @throws ReconError FORMAT_INVALID, FORMAT_UNSUPPORTED or INPUT_TOO_LARGE
 */
export async function readSheetRows(bytes: Uint8Array, limits: InputLimits, sheet?: string): Promise<SheetRows> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    throw new ReconError(
      'FORMAT_UNSUPPORTED',
      'This is a legacy Excel file (XLS), which is not read. Save it as XLSX or CSV.',
      {
        details: { reason: 'FORMAT_UNSUPPORTED', name: 'a legacy Excel file (XLS)' },
      },
    )
  }
  await guardWorkbook(bytes, limits)
  const { default: readXlsxFile } = await import('read-excel-file/universal')
  let sheets: Awaited<ReturnType<typeof readXlsxFile<PlainNumber>>>
  try {
    sheets = await readXlsxFile<PlainNumber>(bytes.slice().buffer, {
      trim: false,
      parseNumber: (text) => new PlainNumber(plainDecimal(text)),
    })
  } catch (cause) {
    throw new ReconError(
      'FORMAT_INVALID',
      'The workbook cannot be read: a part of it is damaged. Save it again as XLSX, or as CSV.',
      {
        cause,
        details: { reason: 'STRUCTURE_INVALID', format: 'xlsx' },
      },
    )
  }
  const filled = sheets.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)))
  const chosen = sheet === undefined ? filled[0] : sheets.find((candidate) => candidate.sheet === sheet)
  if (chosen === undefined) {
    const named = sheet === undefined ? 'The workbook is empty.' : `The workbook has no sheet "${sheet.slice(0, 60)}".`
    throw new ReconError('FORMAT_INVALID', named, {
      details: { reason: sheet === undefined ? 'EMPTY_FILE' : 'FIELD_MISSING', format: 'xlsx' },
    })
  }
  return {
    name: chosen.sheet,
    rows: rowsOf(chosen.data),
    others: filled.filter((candidate) => candidate !== chosen).map((candidate) => candidate.sheet),
  }
}
