import type { Evidence, Reason } from './evidence.ts'
import type { MatchDraft, MatchFinding } from './match-draft.ts'
import type { DateWindow } from './match-policy.ts'
import type { MatchingContext } from './matching-context.ts'
import { minorLimit, pairConflict, withinWindow } from './pair-rules.ts'

/** A group before it becomes a draft: which records, on what ground, how strong in bits. */
export interface GroupProposal {
  readonly lines: readonly number[]
  readonly entries: readonly number[]
  readonly reason: Reason
  readonly score: number
  readonly finding?: MatchFinding
  readonly solutions?: number
  /** The records name each other: by references, a batch or a structure. Only such groups may be automatic. */
  readonly explicit: boolean
  readonly evidence?: () => readonly Evidence[]
}

export function sumOf(column: Float64Array, indexes: readonly number[]): number {
  let sum = 0
  for (const index of indexes) sum += column[index] ?? 0
  return sum
}

/** What the bank total falls short of the book total, if a fee of that size may have been netted; 0 when they are equal. */
export function nettedFee(
  context: MatchingContext,
  linesTotal: number,
  entriesTotal: number,
  currency: number,
): number | undefined {
  const fee = entriesTotal - linesTotal
  if (fee === 0) return 0
  const { absolute, fraction } = context.policy.groups.fee
  const code = context.currencies[currency] ?? 'USD'
  const flat = absolute === undefined ? 0 : minorLimit(absolute, code)
  const share = fraction === undefined ? 0 : Number(fraction) * Math.abs(entriesTotal)
  return fee > 0 && fee <= Math.max(flat, share) + 1e-7 ? fee : undefined
}

/** True when the two records may be members of one group: the hard rules, but for the sign where mixed signs are allowed. */
export function mayShareGroup(context: MatchingContext, line: number, entry: number, window: DateWindow): boolean {
  const conflict = pairConflict(context, line, entry)
  if (conflict !== undefined && !(conflict === 'OPPOSITE_SIGN' && context.policy.groups.mixedSigns)) return false
  return withinWindow(window, context.lines.day[line] ?? 0, context.entries.day[entry] ?? 0)
}

/** Adds the group when all of its records are still open and the sides balance, a netted fee within the allowance included. */
export function addGroup(
  context: MatchingContext,
  group: GroupProposal,
  options: { readonly alternative?: boolean } = {},
): boolean {
  const { lines, entries, policy } = context
  if (group.lines.length === 0 || group.entries.length === 0) return false
  if (!options.alternative) {
    if (!group.lines.every((line) => context.lineOpen(line))) return false
    if (!group.entries.every((entry) => context.entryOpen(entry))) return false
  }
  const difference = sumOf(lines.amount, group.lines) - sumOf(entries.amount, group.entries)
  const automatic =
    group.explicit && group.finding === undefined && difference === 0 && policy.automatic.passes.includes('GROUP')
  const fee = group.reason.code === 'GROUP_FEE_NETTED' ? -difference : 0
  const draft: MatchDraft = {
    lines: [...group.lines].sort((a, b) => a - b),
    entries: [...group.entries].sort((a, b) => a - b),
    pass: 'GROUP',
    status: automatic ? 'AUTO' : 'PROPOSED',
    kind: group.lines.length > 1 || group.entries.length > 1 ? 'GROUP' : 'PARTIAL',
    reason: group.reason,
    score: group.score,
    ...(group.finding === undefined ? {} : { finding: group.finding }),
    ...(group.solutions === undefined ? {} : { solutions: group.solutions }),
    ...(fee > 0 ? { adjustments: [{ kind: 'FEE' as const, minor: -fee }] } : {}),
    ...(options.alternative ? { alternative: true } : {}),
    ...(group.evidence === undefined ? {} : { evidence: group.evidence }),
  }
  context.add(draft)
  return true
}
