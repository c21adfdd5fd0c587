import type { ReaderContext } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'

/** One tagged field with its continuation lines. */
export interface Mt940Field {
  /** Without the colons: `61`, `60F`, `NS`. */
  readonly tag: string
  readonly lines: readonly string[]
  readonly line: number
}

const knownTags = new Set(
  '20 21 25 25P 28 28C 60 60F 60M 61 62 62F 62M 64 65 65F 86 34F 13 13D 90C 90D NS 940 942'.split(' '),
)
/** Fields whose text may hold a line that looks like a tag. */
const textTags = new Set(['86', 'NS', '61'])

/**
 * Cuts a file into tagged fields. Envelope blocks, lines before the first tag and control characters of the transport are
 * skipped; `-` alone on a line ends a message. A line like `:12:11` inside text is text, since no tag 12 exists.
 */
export class Mt940FieldAssembler {
  private tag = ''
  private lines: string[] = []
  private start = 0
  private length = 0
  private separator: boolean | undefined
  private readonly context: ReaderContext
  private readonly accept: (field: Mt940Field) => void
  private readonly endMessage: (line: number) => void

  constructor(context: ReaderContext, accept: (field: Mt940Field) => void, endMessage: (line: number) => void) {
    this.context = context
    this.accept = accept
    this.endMessage = endMessage
  }

  take(text: string, line: number): void {
    if (this.separator === undefined && text.trim() !== '')
      this.separator = text.startsWith('@@') || text.includes('@@:2')
    if (this.separator !== true) this.takeLine(text, line)
    else for (const part of text.split('@@')) this.takeLine(part, line)
  }

  end(): void {
    if (this.tag === '') return
    const field: Mt940Field = { tag: this.tag, lines: this.lines, line: this.start }
    this.tag = ''
    this.lines = []
    this.accept(field)
  }

  private takeLine(untrimmed: string, line: number): void {
    const text = withoutTransport(untrimmed)
    if (text.includes('\u0000'))
      this.context.defect('CONTROL_CHARACTER', { line, message: `Line ${line} holds a NUL character.` })
    if (text === '-' || text === '-}' || text.startsWith('-}')) {
      this.end()
      this.endMessage(line)
      const next = text.indexOf('{')
      if (next > 0) this.takeLine(text.slice(next), line)
      return
    }
    const tag = text.charCodeAt(0) === 58 ? tagOf(text) : undefined
    if (tag !== undefined && this.opens(tag, line)) {
      this.end()
      this.tag = tag
      this.start = line
      this.length = 0
      this.lines = [text.slice(tag.length + 2)]
      return
    }
    if (text.startsWith('{1:') || text.startsWith('{2:')) {
      this.end()
      this.endMessage(line)
      const inner = text.lastIndexOf(':20:')
      if (inner > 0) this.takeLine(text.slice(inner), line)
      return
    }
    if (this.tag === '' || text === '') return
    this.length += text.length
    withinLimit(this.context.limits, 'maxRecordLength', this.length, `line ${line}`)
    this.lines.push(text)
  }

  private opens(tag: string, line: number): boolean {
    if (knownTags.has(tag)) return true
    const inText = textTags.has(this.tag)
    this.context.warn(
      'TAG_UNKNOWN',
      inText
        ? `":${tag}:" is no tag of the format; the line is read as text.`
        : `Field :${tag}: is not known and left out.`,
      line,
    )
    return !inText
  }
}

function tagOf(text: string): string | undefined {
  const colon = text.indexOf(':', 1)
  if (colon < 3 || colon > 4) return undefined
  const tag = text.slice(1, colon)
  return /^(?:\d\d[A-Z]?|NS|NSF|KO|940|942)$/.test(tag) ? tag : undefined
}

/** SOH, ETX and the like frame messages on some lines to banks; they carry nothing. */
function withoutTransport(text: string): string {
  const trimmed = text.trimEnd()
  const first = trimmed.charCodeAt(0)
  const last = trimmed.charCodeAt(trimmed.length - 1)
  if ((first >= 32 || trimmed === '') && last >= 32) return trimmed
  let start = 0
  let end = trimmed.length
  while (start < end && isTransport(trimmed.charCodeAt(start))) start += 1
  while (end > start && isTransport(trimmed.charCodeAt(end - 1))) end -= 1
  return trimmed.slice(start, end)
}

function isTransport(code: number): boolean {
  return code > 0 && code < 9
}
