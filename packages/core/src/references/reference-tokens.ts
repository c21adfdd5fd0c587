import { canonicalReference } from './normalization-pipeline.ts'

/** Longest free text searched for references; the rest is not read. */
export const longestText = 1000
const mostTokens = 120
const mostJoined = 5
const piece = /[\p{L}\p{N}]+/gu

/** A whole token of a text: its canonical form and what it was made of. */
export interface ReferenceToken {
  readonly canonical: string
  readonly raw: string
  /** True when it was joined from pieces that stood apart. */
  readonly joined: boolean
}

const none: readonly ReferenceToken[] = []
// Where the pieces of the text in hand begin and end: one text at a time, millions of them.
const starts = new Int32Array(mostTokens)
const ends = new Int32Array(mostTokens)

/**
 * The whole tokens of a free text that may be references: runs of letters and digits with at least one digit, alone and joined
 * with their neighbours where only punctuation or a line break stands between, or one blank between a letter and a digit.
 * Two numbers parted by a blank are never joined, and no token is ever cut: 14 is not found in 1814.
 * Reads at most 1000 characters and 120 pieces; linear in them.
 */
export function referenceTokens(text: string, minimumLength: number): readonly ReferenceToken[] {
  const tokens: ReferenceToken[] = []
  eachToken(text, (from, to, joined) => {
    const raw = text.slice(from, to)
    const canonical = canonicalReference(raw)
    if (canonical.length < minimumLength) return
    for (const known of tokens) if (known.canonical === canonical) return
    tokens.push({ canonical, raw, joined })
  })
  return tokens.length === 0 ? none : tokens
}

/** Calls `visit` with where each such token begins and ends; the same token may come twice. `visit` must not read tokens itself. */
export function eachToken(text: string, visit: (from: number, to: number, joined: boolean) => void): void {
  const capped = text.length > longestText ? text.slice(0, longestText) : text
  if (!hasDigit(capped, 0, capped.length)) return
  const count = findPieces(capped)
  for (let first = 0; first < count; first++) {
    const start = starts[first] ?? 0
    let digits = false
    for (let last = first; last < Math.min(first + mostJoined, count); last++) {
      if (last > first && !joins(capped, ends[last - 1] ?? 0, starts[last] ?? 0)) break
      const end = ends[last] ?? 0
      digits ||= hasDigit(capped, starts[last] ?? 0, end)
      if (digits) visit(start, end, last > first)
    }
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isDigit(text.charCodeAt(at))) return true
  return false
}

/** Runs of letters and digits into `starts` and `ends`; returns how many. Only texts with other letters need the pattern. */
function findPieces(text: string): number {
  let count = 0
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 32
    if (code >= 128) return findUnicodePieces(text)
    const inside = isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
    if (inside && start < 0) start = at
    if (inside || start < 0 || count === mostTokens) continue
    starts[count] = start
    ends[count++] = at
    start = -1
  }
  return count
}

function findUnicodePieces(text: string): number {
  let count = 0
  for (const match of text.matchAll(piece)) {
    if (count === mostTokens) break
    starts[count] = match.index
    ends[count++] = match.index + match[0].length
  }
  return count
}

const longestGap = 4
const binders = '-/._#:+'
const loose = ' #:.'

/** Whether what stands from `from` to `to`, between two pieces, joins them. */
function joins(text: string, from: number, to: number): boolean {
  const length = to - from
  if (length > longestGap) return false
  if (length === 1 && binders.includes(text.charAt(from))) return true
  let allLoose = length < longestGap
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) return true
    allLoose &&= loose.includes(text.charAt(at))
  }
  return allLoose && isDigit(text.charCodeAt(from - 1)) !== isDigit(text.charCodeAt(to))
}
