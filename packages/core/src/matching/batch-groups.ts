import { addGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { pairConflict } from './pair-rules.ts'
import { sharedTokens } from './shared-tokens.ts'

const batchScore = 26

/**
 * Lines and entries that carry one batch number, whichever fields or texts hold it: a collection run, a lockbox, a card
 * payout. The bank total equals the entries' total, or falls short of it by a fee within the allowance.
 */
export function groupBatches(context: MatchingContext): void {
  const shared = sharedTokens(context, {
    line: (line) => context.lineOpen(line),
    entry: (entry) => context.entryOpen(entry),
  })
  for (const token of shared) {
    const lines = token.lines.filter((line) => context.lineOpen(line))
    const entries = token.entries.filter((entry) => context.entryOpen(entry))
    if (lines.length === 0 || entries.length < 2) continue
    const first = lines[0] ?? 0
    const comparable = entries.every((entry) => {
      const conflict = pairConflict(context, first, entry)
      return conflict === undefined || (conflict === 'OPPOSITE_SIGN' && context.policy.groups.mixedSigns)
    })
    if (comparable) proposeBatch(context, lines, entries)
  }
}

function proposeBatch(context: MatchingContext, lines: readonly number[], entries: readonly number[]): void {
  const { oneToMany, manyToOne } = context.policy.groups
  if (!oneToMany || (lines.length > 1 && !manyToOne)) return
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
