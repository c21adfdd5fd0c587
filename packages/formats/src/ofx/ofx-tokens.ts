/** What an OFX file is made of. Leaf elements of OFX 1.x have no end tag: their text is all that marks them. */
export interface OfxTokenSink {
  /** A start tag and the text behind it, entities resolved and trimmed; '' where another tag follows. */
  open(name: string, text: string, line: number): void
  close(name: string, line: number): void
  /** A document type or entity declaration. */
  declaration(line: number): void
  /** The header above the root element, as received. */
  header(text: string): void
}

/** A tag name or value beyond this is no OFX. */
export interface OfxTokenLimits {
  readonly maxText: number
  tooLong(line: number): never
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function resolved(text: string): string {
  if (!text.includes('&')) return text.trim()
  // A bare ampersand, common in the wild, matches nothing here and stays.
  return text
    .replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[name as string] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .trim()
}

function lineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

const tagStart = /[A-Za-z/!?]/

/**
 * Cuts OFX 1.x (SGML) and 2.x (XML) into tags and values, piece by piece, in linear time. Tolerates what banks write:
 * header and body on one line, unclosed leaves, bare `&` and `<` in text, CDATA, attributes nobody needs.
 */
export class OfxTokenizer {
  readonly #sink: OfxTokenSink
  readonly #limits: OfxTokenLimits
  #rest = ''
  #line = 1
  #open: { name: string; line: number } | undefined
  #text = ''
  #inBody = false

  constructor(sink: OfxTokenSink, limits: OfxTokenLimits) {
    this.#sink = sink
    this.#limits = limits
  }

  push(text: string): void {
    this.#rest = this.#rest === '' ? text : this.#rest + text
    this.#read(false)
  }

  finish(): void {
    this.#read(true)
    this.#flush()
  }

  #read(last: boolean): void {
    const input = this.#rest
    let at = 0
    for (;;) {
      const start = input.indexOf('<', at)
      if (start < 0 || (start + 9 > input.length && !last)) break
      if (start + 1 >= input.length || !tagStart.test(input[start + 1] ?? '')) {
        this.#addText(input.slice(at, start + 1))
        at = start + 1
        continue
      }
      const [mark, lead] = delimiterOf(input, start)
      const end = input.indexOf(mark, start + lead)
      if (end < 0) break
      this.#addText(input.slice(at, start))
      this.#tag(input.slice(start, end + mark.length))
      at = end + mark.length
    }
    const left = input.slice(at)
    const stop = left.indexOf('<')
    // Text goes on to the sink's buffer, so that what waits for more input is only a tag that is not complete.
    const keep = last ? left.length : stop < 0 ? left.length : stop
    this.#addText(left.slice(0, keep))
    this.#rest = left.slice(keep)
    if (this.#rest.length > this.#limits.maxText) this.#limits.tooLong(this.#line)
  }

  #addText(text: string): void {
    if (text === '') return
    this.#text += text
    if (this.#text.length > this.#limits.maxText) this.#limits.tooLong(this.#line)
  }

  #flush(): void {
    const text = this.#text
    this.#text = ''
    if (this.#open) {
      const { name, line } = this.#open
      this.#open = undefined
      this.#sink.open(name, resolved(text), line)
    } else if (!this.#inBody) {
      this.#sink.header(text)
    }
    this.#line += lineEnds(text)
  }

  #tag(tag: string): void {
    if (tag.startsWith('<![CDATA[')) {
      // Resolved text is not resolved again: an ampersand in CDATA is an ampersand.
      this.#addText(tag.slice(9, -3).replaceAll('&', '&amp;'))
      return
    }
    if (tag.startsWith('<!--')) {
      this.#line += lineEnds(tag)
      return
    }
    this.#flush()
    const line = this.#line
    this.#line += lineEnds(tag)
    if (tag.startsWith('<?')) {
      if (!this.#inBody) this.#sink.header(tag)
      return
    }
    if (tag.startsWith('<!')) {
      this.#sink.declaration(line)
      return
    }
    const closing = tag[1] === '/'
    const body = tag.slice(closing ? 2 : 1, tag.endsWith('/>') ? -2 : -1)
    const name = (/^[A-Za-z0-9_.:-]{1,64}/.exec(body)?.[0] ?? '').toUpperCase()
    if (name === '') return
    this.#inBody = true
    if (closing) this.#sink.close(name, line)
    else if (tag.endsWith('/>')) {
      this.#sink.open(name, '', line)
      this.#sink.close(name, line)
    } else this.#open = { name, line }
  }
}

/** What ends the construct that starts here, and how many characters its start takes. */
function delimiterOf(input: string, start: number): [string, number] {
  if (input.startsWith('<![CDATA[', start)) return [']]>', 9]
  if (input.startsWith('<!--', start)) return ['-->', 4]
  if (input.startsWith('<?', start)) return ['?>', 2]
  return ['>', 1]
}
