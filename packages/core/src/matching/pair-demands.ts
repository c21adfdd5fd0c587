import { nameSimilarity } from '../references/counterparty-name.ts'
import { editDistance, nearlyEqual } from '../references/near-reference.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import type { MatchingContext } from './matching-context.ts'
import type { PairBasis, PairExclusion } from './pair-rules.ts'
import { entryReference, keyedEntryFields, keyedLineFields, type Quote } from './reference-index.ts'
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
    if (!joined && (namesAnother(line, entry) || otherCheck(context, line, entry))) return 'REFERENCE_DIFFERS'
    return mustAgree && !counterpartiesMeet(context, line, entry) ? 'COUNTERPARTY_DIFFERS' : undefined
  }
}

const lineCheckSlot = keyedLineFields.indexOf('checkNumber')
const entryCheckSlot = keyedEntryFields.indexOf('checkNumber')

/** A check number identifies its item: two different ones are two checks, unless one is the other misread. */
function otherCheck(context: MatchingContext, line: number, entry: number): boolean {
  const { lineKeys, entryKeys, keys } = context.references
  const first = lineKeys[lineCheckSlot]?.[line] ?? -1
  if (first < 0) return false
  const second = entryKeys[entryCheckSlot]?.[entry] ?? -1
  return second >= 0 && first !== second && !nearlyEqual(keys[first] ?? '', keys[second] ?? '')
}

export function hasReference(columns: readonly Int32Array[], record: number): boolean {
  return columns.some((column) => (column[record] ?? -1) >= 0)
}

function referencesMeet(context: MatchingContext, line: number, entry: number): boolean {
  const { references, policy } = context
  const mode = policy.references.mode
  if (mode === 'EVIDENCE' || mode === 'IGNORE') return true
  if (mode === 'REQUIRED_WITHOUT_COUNTERPARTY' && (context.lines.name[line] ?? -1) >= 0) return true
  const says = (quote: Quote): boolean =>
    quote.entry === entry && (quote.strength === 'STRONG' || (mode === 'CONTAINED' && quote.step === 'text-token'))
  if (references.quotes(line).some(says)) return true
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

function counterpartiesMeet(context: MatchingContext, line: number, entry: number): boolean {
  const lineName = context.lines.name[line] ?? -1
  const entryName = context.entries.name[entry] ?? -1
  if (lineName < 0 || entryName < 0) return lineName === entryName || lineName < 0
  return lineName === entryName || nameSimilarity(context.names[lineName] ?? '', context.names[entryName] ?? '') >= 0.85
}
