import Papa from 'papaparse'
import { isCanonicalHeader } from './canonical-columns.ts'
import type { CsvDialect } from './csv-records.ts'

const delimiters = [',', ';', '\t', '|'] as const

/** Cell counts of the first rows for one delimiter; quoted cells are respected. */
function widths(head: string, delimiter: string, newline: string): readonly number[] {
  const rows = Papa.parse<string[]>(head, { delimiter, newline: newline as '\n' | '\r', preview: 60 }).data
  return rows.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length)
}

/**
 * The delimiter that cuts the most rows into the same number of cells, at least two; a comma when none does. The line end
 * is a line feed wherever one occurs. A first line that is the canonical header decides by itself. Found once from the head of the file and then kept.
 */
export function detectCsvDialect(head: string, declaredDelimiter?: string): CsvDialect {
  const newline = head.includes('\n') || !head.includes('\r') ? '\n' : '\r'
  if (declaredDelimiter !== undefined) return { delimiter: declaredDelimiter, newline }
  const first =
    head
      .slice(0, 8192)
      .split(newline)
      .find((line) => line.trim() !== '') ?? ''
  const canonical = delimiters.find((delimiter) => isCanonicalHeader(first.split(delimiter)))
  if (canonical !== undefined) return { delimiter: canonical, newline }
  let best: string = ','
  let bestScore = 0
  for (const delimiter of delimiters) {
    if (!head.includes(delimiter)) continue
    const counts = new Map<number, number>()
    for (const width of widths(head, delimiter, newline)) {
      if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1)
    }
    // Rows that agree count most; the width breaks ties, as a decimal comma also cuts rows, but into fewer cells.
    let score = 0
    for (const [width, rows] of counts) score = Math.max(score, rows * (1 + Math.min(width, 30) / 10))
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return { delimiter: best, newline }
}
