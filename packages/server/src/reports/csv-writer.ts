/** What a cell holds decides how it is guarded: text may not start a formula, amounts and counts stay numbers. */
export type CsvCell = { readonly text: string } | { readonly number: string | number } | null

const numberPattern = /^-?\d{1,40}(?:\.\d{1,20})?$/
/** Characters a spreadsheet takes for the start of a formula, also in their full-width forms. */
const formulaStart = /^[\s]*[=+\-@＝＋－＠\t\r]/

export const text = (value: string | null | undefined): CsvCell =>
  value === null || value === undefined || value === '' ? null : { text: value }
export const number = (value: string | number): CsvCell => ({ number: value })

/** One RFC 4180 line with CRLF. @throws TypeError for a number cell that is not a number */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  if ('number' in cell) {
    const written = String(cell.number)
    if (!numberPattern.test(written)) throw new TypeError(`"${written.slice(0, 40)}" is not a number for a CSV column.`)
    return written
  }
  const plain = cell.text.replaceAll('\u0000', '')
  const guarded = formulaStart.test(plain) ? `'${plain}` : plain
  return /[",\r\n;]/.test(guarded) || guarded !== plain ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
