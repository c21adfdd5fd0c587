import { ReconError } from '@recon/core'
import Papa from 'papaparse'

/** How the text is cut into records. Found once per file (see csv-dialect.ts) or declared; never per row. */
export interface CsvDialect {
  readonly delimiter: string
  readonly newline: '\n' | '\r'
}

export type CsvRecordProblem = 'QUOTE_UNTERMINATED' | 'QUOTE_MALFORMED' | 'RECORD_TOO_LONG' | 'TOO_MANY_COLUMNS'

/** One record. `fields` is empty where `problem` made it unreadable; QUOTE_MALFORMED alone keeps its fields. */
export interface CsvRecord {
  readonly fields: readonly string[]
  /** The physical line it starts on, from 1. */
  readonly line: number
  /** As received, without its line end; cut at the record limit. */
  readonly raw: string
  readonly problem?: CsvRecordProblem
}

export interface CsvLimits {
  readonly maxColumns: number
  readonly maxRecordCharacters: number
}

export const csvLimits: CsvLimits = { maxColumns: 256, maxRecordCharacters: 65_536 }

/** A file that needs more repairs than this is not a CSV file; the bound also keeps the reading linear. */
const maxRepairs = 200

/** What papaparse documents of its parser only in its source: `parse(input, baseIndex, ignoreLastRow)`, reused by its own streamers. */
interface PapaStep {
  readonly data: readonly string[][]
  readonly errors: readonly { readonly code: string }[]
  readonly meta: { readonly cursor: number }
}
interface PapaParser {
  parse(input: string, baseIndex: number, ignoreLastRow: boolean): PapaStep
  abort(): void
}
type PapaParserClass = new (config: { delimiter: string; newline: string; step: (row: PapaStep) => void }) => PapaParser

const Parser = Papa.Parser as unknown as PapaParserClass

function countOf(text: string, mark: string): number {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count++
  return count
}

/**
 * Cuts text into records, chunk by chunk, in linear time and bounded memory: a quote that never closes or a record beyond
 * the limit costs its own line, and reading goes on at the next one.
 */
export class CsvRecordReader {
  readonly #dialect: CsvDialect
  readonly #limits: CsvLimits
  readonly #onRecord: (record: CsvRecord) => void
  #rest = ''
  #line = 1
  #repairs = 0
  #skipping = false

  constructor(dialect: CsvDialect, onRecord: (record: CsvRecord) => void, limits: CsvLimits = csvLimits) {
    this.#dialect = dialect
    this.#onRecord = onRecord
    this.#limits = limits
  }

  /** @throws ReconError FORMAT_INVALID when the text is broken in too many places to be CSV */
  push(text: string): void {
    this.#rest = this.#rest === '' ? text : this.#rest + text
    this.#read(false)
  }

  /** Reads what is left. @throws ReconError FORMAT_INVALID */
  finish(): void {
    this.#read(true)
  }

  #read(last: boolean): void {
    while (this.#rest !== '') {
      if (this.#skipping && !this.#skipLine()) return
      const broken = this.#readRecords(last)
      if (broken !== undefined) {
        this.#repair(broken)
        continue
      }
      if (last || this.#rest.length <= this.#limits.maxRecordCharacters) return
      this.#repair('RECORD_TOO_LONG')
    }
  }

  /** Emits complete records; returns a problem when the record at the start of the rest must be given up. */
  #readRecords(last: boolean): CsvRecordProblem | undefined {
    const { newline, delimiter } = this.#dialect
    const input = this.#rest
    let start = 0
    let broken: CsvRecordProblem | undefined
    const step = (row: PapaStep) => {
      if (broken !== undefined) return
      const end = row.meta.cursor
      const error = row.errors[0]?.code
      let stop = end
      if (input.startsWith(newline, stop - 1)) stop--
      if (newline === '\n' && stop > start && input.charCodeAt(stop - 1) === 13) stop--
      const multiline = input.indexOf(newline, start) < stop && input.indexOf(newline, start) >= 0
      if (error === 'MissingQuotes') broken = 'QUOTE_UNTERMINATED'
      else if (error !== undefined && multiline) broken = 'QUOTE_UNTERMINATED'
      else if (stop - start > this.#limits.maxRecordCharacters) broken = 'RECORD_TOO_LONG'
      if (broken !== undefined) {
        parser.abort()
        return
      }
      this.#emit(row.data[0] ?? [], input.slice(start, stop), error !== undefined)
      this.#line += multiline ? countOf(input.slice(start, stop), newline) + 1 : 1
      start = end
    }
    const parser = new Parser({ delimiter, newline, step })
    parser.parse(input, 0, !last)
    this.#rest = last && broken === undefined ? '' : input.slice(start)
    return broken
  }

  #emit(fields: string[], raw: string, malformed: boolean): void {
    const final = fields.length - 1
    const tail = fields[final]
    if (tail?.endsWith('\r') && !raw.endsWith('"')) fields[final] = tail.slice(0, -1)
    if (fields.length > this.#limits.maxColumns) {
      this.#onRecord({ fields: [], line: this.#line, raw, problem: 'TOO_MANY_COLUMNS' })
    } else if (malformed) {
      this.#onRecord({ fields, line: this.#line, raw, problem: 'QUOTE_MALFORMED' })
    } else if (fields.length > 1 || fields[0] !== '') {
      this.#onRecord({ fields, line: this.#line, raw })
    }
  }

  #repair(problem: CsvRecordProblem): void {
    this.#repairs++
    if (this.#repairs > maxRepairs) {
      throw new ReconError(
        'FORMAT_INVALID',
        `More than ${maxRepairs} records have quotes that never close or are longer than ${this.#limits.maxRecordCharacters} characters; the last at line ${this.#line}. This is not a CSV file with "${this.#dialect.delimiter}" between its cells.`,
        { place: `line ${this.#line}` },
      )
    }
    const end = this.#rest.indexOf(this.#dialect.newline)
    const length = Math.min(end < 0 ? this.#rest.length : end, this.#limits.maxRecordCharacters)
    const ownLine = end < 0 || end > this.#limits.maxRecordCharacters ? 'RECORD_TOO_LONG' : problem
    const raw = this.#rest.slice(0, length)
    this.#onRecord({ fields: [], line: this.#line, raw, problem: raw.includes('"') ? problem : ownLine })
    this.#skipping = true
    this.#skipLine()
  }

  /** Drops text up to the next line end; false when more text is needed for that. */
  #skipLine(): boolean {
    const end = this.#rest.indexOf(this.#dialect.newline)
    this.#rest = end < 0 ? '' : this.#rest.slice(end + 1)
    if (end < 0) return false
    this.#skipping = false
    this.#line++
    return true
  }
}
