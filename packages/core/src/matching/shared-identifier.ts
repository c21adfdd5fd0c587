import { bridgeOf, type CandidateGraph, type IdentifierCandidate } from './identifier-candidates.ts'
import { basisOf, identifierDraft, identifierScores, judgeDifference, noteRefusal } from './identifier-draft.ts'
import type { MatchFinding } from './match-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { amountsAgree, dateWindowOf, pairExclusion, withinWindow } from './pair-rules.ts'
import { recordStates } from './side-columns.ts'

/** A component of more pairs than this is a shared value, not an identifier. */
const mostPairs = 600

/** Lines and entries that share identifiers, each through at least one other. */
export interface SharedComponent {
  readonly lines: readonly number[]
  readonly entries: readonly number[]
  readonly pairs: readonly IdentifierCandidate[]
}

export function sharedComponent(graph: CandidateGraph, start: number, seen: Set<number>): SharedComponent {
  const lines: number[] = []
  const entries = new Set<number>()
  const pairs: IdentifierCandidate[] = []
  const queue = [start]
  seen.add(start)
  for (let line = queue.pop(); line !== undefined; line = queue.pop()) {
    lines.push(line)
    for (const pair of graph.ofLine.of(line)) {
      pairs.push(pair)
      if (entries.has(pair.entry)) continue
      entries.add(pair.entry)
      for (const back of graph.ofEntry.of(pair.entry)) {
        if (seen.has(back.line)) continue
        seen.add(back.line)
        queue.push(back.line)
      }
    }
  }
  const ascending = (left: number, right: number): number => left - right
  return {
    lines: lines.sort(ascending),
    entries: [...entries].sort(ascending),
    pairs: pairs.sort((left, right) => left.line - right.line || left.entry - right.entry),
  }
}

function total(column: Float64Array, records: readonly number[]): number {
  return records.reduce((sum, record) => sum + (column[record] ?? 0), 0)
}

/** More than one record on a side under one identifier. */
export function judgeShared(context: MatchingContext, component: SharedComponent): void {
  if (component.pairs.length > mostPairs) {
    for (const pair of component.pairs) noteRefusal(context, pair, 'IDENTIFIER_SHARED')
    return
  }
  const allowed = component.pairs.filter((pair) => {
    const excluded = pairExclusion(context, pair.line, pair.entry, basisOf(pair))
    if (excluded !== undefined && excluded !== 'AMOUNT_DIFFERS') noteRefusal(context, pair, excluded)
    return excluded === undefined || excluded === 'AMOUNT_DIFFERS'
  })
  const equal = allowed.filter((pair) => amountsAgree(context, pair.line, pair.entry))
  if (equal.length > 0) {
    judgeEqualPairs(context, component, equal)
  } else if (judgeWhole(context, component)) {
    return
  }
  judgeRest(context, allowed)
}

/** One against many under one identifier whose totals agree exactly. */
function judgeWhole(context: MatchingContext, component: SharedComponent): boolean {
  const { lines, entries, policy } = context
  const entryTotal = total(entries.amount, component.entries)
  const lineTotal = total(lines.amount, component.lines)
  const oneToMany = component.lines.length === 1 && component.entries.length > 1 && policy.groups.oneToMany
  const manyToOne = component.entries.length === 1 && component.lines.length > 1 && policy.groups.manyToOne
  if ((!oneToMany && !manyToOne) || entryTotal !== lineTotal) return false
  const first = component.pairs[0]
  if (first === undefined) return false
  context.add({
    lines: component.lines,
    entries: component.entries,
    pass: 'GROUP',
    status: 'PROPOSED',
    kind: 'GROUP',
    reason: {
      code: oneToMany ? 'REFERENCES_SUM' : 'INSTALLMENTS_SUM',
      params: { count: Math.max(component.lines.length, component.entries.length) },
    },
    score: identifierScores.normalized,
    bridge: bridgeOf(context, first),
    solutions: 1,
  })
  return true
}

/** Pairs of equal amount under a shared identifier: twins, duplicates, or a reused identifier. */
function judgeEqualPairs(
  context: MatchingContext,
  component: SharedComponent,
  equal: readonly IdentifierCandidate[],
): void {
  const { lines, entries } = context
  const amounts = new Map<number, { lines: Set<number>; entries: Set<number>; pairs: IdentifierCandidate[] }>()
  for (const pair of equal) {
    const amount = lines.amount[pair.line] ?? 0
    const group = amounts.get(amount) ?? { lines: new Set<number>(), entries: new Set<number>(), pairs: [] }
    group.lines.add(pair.line)
    group.entries.add(pair.entry)
    group.pairs.push(pair)
    amounts.set(amount, group)
  }
  const distance = (pair: IdentifierCandidate): number =>
    Math.abs((lines.day[pair.line] ?? 0) - (entries.day[pair.entry] ?? 0))
  for (const group of amounts.values()) {
    const ordered = [...group.pairs].sort(
      (left, right) => distance(left) - distance(right) || left.line - right.line || left.entry - right.entry,
    )
    if (group.lines.size === group.entries.size) {
      const single = group.lines.size === 1
      const pair = ordered[0]
      const mistyped = single && pair !== undefined ? mistypedTwin(context, component, pair) : undefined
      if (pair !== undefined && mistyped !== undefined) {
        flagMistyped(context, pair, mistyped)
        continue
      }
      const stray = component.lines.length > 1 && component.entries.length === 1
      pairUp(
        context,
        ordered,
        single ? (stray ? 'OTHER_LINE_NAMES_ENTRY' : 'IDENTIFIER_REUSED') : 'TWINS',
        single ? undefined : 'TWINS',
      )
    } else if (group.lines.size < group.entries.size) {
      flagEntries(context, ordered)
    } else {
      flagLines(context, ordered)
    }
  }
}

