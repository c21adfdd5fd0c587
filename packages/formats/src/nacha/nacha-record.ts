import { decodeCharset, reportCharset } from '../charset-decoder.ts'
import { type PushReader, type ReaderContext, refusedFile } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'

export const recordLength = 94

/** One record, padded to 94 columns. */
export class NachaRecord {
  readonly text: string
  /** Number of the record in the file, from 1. */
  readonly line: number

  constructor(text: string, line: number) {
    this.text = text
    this.line = line
  }

  get type(): string {
    return this.text[0] ?? ''
  }

  /** Columns as the rules number them: from 1, both ends included. */
  columns(first: number, last: number): string {
    return this.text.slice(first - 1, last)
  }

  field(first: number, last: number): string {
    return this.columns(first, last).trim()
  }

  /** An unsigned integer; undefined when a column holds something else than a digit. */
  integer(first: number, last: number): bigint | undefined {
    const digits = this.columns(first, last)
    return /^\d+$/.test(digits) ? BigInt(digits) : undefined
  }

  /** As `integer`, refusing the file when there is none. */
  required(first: number, last: number, what: string): bigint {
    const value = this.integer(first, last)
    if (value !== undefined) return value
    throw refusedFile('nacha', 'FIELD_INVALID', {
      line: this.line,
      message: `Record ${this.line}: the ${what} in columns ${first} to ${last} is not numeric.`,
      expected: `${last - first + 1} digits`,
      found: this.columns(first, last),
    })
  }
}

/**
 * Cuts a file into records of 94 columns: one to a line, several to a line, or no line ends at all. Trimmed lines are padded
 * with blanks; block padding is dropped.
 */
export function recordReader(
  context: ReaderContext,
  consumer: { record(record: NachaRecord): void; end(): void },
): PushReader {
  const decoder = decodeCharset(context.options.charset)
  let rest = ''
  let number = 0
  const accept = (text: string) => {
    const body = text.replace(/[\r\n]+/g, '').trimEnd()
    if (body === '') return
    number += 1
    withinLimit(context.limits, 'maxRecords', number, `record ${number}`)
    if (hasControlCharacter(body))
      context.defect('CONTROL_CHARACTER', {
        line: number,
        message: `Record ${number} holds a control character, which no column may.`,
        expected: 'printable characters',
      })
    if (number > 1 && /^9+$/.test(body)) return
    consumer.record(new NachaRecord(body.padEnd(recordLength), number))
  }
  const feed = (text: string, last: boolean) => {
    let all = rest + text
    let at = 0
    while (at < all.length) {
      const end = lineEnd(all, at)
      if (end >= 0) {
        accept(all.slice(at, end))
        at = end + 1
      } else if (all.length - at > recordLength + 1 || last) {
        accept(all.slice(at, at + recordLength))
        at += recordLength
      } else break
    }
    all = all.slice(Math.min(at, all.length))
    rest = all
  }
  return {
    write: (bytes) => feed(decoder.push(bytes), false),
    end() {
      feed(decoder.finish(), true)
      reportCharset(decoder.finding(), context)
      consumer.end()
    },
  }
}

/** The next line end within one record's length, or -1. */
function lineEnd(text: string, from: number): number {
  const most = Math.min(text.length, from + recordLength + 2)
  for (let index = from; index < most; index++) {
    const code = text.charCodeAt(index)
    if (code === 10 || code === 13) return index
  }
  return -1
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 32 || code === 127) return true
  }
  return false
}
