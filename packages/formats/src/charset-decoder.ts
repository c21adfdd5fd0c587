/**
 * Bytes to text, piece by piece, the same text wherever the pieces are cut. Without a declared charset: a byte order mark
 * decides, else UTF-8 up to the first byte that is no UTF-8 and Windows-1252 from there on.
 */
export class CharsetDecoder {
  /** What the text was decoded as; settled by the first piece, and changed at most once, to the fallback. */
  charset: string
  /** True once a byte was met that is no UTF-8. */
  fellBack = false
  private carried: Uint8Array = new Uint8Array(0)
  private started = false
  private streaming: TextDecoder | undefined
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  /** @param declared a WHATWG encoding label; undefined to find out */
  constructor(declared?: string) {
    this.charset = declared?.toLowerCase() ?? 'utf-8'
    if (declared !== undefined && this.charset !== 'utf-8' && this.charset !== 'utf8')
      this.streaming = new TextDecoder(this.charset)
  }

  write(bytes: Uint8Array): string {
    const all = this.carried.length === 0 ? bytes : concatenated(this.carried, bytes)
    this.carried = new Uint8Array(0)
    if (!this.started) {
      if (all.length < 3) {
        this.carried = all.slice()
        return ''
      }
      return this.begin(all)
    }
    return this.decode(all)
  }

  end(): string {
    const waiting = this.carried
    this.carried = new Uint8Array(0)
    const begun = this.started
    const text = begun ? '' : this.begin(waiting)
    const unended = begun ? waiting : this.carried
    return text + (unended.length === 0 ? '' : this.fallBack(unended)) + (this.streaming?.decode() ?? '')
  }

  private begin(all: Uint8Array): string {
    this.started = true
    if (this.streaming === undefined) {
      const wide =
        all[0] === 0xff && all[1] === 0xfe ? 'utf-16le' : all[0] === 0xfe && all[1] === 0xff ? 'utf-16be' : undefined
      if (wide !== undefined) {
        this.charset = wide
        this.streaming = new TextDecoder(wide)
      } else if (all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf) return this.decode(all.subarray(3))
    }
    return this.decode(all)
  }

  private decode(all: Uint8Array): string {
    if (this.streaming !== undefined) return this.streaming.decode(all, { stream: true })
    const complete = all.length - unfinished(all)
    this.carried = all.slice(complete)
    const whole = all.subarray(0, complete)
    try {
      return this.utf8.decode(whole)
    } catch {
      const rest = concatenated(whole, this.carried)
      this.carried = new Uint8Array(0)
      const sound = soundLength(rest)
      return this.utf8.decode(rest.subarray(0, sound)) + this.fallBack(rest.subarray(sound))
    }
  }

  private fallBack(bytes: Uint8Array): string {
    if (this.streaming === undefined) {
      this.fellBack = true
      this.charset = 'windows-1252'
      this.streaming = new TextDecoder('windows-1252')
    }
    return this.streaming.decode(bytes, { stream: true })
  }
}

function concatenated(left: Uint8Array, right: Uint8Array): Uint8Array {
  const whole = new Uint8Array(left.length + right.length)
  whole.set(left)
  whole.set(right, left.length)
  return whole
}

/** How many bytes at the end begin a UTF-8 sequence that may be completed by the next piece. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0
  }
  return 0
}

function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
}

/** The length of the longest prefix that is UTF-8 (RFC 3629: no overlong forms, no surrogates). */
function soundLength(bytes: Uint8Array): number {
  let index = 0
  while (index < bytes.length) {
    const lead = bytes[index] ?? 0
    const length = sequenceLength(lead)
    if (length === 1) {
      if (lead >= 0x80) return index
      index += 1
      continue
    }
    if (lead < 0xc2 || lead > 0xf4 || index + length > bytes.length) return index
    const second = bytes[index + 1] ?? 0
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (second < lowest || second > highest) return index
    for (let next = 2; next < length; next++) {
      const byte = bytes[index + next] ?? 0
      if (byte < 0x80 || byte > 0xbf) return index
    }
    index += length
  }
  return index
}