const mistypedShare = 0.05

/** The same payment entered again with a slip in its amount: same identifier, near in time, nearly the amount, no line of its own. */
function mistypedTwin(
  context: MatchingContext,
  component: SharedComponent,
  pair: IdentifierCandidate,
): number | undefined {
  const { lines, entries, policy } = context
  const days = policy.duplicates.nearDays
  if (days === null || component.lines.length > 1) return undefined
  const amount = entries.amount[pair.entry] ?? 0
  return component.entries.find(
    (other) =>
      other !== pair.entry &&
      lines.amount[pair.line] !== entries.amount[other] &&
      Math.abs((entries.day[other] ?? 0) - (entries.day[pair.entry] ?? 0)) <= days &&
      Math.abs((entries.amount[other] ?? 0) - amount) <= Math.abs(amount) * mistypedShare,
  )
}

function flagMistyped(context: MatchingContext, pair: IdentifierCandidate, twin: number): void {
  const reason = { code: 'NEAR_DUPLICATE_ENTRY', params: { entry: context.entries.rows[twin]?.id ?? '' } }
  context.add({ ...identifierDraft(context, pair, 'FLAGGED', reason, { finding: 'DUPLICATE_ENTRY' }) })
  context.add({
    ...identifierDraft(context, { ...pair, entry: twin }, 'FLAGGED', reason, {
      finding: 'DUPLICATE_ENTRY',
      alternative: true,
      score: identifierScores.variance,
    }),
  })
}

/** Nearest dates first, each record once: proposals only. */
function pairUp(
  context: MatchingContext,
  ordered: readonly IdentifierCandidate[],
  code: string,
  finding: MatchFinding | undefined,
): void {
  for (const pair of ordered) {
    if (!context.lineOpen(pair.line) || !context.entryOpen(pair.entry)) continue
    context.add(identifierDraft(context, pair, 'PROPOSED', { code }, finding === undefined ? {} : { finding }))
  }
}

/** More entries than lines of one identifier and amount: the same payment entered twice. */
function flagEntries(context: MatchingContext, ordered: readonly IdentifierCandidate[]): void {
  const led = new Set<number>()
  for (const pair of ordered) {
    if (context.entries.state[pair.entry] === recordStates.TAKEN) continue
    const alternative = led.has(pair.line)
    led.add(pair.line)
    context.add(
      identifierDraft(
        context,
        pair,
        'FLAGGED',
        { code: 'DUPLICATE_ENTRIES' },
        { finding: 'DUPLICATE_ENTRY', alternative, ...(alternative ? { score: identifierScores.normalized - 1 } : {}) },
      ),
    )
    context.entries.state[pair.entry] = Math.max(context.entries.state[pair.entry] ?? 0, recordStates.HELD)
  }
}

/** More lines than entries of one identifier and amount: paid twice, or reported twice. */
function flagLines(context: MatchingContext, ordered: readonly IdentifierCandidate[]): void {
  const led = new Set<number>()
  for (const pair of ordered) {
    if (led.has(pair.line)) continue
    led.add(pair.line)
    context.add(identifierDraft(context, pair, 'FLAGGED', { code: 'DUPLICATE_LINES' }, { finding: 'DUPLICATE_LINE' }))
  }
}

/** What is left of a component: one line, one entry and a difference; several parts of one entry (installments). */
function judgeRest(context: MatchingContext, allowed: readonly IdentifierCandidate[]): void {
  const { lines, entries } = context
  for (const pair of allowed) {
    if (!context.lineOpen(pair.line) || entries.state[pair.entry] === recordStates.TAKEN) continue
    const smaller = Math.abs(lines.amount[pair.line] ?? 0) < Math.abs(entries.amount[pair.entry] ?? 0)
    const held = entries.state[pair.entry] === recordStates.HELD
    if (held && !smaller) continue
    if (!withinWindow(dateWindowOf(context, basisOf(pair)), lines.day[pair.line] ?? 0, entries.day[pair.entry] ?? 0))
      continue
    judgeDifference(context, pair)
  }
}
