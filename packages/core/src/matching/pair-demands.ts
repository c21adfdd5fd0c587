import { nameSimilarity } from '../references/counterparty-name.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import type { MatchingContext } from './matching-context.ts'
import type { PairBasis, PairExclusion } from './pair-rules.ts'
import { entryReference, keyedEntryFields, keyedLineFields } from './reference-index.ts'
import { createSeriesRule } from './reference-series.ts'

/**
 * The policy's demands on references and counterparties of pairs; undefined when a pair meets them. A pair an identifier joins is
 * not asked whether the line names another.
 */
export function createPairDemands(
  context: MatchingContext,
): (line: number, entry: number, basis?: PairBasis) => PairExclusion | undefined {
  const { policy } = context
  const namesAnother = createSeriesRule(context)
  const mustAgree = policy.counterparty === 'MUST_AGREE'
  return (line, entry, basis) => {
    if (!referencesMeet(context, line, entry)) return 'REFERENCE_DIFFERS'
    const joined = basis === 'REFERENCE' || basis === 'CHECK_NUMBER'
    if (!joined && namesAnother(line, entry)) return 'REFERENCE_DIFFERS'
    return mustAgree && !counterpartiesMeet(context, line, entry) ? 'COUNTERPARTY_DIFFERS' : undefined
  }
}

export function hasReference(columns: readonly Int32Array[], record: number): boolean {
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
