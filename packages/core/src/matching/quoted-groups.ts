import { addGroup, mayShareGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { findSubsets } from './subset-sum.ts'

const mostQuoted = 400
const mostSearched = 36

/** Bits of a group whose members are all named by the other side. */
const quotedScore = 24

/**
 * Groups the records themselves name: a line whose text quotes several open entries (or one batch of them), and an entry
 * several lines quote (installments, collections of one invoice by parts).
 */
export function groupQuoted(context: MatchingContext): void {
  const quotedBy = new Map<number, number[]>()
  for (let line = 0; line < context.lines.count; line++) {
    if (!context.lineOpen(line)) continue
    const quoted = quotedEntries(context, line)
    if (quoted.length >= 2 && context.policy.groups.oneToMany && proposeQuoted(context, line, quoted)) continue
    for (const entry of quoted) {
      const lines = quotedBy.get(entry)
      if (lines === undefined) quotedBy.set(entry, [line])
      else lines.push(line)
    }
  }
  if (!context.policy.groups.manyToOne) return
  for (const entry of [...quotedBy.keys()].sort((a, b) => a - b))
    proposeParts(context, entry, quotedBy.get(entry) ?? [])
}

function quotedEntries(context: MatchingContext, line: number): number[] {
  const entries: number[] = []
  for (const quote of context.references.quotes(line)) {
    if (quote.strength !== 'STRONG' || !context.entryOpen(quote.entry)) continue
    if (mayShareGroup(context, line, quote.entry, context.policy.dates.withReference)) entries.push(quote.entry)
    if (entries.length === mostQuoted) break
  }
  return entries
}

function proposeQuoted(context: MatchingContext, line: number, quoted: readonly number[]): boolean {
  const amount = context.lines.amount[line] ?? 0
  const total = sumOf(context.entries.amount, quoted)
  if (total === amount) {
    return addGroup(context, {
      lines: [line],
      entries: quoted,
      reason: { code: 'GROUP_QUOTED', params: { entries: quoted.length } },
      score: quotedScore,
      explicit: true,
    })
  }
  if (quoted.length <= mostSearched && proposeQuotedSubset(context, line, quoted)) return true
  const fee = nettedFee(context, amount, total, context.lines.currency[line] ?? 0)
  if (fee === undefined) return false
  return addGroup(context, {
    lines: [line],
    entries: quoted,
    reason: { code: 'GROUP_FEE_NETTED', params: { entries: quoted.length, fee } },
    score: quotedScore - 4,
    explicit: true,
  })
}

/** Some of the quoted entries make the amount: taken when there is one way, shown as ambiguous when there are several. */
function proposeQuotedSubset(context: MatchingContext, line: number, quoted: readonly number[]): boolean {
  const { searchSteps, solutionCap } = context.policy.groups
  const result = findSubsets(
    quoted.map((entry) => context.entries.amount[entry] ?? 0),
    context.lines.amount[line] ?? 0,
    { minItems: 2, solutionCap, workBudget: searchSteps },
  )
  context.budget.steps -= result.work
  const solutions = result.solutions.map((solution) => solution.map((at) => quoted[at] ?? 0))
  const first = solutions[0]
  if (first === undefined) return false
  const sole = solutions.length === 1 && result.outcome === 'COMPLETE'
  const added = addGroup(context, {
    lines: [line],
    entries: first,
    reason: sole
      ? { code: 'GROUP_QUOTED_SUBSET', params: { entries: first.length, quoted: quoted.length } }
      : { code: 'GROUP_AMBIGUOUS', params: { solutions: solutions.length } },
    score: quotedScore - (sole ? 6 : 12),
    solutions: solutions.length,
    explicit: false,
    ...(sole ? {} : { finding: 'AMBIGUOUS' as const }),
  })
  if (added && !sole) addAlternatives(context, [line], solutions.slice(1, context.policy.scored.candidates))
  return added
}

export function addAlternatives(
  context: MatchingContext,
  lines: readonly number[],
  solutions: readonly (readonly number[])[],
): void {
  for (const entries of solutions) {
    addGroup(
      context,
      {
        lines,
        entries,
        reason: { code: 'GROUP_AMBIGUOUS', params: { solutions: solutions.length + 1 } },
        score: 4,
        finding: 'AMBIGUOUS',
        explicit: false,
      },
      { alternative: true },
    )
  }
}

/** Parts of one entry: together the whole of it, the whole less a fee, or (still open) less than it. */
function proposeParts(context: MatchingContext, entry: number, quoting: readonly number[]): void {
  const target = context.entries.amount[entry] ?? 0
  const lines = quoting.filter((line) => {
    const amount = context.lines.amount[line] ?? 0
    return context.lineOpen(line) && amount > 0 === target > 0 && Math.abs(amount) < Math.abs(target)
  })
  if (lines.length < 2 || !context.entryOpen(entry)) return
  const total = sumOf(context.lines.amount, lines)
  const group = { lines, entries: [entry], explicit: true }
  if (total === target) {
    addGroup(context, {
      ...group,
      reason: { code: 'GROUP_INSTALLMENTS', params: { lines: lines.length } },
      score: quotedScore,
    })
  } else if (nettedFee(context, total, target, context.entries.currency[entry] ?? 0) !== undefined) {
    addGroup(context, {
      ...group,
      reason: { code: 'GROUP_FEE_NETTED', params: { lines: lines.length, fee: target - total } },
      score: quotedScore - 4,
    })
  } else if (Math.abs(total) < Math.abs(target)) {
    addGroup(context, {
      ...group,
      explicit: false,
      reason: { code: 'GROUP_PART_PAID', params: { lines: lines.length, open: target - total } },
      score: quotedScore - 8,
    })
  }
}
