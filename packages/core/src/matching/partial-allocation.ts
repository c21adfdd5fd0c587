import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { dateWindowOf, pairConflict, withinWindow } from './pair-rules.ts'

const mostParts = 50
const allocationScore = 1

/**
 * Where the policy splits open entries (`groups.partial`): a line no link explains pays open entries of its counterparty, oldest
 * first, the last one in part. A proposal that shows its allocations, never automatic.
 */
export const partialAllocation: MatchingPass = (context) => {
  const { lines, entries, policy } = context
  if (!policy.groups.partial || !policy.groups.oneToMany) return
  for (let line = 0; line < lines.count; line++) {
    if (!context.lineOpen(line)) continue
    const amount = lines.amount[line] ?? 0
    const allocations: { entry: number; minor: number }[] = []
    let rest = amount
    for (const entry of candidates(context, line)) {
      if (rest === 0 || allocations.length === mostParts) break
      const open = entries.amount[entry] ?? 0
      const minor = Math.abs(open) <= Math.abs(rest) ? open : rest
      allocations.push({ entry, minor })
      rest -= minor
    }
    if (rest !== 0 || allocations.length < 2) continue
    context.add({
      lines: [line],
      entries: allocations.map((part) => part.entry).sort((left, right) => left - right),
      pass: 'GROUP',
      status: 'PROPOSED',
      kind: 'GROUP',
      reason: { code: 'GROUP_ALLOCATED', params: { entries: allocations.length } },
      score: allocationScore,
      allocations,
    })
  }
}

function candidates(context: MatchingContext, line: number): readonly number[] {
  const { lines, entries } = context
  const found: number[] = []
  const lineName = lines.name[line] ?? -1
  for (let entry = 0; entry < entries.count; entry++) {
    if (!context.entryOpen(entry) || pairConflict(context, line, entry) !== undefined) continue
    const named = lineName >= 0 && lineName === entries.name[entry]
    if (lineName >= 0 && (entries.name[entry] ?? -1) >= 0 && !named) continue
    const window = dateWindowOf(context, named ? 'NAME' : 'AMOUNT')
    if (!withinWindow(window, lines.day[line] ?? 0, entries.day[entry] ?? 0)) continue
    if (context.demands(line, entry) === undefined && (entries.amount[entry] ?? 0) !== 0) found.push(entry)
  }
  return found.sort((left, right) => (entries.day[left] ?? 0) - (entries.day[right] ?? 0) || left - right)
}
