import { addGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { pairConflict } from './pair-rules.ts'
import { fieldSlots, keyedEntryFields, keyedLineFields, type Postings } from './reference-index.ts'

const batchScore = 26

/**
 * Lines and entries that carry one batch id, whichever field holds it: a collection run, a lockbox, a card payout. The bank
 * total equals the entries' total, or falls short of it by a fee within the allowance.
 */
export function groupBatches(context: MatchingContext): void {
  const { references } = context
  const batchKeys = new Set<number>()
  for (const key of references.entryKeys[keyedEntryFields.indexOf('batchId')] ?? []) if (key >= 0) batchKeys.add(key)
  for (const key of references.lineKeys[keyedLineFields.indexOf('batchId')] ?? []) if (key >= 0) batchKeys.add(key)
  for (const key of [...batchKeys].sort((a, b) => a - b)) {
    const lines = recordsOf(references.linePostings, key).filter((line) => context.lineOpen(line))
    const entries = recordsOf(references.entryPostings, key).filter((entry) => context.entryOpen(entry))
    if (lines.length === 0 || entries.length === 0 || lines.length + entries.length < 3) continue
    const first = lines[0] ?? 0
    const comparable = entries.filter((entry) => {
      const conflict = pairConflict(context, first, entry)
      return conflict === undefined || (conflict === 'OPPOSITE_SIGN' && context.policy.groups.mixedSigns)
    })
    if (comparable.length === entries.length) proposeBatch(context, lines, entries)
  }
}

function proposeBatch(context: MatchingContext, lines: readonly number[], entries: readonly number[]): void {
  const { oneToMany, manyToOne } = context.policy.groups
  if ((entries.length > 1 && !oneToMany) || (lines.length > 1 && !manyToOne)) return
  const bank = sumOf(context.lines.amount, lines)
  const book = sumOf(context.entries.amount, entries)
  const fee = nettedFee(context, bank, book, context.lines.currency[lines[0] ?? 0] ?? 0)
  if (fee === undefined) return
  addGroup(context, {
    lines,
    entries,
    reason:
      fee === 0
        ? { code: 'GROUP_BATCH', params: { lines: lines.length, entries: entries.length } }
        : { code: 'GROUP_FEE_NETTED', params: { entries: entries.length, fee } },
    score: fee === 0 ? batchScore : batchScore - 4,
    explicit: true,
  })
}

function recordsOf(postings: Postings, key: number): number[] {
  const records: number[] = []
  for (let at = postings.starts[key] ?? 0; at < (postings.starts[key + 1] ?? 0); at++) {
    const record = Math.floor((postings.items[at] ?? 0) / fieldSlots)
    if (records.at(-1) !== record) records.push(record)
  }
  return records
}
