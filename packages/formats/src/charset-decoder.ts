import { ReconError } from '@recon/core'
import type { ReaderContext } from './format-reader.ts'

/** How the character set of a file was found. */
export interface CharsetFinding {
  /** A label of the Encoding Standard: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, or the declared one. */
  readonly charset: string
  readonly reason: 'DECLARED' | 'BYTE_ORDER_MARK' | 'ZERO_BYTES' | 'VALID_UTF8' | 'NOT_UTF8'
  /** Valid UTF-8 and other bytes in one file: the undecodable ones became U+FFFD. */
  readonly mixed: boolean
}

/** Text out of byte chunks. `push` and `finish` return what is decodable so far; the result does not depend on where chunks end. */
export interface CharsetDecoding {
  push(bytes: Uint8Array): string
  finish(): string
  finding(): CharsetFinding
}

/** Enough to tell UTF-16 without a mark from text: every second byte of it is zero. */
const sniffedBytes = 512

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch (cause) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      `"${charset.slice(0, 40)}" is not a character set this runtime decodes. Use a label of the Encoding Standard such as utf-8 or windows-1252.`,
      { cause },
    )
  }
}

/** How many bytes at the end belong to a UTF-8 sequence that is not complete yet. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? back : 0
    }
  }
  return 0
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right
  const both = new Uint8Array(left.length + right.length)
  both.set(left)
  both.set(right, left.length)
  return both
}

/** The charset the first bytes prove, if they do. */
function provenCharset(head: Uint8Array): { charset: string; reason: CharsetFinding['reason'] } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { charset: 'utf-8', reason: 'BYTE_ORDER_MARK' }
  if (head[0] === 0xff && head[1] === 0xfe) return { charset: 'utf-16le', reason: 'BYTE_ORDER_MARK' }
  if (head[0] === 0xfe && head[1] === 0xff) return { charset: 'utf-16be', reason: 'BYTE_ORDER_MARK' }
  const pairs = Math.floor(head.length / 2)
  if (pairs < 2) return undefined
  let evenZeros = 0
  let oddZeros = 0
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) evenZeros++
    if (head[index + 1] === 0) oddZeros++
  }
  if (oddZeros >= pairs * 0.4 && evenZeros <= pairs * 0.1) return { charset: 'utf-16le', reason: 'ZERO_BYTES' }
  if (evenZeros >= pairs * 0.4 && oddZeros <= pairs * 0.1) return { charset: 'utf-16be', reason: 'ZERO_BYTES' }
  return undefined
}

/**
 * Decodes bytes whose charset is declared, marked, or found: a byte order mark, then UTF-16 by its zero bytes, then
 * UTF-8 as long as every byte agrees, else windows-1252 (what banks that do not write UTF-8 nearly always mean).
 * @throws ReconError CONFIGURATION_INVALID when the declared charset is not known
 */
export function decodeCharset(declared?: string): CharsetDecoding {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held: Uint8Array = new Uint8Array(0)
  let decided: { charset: string; reason: CharsetFinding['reason'] } | undefined
  let decoder: TextDecoder | undefined
  let beyondAscii = false
  let mixed = false

  const decide = (charset: string, reason: CharsetFinding['reason']) => {
    decided = { charset, reason }
    decoder = decoderFor(charset)
  }
  const undecided = (bytes: Uint8Array): string => {
    try {
      const text = strict.decode(bytes)
      if (text.length < bytes.length) beyondAscii = true
      return text
    } catch {
      // Whether real UTF-8 came before the first bad byte decides, wherever the chunks end.
      const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      const before = lenient.slice(0, lenient.indexOf('\ufffd'))
      for (let index = 0; !beyondAscii && index < before.length; index++) beyondAscii = before.charCodeAt(index) > 127
      mixed = beyondAscii
      if (mixed) {
        decide('utf-8', 'VALID_UTF8')
        return lenient
      }
      decide('windows-1252', 'NOT_UTF8')
      return decoder?.decode(bytes, { stream: true }) ?? ''
    }
  }
  if (declared !== undefined) decide(declared, 'DECLARED')

  let sniffed = declared !== undefined
  const decode = (bytes: Uint8Array, last: boolean): string => {
    if (decoder) return decoder.decode(bytes, { stream: !last })
    const all = joined(held, bytes)
    if (!sniffed) {
      if (all.length < sniffedBytes && !last) {
        held = all.slice()
        return ''
      }
      sniffed = true
      const proven = provenCharset(all.subarray(0, sniffedBytes))
      if (proven) {
        decide(proven.charset, proven.reason)
        held = new Uint8Array(0)
        return decoder === undefined ? '' : (decoder as TextDecoder).decode(all, { stream: !last })
      }
    }
    const tail = last ? 0 : incompleteTail(all)
    held = all.slice(all.length - tail)
    return undecided(all.subarray(0, all.length - tail))
  }
  return {
    push: (bytes) => decode(bytes, false),
    finish: () => decode(new Uint8Array(0), true),
    finding: () => ({ ...(decided ?? { charset: 'utf-8', reason: 'VALID_UTF8' }), mixed }),
  }
}

/** The whole text of a file in memory, and how its charset was found. @throws ReconError CONFIGURATION_INVALID */
export function decodeBytes(bytes: Uint8Array, declared?: string): { text: string; finding: CharsetFinding } {
  const decoding = decodeCharset(declared)
  const text = decoding.push(bytes) + decoding.finish()
  return { text, finding: decoding.finding() }
}

/** What is said of a file that is not UTF-8 and declares nothing. */
export const charsetAssumed = 'The file is not UTF-8; read as windows-1252. Declare the charset if names look wrong.'

/** Says what was assumed of the charset, and refuses a file whose bytes fit none. */
export function reportCharset({ reason, mixed }: CharsetFinding, context: ReaderContext): void {
  if (reason === 'NOT_UTF8') context.warn('CHARSET_ASSUMED', charsetAssumed)
  if (mixed)
    context.defect('CHARSET_INVALID', {
      message: 'The file mixes UTF-8 with bytes of another charset; those became replacement characters.',
      expected: 'one charset throughout, or the charset option',
    })
}
