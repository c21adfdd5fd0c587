import { nameSimilarity } from '../references/counterparty-name.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import type { MatchingContext } from './matching-context.ts'
import type { PairExclusion } from './pair-rules.ts'
import { entryReference, keyedEntryFields, keyedLineFields } from './reference-index.ts'

/** The policy's demands on references and counterparties of one pair; undefined when they are met. */
export function meetsDemands(context: MatchingContext, line: number, entry: number): PairExclusion | undefined {
  if (!referencesMeet(context, line, entry)) return 'REFERENCE_DIFFERS'
  if (namesAnother(context, line, entry)) return 'REFERENCE_DIFFERS'
  if (context.policy.counterparty === 'MUST_AGREE' && !counterpartiesMeet(context, line, entry))
    return 'COUNTERPARTY_DIFFERS'
  return undefined
}

/**
 * The line speaks of something else: it quotes a closed entry and not this one, which has a reference of its own; or it carries
 * this entry's number under the prefix of another series.
 */
function namesAnother(context: MatchingContext, line: number, entry: number): boolean {
  const { references, policy, entries } = context
  if (policy.references.mode === 'IGNORE') return false
  const quotes = references.quotes(line)
  if (quotes.some((quote) => quote.entry === entry)) {
    return (
      quotes.some((quote) => quote.entry === entry && quote.strength === 'WEAK') && otherSeries(context, line, entry)
    )
  }
  const closed = quotes.some((quote) => quote.strength === 'STRONG' && entries.rows[quote.entry]?.status === 'CLOSED')
  return (closed && hasReference(references.entryKeys, entry)) || otherSeries(context, line, entry)
}

const seriesAndCode = /^(\p{L}{2,12})[-_/.: ]{1,2}([\p{L}\p{N}]{4,30})$/u
const seriesInFront = /(?:^|[^\p{L}\p{N}])(\p{L}{2,12})[-_/.:]?$/u

function otherSeries(context: MatchingContext, line: number, entry: number): boolean {
  const { policy } = context
  const row = context.lines.rows[line]
  const text = row?.references.remittanceText ?? row?.references.endToEndId
  if (text === undefined || text.length > 1000) return false
  for (const field of keyedEntryFields) {
    const value = context.entries.rows[entry]?.references[field]
    const parts = value === undefined || value.length > 50 ? null : seriesAndCode.exec(value.toUpperCase())
    const series = parts?.[1]
    const code = parts?.[2]
    if (series === undefined || code === undefined || !/\d/.test(code)) continue
    const upper = text.toUpperCase()
    const at = upper.indexOf(code)
    if (at < 0 || /^[\p{L}\p{N}]/u.test(upper.slice(at + code.length))) continue
    const front = seriesInFront.exec(upper.slice(Math.max(0, at - 20), at))?.[1]
    if (front !== undefined && front !== series && !policy.references.prefixes.includes(front)) return true
  }
  return false
}

function hasReference(columns: readonly Int32Array[], record: number): boolean {
  return columns.some((column) => (column[record] ?? -1) >= 0)
}

function referencesMeet(context: MatchingContext, line: number, entry: number): boolean {
  const { references, policy } = context
  const mode = policy.references.mode
  if (mode === 'EVIDENCE' || mode === 'IGNORE') return true
  if (mode === 'REQUIRED_WITHOUT_COUNTERPARTY' && (context.lines.name[line] ?? -1) >= 0) return true
  if (references.quotes(line).some((quote) => quote.entry === entry && quote.strength === 'STRONG')) return true
  if (mode === 'FUZZY') return fuzzyMeets(context, line, entry)
  if (mode !== 'MUST_AGREE') return false
  return !hasReference(references.lineKeys, line) && !hasReference(references.entryKeys, entry)
}

function fuzzyMeets(context: MatchingContext, line: number, entry: number): boolean {
  const bankLine = context.lines.rows[line]
  const bookEntry = context.entries.rows[entry]
  for (const lineField of keyedLineFields) {
    const left = canonicalReference(bankLine?.references[lineField] ?? '')
    if (left === '') continue
    for (const entryField of keyedEntryFields) {
      const right = canonicalReference(entryReference(bookEntry, entryField, context.policy))
      if (right === '') continue
      const longest = Math.max(left.length, right.length)
      if (editDistance(left, right) / longest <= context.policy.references.fuzzyShare) return true
    }
  }
  return false
}

/** Levenshtein distance of two short strings (at most 64 characters are read). */
export function editDistance(left: string, right: string): number {
  const first = left.slice(0, 64)
  const second = right.slice(0, 64)
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index)
  for (let row = 1; row <= first.length; row++) {
    const current = [row]
    for (let column = 1; column <= second.length; column++) {
      const change = first[row - 1] === second[column - 1] ? 0 : 1
      current.push(
        Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + change),
      )
    }
    previous = current
  }
  return previous[second.length] ?? 0
}

function counterpartiesMeet(context: MatchingContext, line: number, entry: number): boolean {
  const lineName = context.lines.name[line] ?? -1
  const entryName = context.entries.name[entry] ?? -1
  if (lineName < 0 || entryName < 0) return lineName === entryName || lineName < 0
  return lineName === entryName || nameSimilarity(context.names[lineName] ?? '', context.names[entryName] ?? '') >= 0.85
}
