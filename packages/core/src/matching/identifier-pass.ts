import { normalizationSteps } from '../references/normalization-step.ts'
import { isExpectedVariance } from './amount-variance-rule.ts'
import { automaticRefusal } from './automatic-rules.ts'
import type { Reason } from './evidence.ts'
import {
  bridgeOf,
  type CandidateGraph,
  type IdentifierCandidate,
  identifierCandidates,
} from './identifier-candidates.ts'
import type { IdentifierBridge, MatchDraft, MatchFinding } from './match-draft.ts'
import { type MatchingContext, type MatchingPass, recordStates } from './matching-context.ts'
import { amountsAgree, dateWindowOf, type PairBasis, pairExclusion, withinWindow } from './pair-rules.ts'
import { keyedLineFields } from './reference-index.ts'

const exactScore = 24
const normalizedScore = 20
const varianceScore = 8
/** A component of more pairs than this is a shared value, not an identifier. */
const mostPairs = 600

/**
 * Passes 4 and 5: what the identifiers join. Pairs that stand alone and agree are automatic where automatic-rules.ts allows it;
 * identifiers used more than once on either side are duplicates, groups or ambiguous, and never automatic.
 */
export const identifierPass: MatchingPass = (context) => {
  const graph = identifierCandidates(context)
  for (const pair of graph.foreign)
    if (!graph.ofLine.has(pair.line) && context.lineOpen(pair.line)) judgeForeign(context, pair)
  const { count } = context.lines
  for (let line = 0; line < count; line++) {
    const only = soleCandidate(graph, line)
    if (only !== undefined) judgeAlone(context, graph, only)
  }
  const seen = new Set<number>()
  for (let line = 0; line < count; line++) {
    if (!graph.ofLine.has(line) || seen.has(line) || soleCandidate(graph, line) !== undefined) continue
    judgeComponent(context, componentOf(graph, line, seen))
  }
}

function soleCandidate(graph: CandidateGraph, line: number): IdentifierCandidate | undefined {
  const only = graph.ofLine.sole(line)
  return only !== undefined && graph.ofEntry.sole(only.entry) !== undefined ? only : undefined
}

interface Component {
  readonly lines: readonly number[]
  readonly entries: readonly number[]
  readonly pairs: readonly IdentifierCandidate[]
}

