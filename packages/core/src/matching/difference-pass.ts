import type { MatchDraft } from './match-draft.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { recordStates } from './side-columns.ts'

/**
 * Links by an equal identifier whose amounts differ without a reason, after the groups had their say: a batch, an installment
 * or a netted fee explains a difference, a lone pair only shows it. Of several for one line, the smallest difference.
 */
export const differencePass: MatchingPass = (context) => {
  const ordered = [...context.postponed].sort(
    (left, right) =>
      (left.lines[0] ?? 0) - (right.lines[0] ?? 0) ||
      differenceOf(context, left) - differenceOf(context, right) ||
      (left.entries[0] ?? 0) - (right.entries[0] ?? 0),
  )
  for (const draft of ordered) {
    const line = draft.lines[0] ?? 0
    const entry = draft.entries[0] ?? 0
    const state = context.entries.state[entry]
    if (!context.lineOpen(line) || state === recordStates.TAKEN) continue
    const part = Math.abs(context.lines.amount[line] ?? 0) < Math.abs(context.entries.amount[entry] ?? 0)
    if (state === recordStates.OPEN || part) context.add(draft)
  }
}

function differenceOf(context: MatchingContext, draft: MatchDraft): number {
  return Math.abs(
    (context.lines.amount[draft.lines[0] ?? 0] ?? 0) - (context.entries.amount[draft.entries[0] ?? 0] ?? 0),
  )
}
