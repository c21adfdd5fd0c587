import type { NormalizationStepName } from './normalization-step.ts'

/** Longest reference read; what lies beyond is cut before any work. ISO 20022 texts have 140 characters, references 35. */
export const longestReference = 256

/** German, Dutch and SWIFT code words banks put in front of a value: `EREF+`, `/EREF/`, `REF:`. */
const codeWord =
  /^(?:\/?(?:EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|PREF|REMI|ENDT|TRID|CREF|OBI|PY|OB|USTD|STRD|ROC|RFB)[+/:]|\/)+/i
const separators = /[^\p{L}\p{N}]+/gu
const anySpace = /\s+/gu
const combining = /\p{M}+/gu

/** Removes characters around a value that carry nothing: blanks and control characters. */
export function trimStep(value: string): string {
  return value.trim()
}

/** NFKC: full-width digits, ligatures and composed letters become their plain form. Look-alikes of other scripts stay apart. */
export function unicodeFormStep(value: string): string {
  return value.normalize('NFKC')
}

export function caseStep(value: string): string {
  return value.toUpperCase()
}

/** Removes blanks and line breaks anywhere: banks wrap references at 27, 35 or 65 characters. */
export function whitespaceStep(value: string): string {
  return value.replace(anySpace, '')
}

/** Removes code words in front: `EREF+4217` and `/EREF/4217` become `4217`. */
export function codeWordStep(value: string): string {
  const rest = value.replace(codeWord, '')
  return rest === '' ? value : rest
}

/** Removes everything that is neither letter nor digit: rails drop dashes, slashes and points. */
export function punctuationStep(value: string): string {
  return value.replace(separators, '')
}

/** Removes accents: `Ü` becomes `U`. */
export function diacriticsStep(value: string): string {
  return value.normalize('NFD').replace(combining, '')
}

/** Removes zeros in front of the first number: `0000000024` becomes `24`, `EVENT00005` becomes `EVENT5`. One zero stays of zeros alone. */
export function leadingZerosStep(value: string): string {
  let start = 0
  while (start < value.length && !isDigit(value.charCodeAt(start))) start++
  let end = start
  while (end + 1 < value.length && value.charCodeAt(end) === 48 && isDigit(value.charCodeAt(end + 1))) end++
  return end === start ? value : value.slice(0, start) + value.slice(end)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** The steps every reference goes through, in order, each under its name. */
export const referencePipeline: readonly (readonly [NormalizationStepName, (value: string) => string])[] = [
  ['trim', trimStep],
  ['unicode-form', unicodeFormStep],
  ['case', caseStep],
  ['whitespace', whitespaceStep],
  ['code-word', codeWordStep],
  ['punctuation', punctuationStep],
  ['diacritics', diacriticsStep],
  ['leading-zeros', leadingZerosStep],
]

/** What a text is made of: PLAIN is upper-case letters and digits, canonical but for zeros in front. */
const makeup = { plain: 0, ascii: 1, other: 2 } as const
const makeupOf = Uint8Array.from({ length: 128 }, (_, code) => {
  if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90)) return makeup.plain
  return (code >= 32 && code <= 126) || code === 9 || code === 10 || code === 13 ? makeup.ascii : makeup.other
})

/** Read by the million: a loop over codes where a pattern would be called. */
function textMakeup(value: string): number {
  let found: number = makeup.plain
  for (let at = 0; at < value.length; at++) {
    const kind = makeupOf[value.charCodeAt(at)] ?? makeup.other
    if (kind > found) found = kind
  }
  return found
}

/**
 * The canonical form of a reference: every step of `referencePipeline` applied in order. Two references whose canonical forms are
 * equal are the same reference. At most 256 characters are read; linear in them.
 */
export function canonicalReference(raw: string, caseSensitive = false): string {
  const capped = raw.length > longestReference ? raw.slice(0, longestReference) : raw
  const kind = textMakeup(capped)
  if (kind === makeup.plain) return leadingZerosStep(capped)
  if (!caseSensitive && kind === makeup.ascii) return canonicalAscii(capped)
  let value = capped
  for (const [name, step] of referencePipeline) {
    if (name === 'case' && caseSensitive) continue
    value = step(value)
  }
  return value
}

/** The form of a reference after some of the steps only, in the order of `referencePipeline`. At most 256 characters are read. */
export function referenceAfter(raw: string, steps: readonly NormalizationStepName[]): string {
  let value = raw.length > longestReference ? raw.slice(0, longestReference) : raw
  for (const [name, step] of referencePipeline) if (steps.includes(name)) value = step(value)
  return value
}

/**
 * The first step after which both references are equal: undefined when they are equal as received, `null` when no step of the
 * pipeline makes them equal.
 */
export function bridgingStep(left: string, right: string): NormalizationStepName | undefined | null {
  if (left === right) return undefined
  let first = left.slice(0, longestReference)
  let second = right.slice(0, longestReference)
  const ascii = textMakeup(first) < makeup.other && textMakeup(second) < makeup.other
  for (const [name, step] of referencePipeline) {
    if (ascii && (name === 'unicode-form' || name === 'diacritics')) continue
    first = step(first)
    second = step(second)
    if (first === second) return name
  }
  return null
}

/** No code word is longer. */
const longestCodeWord = 4

/** Room for the units of a canonical form. */
export function canonicalRoom(): Uint16Array {
  return new Uint16Array(longestReference)
}

/**
 * Writes the units of `canonicalReference` of a part of a text into `room` and returns how many, without making a string; -1 where
 * the text holds other letters, or may begin with a code word, and only `canonicalReference` can tell.
 */
export function canonicalUnits(text: string, from: number, to: number, room: Uint16Array): number {
  if (to - from > longestReference) return -1
  let length = 0
  let seen = 0
  // Zeros before the first digit that counts are held back; one stays of zeros alone.
  let counts = false
  let zeros = false
  for (let at = from; at < to; at++) {
    let code = text.charCodeAt(at)
    if (code >= 97 && code <= 122) code -= 32
    const digit = code >= 48 && code <= 57
    if (!digit && (code < 65 || code > 90)) {
      if (code > 126 || (code < 32 && code !== 9 && code !== 10 && code !== 13)) return -1
      if (seen <= longestCodeWord && (code === 43 || code === 47 || code === 58)) return -1
      if (code > 32) seen++
      continue
    }
    seen++
    if (digit && !counts) {
      zeros = code === 48
      if (zeros) continue
      counts = true
    } else if (zeros && !counts) {
      room[length++] = 48
      counts = true
    }
    room[length++] = code
  }
  if (zeros && !counts) room[length++] = 48
  return length
}

const markAhead = /[+/:]/

/** The same for plain text, without the steps that only concern other letters: references are read by the million. */
function canonicalAscii(raw: string): string {
  const upper = raw.toUpperCase()
  const value = markAhead.test(upper) ? codeWordStep(whitespaceStep(upper)) : upper
  let kept = ''
  let start = 0
  for (let at = 0; at <= value.length; at++) {
    const code = at < value.length ? value.charCodeAt(at) : 0
    if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90)) continue
    if (at > start) kept += value.slice(start, at)
    start = at + 1
  }
  return leadingZerosStep(kept)
}
