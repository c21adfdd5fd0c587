import { canonicalReference } from './normalization-pipeline.ts'

/** Longest free text searched for references; the rest is not read. */
export const longestText = 1000
const mostTokens = 120
const mostJoined = 5
const piece = /[\p{L}\p{N}]+/gu
const anyDigit = /\d/

/** A whole token of a text: its canonical form and what it was made of. */
export interface ReferenceToken {
  readonly canonical: string
  readonly raw: string
  /** True when it was joined from pieces that stood apart. */
  readonly joined: boolean
}

/**
 * The whole tokens of a free text that may be references: runs of letters and digits with at least one digit, alone and joined
 * with their neighbours where only punctuation or a line break stands between, or one blank between a letter and a digit.
 * Two numbers parted by a blank are never joined, and no token is ever cut: 14 is not found in 1814.
 * Reads at most 1000 characters and 120 pieces; linear in them.
 */
export function referenceTokens(text: string, minimumLength: number): readonly ReferenceToken[] {
  const capped = text.length > longestText ? text.slice(0, longestText) : text
  if (!anyDigit.test(capped)) return []
  const pieces: { value: string; start: number; end: number }[] = []
  for (const match of capped.matchAll(piece)) {
    if (pieces.length === mostTokens) break
    pieces.push({ value: match[0], start: match.index, end: match.index + match[0].length })
  }
  const tokens: ReferenceToken[] = []
  const seen = new Set<string>()
  for (let first = 0; first < pieces.length; first++) {
    let raw = ''
    for (let last = first; last < Math.min(first + mostJoined, pieces.length); last++) {
      const current = pieces[last]
      if (current === undefined) break
      if (last > first) {
        const before = pieces[last - 1]
        const between = capped.slice(before?.end ?? 0, current.start)
        if (!joins(before?.value ?? '', between, current.value)) break
        raw += between
      }
      raw += current.value
      if (!anyDigit.test(raw)) continue
      const canonical = canonicalReference(raw)
      if (canonical.length < minimumLength || seen.has(canonical)) continue
      seen.add(canonical)
      tokens.push({ canonical, raw, joined: last > first })
    }
  }
  return tokens
}

function joins(before: string, between: string, after: string): boolean {
  if (between.length > 4) return false
  if (/^[-/._#:+]$/.test(between)) return true
  const digitBefore = /\d$/.test(before)
  const digitAfter = /^\d/.test(after)
  if (/[\n\r]/.test(between)) return true
  return /^[ #:.]{1,3}$/.test(between) && digitBefore !== digitAfter
}