function componentOf(graph: CandidateGraph, start: number, seen: Set<number>): Component {
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

function draft(
  context: MatchingContext,
  pair: IdentifierCandidate,
  status: MatchDraft['status'],
  reason: Reason,
  rest: { readonly finding?: MatchFinding; readonly alternative?: boolean; readonly score?: number } = {},
): MatchDraft {
  const bridge = bridgeOf(context, pair)
  const exact = pair.by === 'MAP' && bridge.step === undefined
  return {
    lines: [pair.line],
    entries: [pair.entry],
    pass: exact ? 'IDENTIFIER_EXACT' : 'IDENTIFIER_NORMALIZED',
    status,
    kind: 'UNIQUE',
    reason,
    score: rest.score ?? (exact ? exactScore : normalizedScore),
    bridge,
    ...(rest.finding === undefined ? {} : { finding: rest.finding }),
    ...(rest.alternative === undefined ? {} : { alternative: rest.alternative }),
  }
}

function basisOf(pair: IdentifierCandidate): PairBasis {
  const field = pair.quote?.lineField ?? keyedLineFields[pair.lineSlot]
  return field === 'checkNumber' ? 'CHECK_NUMBER' : 'REFERENCE'
}

const equalReason: Reason = { code: 'IDENTIFIER_EQUAL' }
const bridgedReasons = new Map<string, Reason>(
  normalizationSteps.map((step) => [step, { code: 'IDENTIFIER_EQUAL_AFTER', params: { step } }]),
)

/** Made for most lines of most runs: no field more than needed, reasons shared. */
function automaticDraft(pair: IdentifierCandidate, bridge: IdentifierBridge): MatchDraft {
  const exact = pair.by === 'MAP' && bridge.step === undefined
  return {
    lines: [pair.line],
    entries: [pair.entry],
    pass: exact ? 'IDENTIFIER_EXACT' : 'IDENTIFIER_NORMALIZED',
    status: 'AUTO',
    kind: 'UNIQUE',
    reason: bridgedReasons.get(bridge.step ?? '') ?? equalReason,
    score: exact ? exactScore : normalizedScore,
    bridge,
  }
}

function judgeAlone(context: MatchingContext, graph: CandidateGraph, pair: IdentifierCandidate): void {
  const excluded = pairExclusion(context, pair.line, pair.entry, basisOf(pair))
  if (excluded === 'AMOUNT_DIFFERS') {
    judgeDifference(context, pair)
    return
  }
  if (excluded !== undefined) {
    note(context, pair, excluded)
    return
  }
  const bridge = bridgeOf(context, pair)
  const hasOwnLine = (entry: number): boolean =>
    graph.ofEntry.of(entry).some((own) => amountsAgree(context, own.line, entry))
  const refusal = automaticRefusal(context, pair, bridge, hasOwnLine)
  if (refusal === undefined) {
    context.add(automaticDraft(pair, bridge))
    return
  }
  const flagged = refusal.rivals !== undefined
  context.add(
    draft(
      context,
      pair,
      flagged ? 'FLAGGED' : 'PROPOSED',
      refusal.reason,
      flagged ? { finding: 'DUPLICATE_ENTRY' } : {},
    ),
  )
  for (const rival of refusal.rivals ?? []) {
    context.add({
      lines: [pair.line],
      entries: [rival],
      pass: 'IDENTIFIER_NORMALIZED',
      status: 'FLAGGED',
      kind: 'PARTIAL',
      reason: refusal.reason,
      score: varianceScore,
      finding: 'DUPLICATE_ENTRY',
    })
  }
}

function note(context: MatchingContext, pair: IdentifierCandidate, code: string): void {
  if (context.notes.has(pair.line)) return
  context.notes.set(pair.line, { code, params: { entry: context.entries.rows[pair.entry]?.id ?? '' } })
}

/** Equal identifier, unequal amount: expected for foreign exchange wires, otherwise a candidate with its difference. */
function judgeDifference(context: MatchingContext, pair: IdentifierCandidate): boolean {
  const { policy } = context
  const expected = isExpectedVariance(context, pair.line, pair.entry)
  if (!expected && policy.amounts.beyondTolerance === 'REFUSE') {
    note(context, pair, 'AMOUNT_DIFFERS')
    return false
  }
  const demands = context.demands(pair.line, pair.entry)
  if (demands !== undefined) {
    note(context, pair, demands)
    return false
  }
  const found = draft(
    context,
    pair,
    'PROPOSED',
    { code: expected ? 'AMOUNT_VARIANCE_EXPECTED' : 'AMOUNT_DIFFERS' },
    { score: varianceScore },
  )
  const minor = (context.lines.amount[pair.line] ?? 0) - (context.entries.amount[pair.entry] ?? 0)
  if (expected) context.add({ ...found, finding: 'EXPECTED_VARIANCE', adjustments: [{ kind: 'FX', minor }] })
  else context.postponed.push(found)
  return true
}

/** Equal identifier, other currency, and a reason to expect it: the hold until the difference is booked. */
function judgeForeign(context: MatchingContext, pair: IdentifierCandidate): void {
  if (!context.entryOpen(pair.entry)) return
  if (
    !withinWindow(
      context.policy.dates.withReference,
      context.lines.day[pair.line] ?? 0,
      context.entries.day[pair.entry] ?? 0,
    )
  )
    return
  context.add({
    ...draft(
      context,
      pair,
      'PROPOSED',
      { code: 'AMOUNT_VARIANCE_EXPECTED' },
      { score: varianceScore, finding: 'EXPECTED_VARIANCE' },
    ),
    adjustments: [{ kind: 'FX', minor: 0 }],
  })
}

function total(column: Float64Array, records: readonly number[]): number {
  return records.reduce((sum, record) => sum + (column[record] ?? 0), 0)
}

/** More than one record on a side under one identifier. */
function judgeComponent(context: MatchingContext, component: Component): void {
  if (component.pairs.length > mostPairs) {
    for (const pair of component.pairs) note(context, pair, 'IDENTIFIER_SHARED')
    return
  }
  const allowed = component.pairs.filter((pair) => {
    const excluded = pairExclusion(context, pair.line, pair.entry, basisOf(pair))
    if (excluded !== undefined && excluded !== 'AMOUNT_DIFFERS') note(context, pair, excluded)
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
function judgeWhole(context: MatchingContext, component: Component): boolean {
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
    score: normalizedScore,
    bridge: bridgeOf(context, first),
    solutions: 1,
  })
  return true
}

/** Pairs of equal amount under a shared identifier: twins, duplicates, or a reused identifier. */
function judgeEqualPairs(context: MatchingContext, component: Component, equal: readonly IdentifierCandidate[]): void {
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

/** Nearest dates first, each record once: proposals only. */
function pairUp(
  context: MatchingContext,
  ordered: readonly IdentifierCandidate[],
  code: string,
  finding: MatchFinding | undefined,
): void {
  for (const pair of ordered) {
    if (!context.lineOpen(pair.line) || !context.entryOpen(pair.entry)) continue
    context.add(draft(context, pair, 'PROPOSED', { code }, finding === undefined ? {} : { finding }))
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
      draft(
        context,
        pair,
        'FLAGGED',
        { code: 'DUPLICATE_ENTRIES' },
        { finding: 'DUPLICATE_ENTRY', alternative, ...(alternative ? { score: normalizedScore - 1 } : {}) },
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
    context.add(draft(context, pair, 'FLAGGED', { code: 'DUPLICATE_LINES' }, { finding: 'DUPLICATE_LINE' }))
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
