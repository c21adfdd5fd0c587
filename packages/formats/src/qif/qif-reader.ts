import type { OpenReader, ReaderContext } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { type LineConsumer, lineReader } from '../text-lines.ts'
import { type QifSection, qifSection, readQifRecord } from './qif-record.ts'
import { type QifPlace, QifStatements } from './qif-statement.ts'

/** The QIF reader behind `parseStatement`. Records are held back only until the file has proven its date order and decimal mark. */
export const openQif: OpenReader = (context) => lineReader(context, new QifLines(context))

class QifLines implements LineConsumer {
  readonly #context: ReaderContext
  readonly #statements: QifStatements
  #open: QifPlace = { account: undefined, investment: false, line: 1 }
  #section: QifSection | undefined
  #fields: string[] = []
  #firstLine = 0
  #records = 0
  #headers = 0
  /** Names of the account block being read; a block of one names the account of the section that follows. */
  #named: string[] = []
  #doubled = false

  constructor(context: ReaderContext) {
    this.#context = context
    this.#statements = new QifStatements(context)
  }

  line(text: string, number: number): void {
    const line = number === 1 ? text.replace(/^\ufeff/, '') : text
    if (line.startsWith('^')) this.#endRecord(line, number)
    else if (line.startsWith('!')) this.#header(line, number)
    else if (line.trim() === '') return
    else if (this.#headers === 0) {
      // Text above the first header is a comment of the program that wrote the file, unless it is a record without header.
      if (/^[DTP]/.test(line)) this.#fields.push(line)
    } else {
      if (this.#fields.length === 0) this.#firstLine = number
      this.#fields.push(line)
      withinLimit(this.#context.limits, 'maxRecordLength', this.#fields.length, `line ${number}`)
    }
  }

  end(): void {
    if (this.#headers === 0) {
      this.#context.defect('STRUCTURE_INVALID', {
        message: 'There is no QIF header such as !Type:Bank.',
        expected: '!Type:Bank',
      })
    }
    if (this.#fields.length > 0) this.#unended('at the end of the file')
    this.#statements.end()
  }

  #header(line: string, number: number): void {
    if (this.#fields.length > 0) this.#unended(`above line ${number}`)
    this.#headers++
    const section = qifSection(line)
    if (section === undefined) return
    this.#section = section
    if (section === 'ACCOUNT') this.#named = []
    if (section !== 'BANK' && section !== 'INVESTMENT') return
    const name = this.#named.length === 1 ? this.#named[0] : undefined
    this.#open = { account: name, investment: section === 'INVESTMENT', line: number }
  }

  #unended(where: string): void {
    this.#context.defect('TRUNCATED', {
      message: `A record is not ended ${where}: the file was cut off or edited.`,
      line: this.#firstLine,
      expected: '^ at the end of the record',
    })
    this.#take()
  }

  #endRecord(line: string, number: number): void {
    if (line.trim() !== '^' && !this.#doubled) {
      this.#doubled = true
      this.#context.warn('RECORD_END_DOUBLED', 'Records end with more than one "^"; read as one.', number)
    }
    if (this.#fields.length === 0) this.#context.warn('RECORD_EMPTY', 'A record holds nothing; passed over.', number)
    else this.#take()
  }

  #take(): void {
    const fields = this.#fields
    this.#fields = []
    if (this.#section === 'ACCOUNT') {
      const name = fields
        .find((field) => field.startsWith('N'))
        ?.slice(1)
        .trim()
      if (name) this.#named.push(name.slice(0, 200))
      return
    }
    if (this.#section !== 'BANK' && this.#section !== 'INVESTMENT') return
    this.#records++
    withinLimit(this.#context.limits, 'maxRecords', this.#records, `line ${this.#firstLine}`)
    this.#statements.take(this.#open, readQifRecord(fields, this.#firstLine))
  }
}
