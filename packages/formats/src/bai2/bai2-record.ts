import type { ReaderContext } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'

/** One logical record: a physical record and the 88 records that continue it. */
export interface Bai2Record {
  readonly code: string
  /** Line of the first physical record. */
  readonly line: number
  /** Physical records, this one and every 88: what the control counts count. */
  readonly physical: number
  /** The bodies after `16,` and `88,`, trailing blanks cut, `/` kept. */
  readonly parts: readonly string[]
  /** As received, one physical line each. */
  readonly raw: string
}

const recordCodes = new Set(['01', '02', '03', '16', '49', '88', '98', '99'])

/**
 * Puts physical lines together to logical records. Mail transfer joins and breaks lines: several records on one line, or a line
 * that starts with no record code, are the defect RECORD_JOINED.
 */
export class Bai2RecordAssembler {
  private code = ''
  private line = 0
  private physical = 0
  private parts: string[] = []
  private raw: string[] = []
  private length = 0
  private readonly context: ReaderContext
  private readonly accept: (record: Bai2Record) => void

  constructor(context: ReaderContext, accept: (record: Bai2Record) => void) {
    this.context = context
    this.accept = accept
  }

  take(text: string, line: number): void {
    const joined = text.length > 4 ? joinedRecordAt(text) : -1
    if (joined < 0) {
      this.takeRecord(text, line)
      return
    }
    this.context.defect('RECORD_JOINED', {
      line,
      message: `Line ${line} holds more than one record.`,
      expected: 'one record to a line',
    })
    let rest = text
    for (let at = joined; at >= 0; at = joinedRecordAt(rest)) {
      this.takeRecord(rest.slice(0, at), line)
      rest = rest.slice(at).trimStart()
    }
    this.takeRecord(rest, line)
  }

  end(): void {
    if (this.code === '') return
    const record: Bai2Record = {
      code: this.code,
      line: this.line,
      physical: this.physical,
      parts: this.parts,
      raw: this.raw.join('\n'),
    }
    this.code = ''
    this.accept(record)
  }

  private takeRecord(untrimmed: string, line: number): void {
    const text = untrimmed.trimEnd()
    if (text === '') return
    if (text.includes('\u0000'))
      this.context.defect('CONTROL_CHARACTER', { line, message: `Line ${line} holds a NUL character.` })
    const code = text.slice(0, 2)
    const known = recordCodes.has(code) && (text.length === 2 || text[2] === ',' || text[2] === '/')
    if (!known) this.takeStray(text, line)
    else if (code === '88') this.continueRecord(text, line)
    else {
      this.end()
      this.code = code
      this.line = line
      this.physical = 1
      this.parts = [text.slice(3)]
      this.raw = [text]
      this.length = text.length
    }
  }

  private continueRecord(text: string, line: number): void {
    if (this.code === '') {
      this.context.defect('RECORD_MISPLACED', { line, message: `Line ${line} continues a record that does not exist.` })
      return
    }
    this.physical += 1
    this.grow(text, text.slice(3), line)
  }

  private takeStray(text: string, line: number): void {
    const previous = this.parts.at(-1)
    if (previous !== undefined && this.code !== '' && !previous.endsWith('/') && !/^\d\d,/.test(text)) {
      this.context.defect('RECORD_JOINED', {
        line,
        message: `Line ${line} starts with no record code: the line before it seems to be broken in two.`,
        expected: 'a record code (01, 02, 03, 16, 49, 88, 98 or 99)',
      })
      this.parts[this.parts.length - 1] = `${previous} ${text}`
      this.raw.push(text)
      return
    }
    this.context.defect('RECORD_UNKNOWN', {
      line,
      message: `Line ${line} starts with "${text.slice(0, 12)}", which is no BAI2 record.`,
      expected: 'a record code (01, 02, 03, 16, 49, 88, 98 or 99)',
      found: text.slice(0, 12),
    })
  }

  private grow(raw: string, part: string, line: number): void {
    this.length += raw.length
    if (this.length > this.context.limits.maxRecordLength)
      withinLimit(this.context.limits, 'maxRecordLength', this.length, `line ${line}`)
    this.parts.push(part)
    this.raw.push(raw)
  }
}

/** Where a second record starts on the line (`.../ 16,142,...`), or -1. Looks only behind a slash followed by blanks. */
function joinedRecordAt(text: string): number {
  for (let slash = text.indexOf('/'); slash >= 0 && slash < text.length - 4; slash = text.indexOf('/', slash + 1)) {
    let at = slash + 1
    while (text[at] === ' ') at += 1
    if (at === slash + 1 || text[at + 2] !== ',') continue
    const code = text.slice(at, at + 2)
    if (code !== '88' && recordCodes.has(code) && (code !== '16' || /^\d{3},\d/.test(text.slice(at + 3, at + 8))))
      return at
  }
  return -1
}

/** The fields of a record without free text: a `/` at a line's end stands for the comma that 88 goes on from. */
export function plainFields(record: Bai2Record): string[] {
  let whole = ''
  for (const part of record.parts) {
    const body = part.endsWith('/') ? part.slice(0, -1) : part
    whole = whole === '' ? body : `${whole},${body}`
  }
  return whole.split(',').map((field) => field.trim())
}

/** Walks the delimited fields at the head of a record, and gives what follows them as text. */
export class FieldCursor {
  private part = 0
  private at = 0
  private readonly parts: readonly string[]

  constructor(record: Bai2Record) {
    this.parts = record.parts
  }

  get exhausted(): boolean {
    return this.part >= this.parts.length
  }

  next(): string {
    const text = this.parts[this.part]
    if (text === undefined) return ''
    const comma = text.indexOf(',', this.at)
    if (comma >= 0) {
      const field = text.slice(this.at, comma).trim()
      this.at = comma + 1
      return field
    }
    const end = text.endsWith('/') ? text.length - 1 : text.length
    const field = text.slice(this.at, Math.max(this.at, end)).trim()
    this.part += 1
    this.at = 0
    return field
  }

  /**
   * The physical lines of the text from here on. One `/` at the very end is the terminator; where every line ends with one,
   * each is.
   */
  restOfText(): string[] {
    const lines = this.parts.slice(this.part).map((text, index) => (index === 0 ? text.slice(this.at) : text).trimEnd())
    const each = lines.every((line) => line.endsWith('/'))
    return lines.map((line, index) =>
      (each || index === lines.length - 1) && line.endsWith('/') ? line.slice(0, -1).trimEnd() : line,
    )
  }
}
