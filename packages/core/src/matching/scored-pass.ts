import { type AmountBlock, type BlockTools, scoreBlock } from './amount-block.ts'
import { type ClassEdge, type ClassPairing, pairClasses } from './class-assignment.ts'
import type { Reason } from './evidence.ts'
import type { MatchDraft } from './match-draft.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { nameNeighboursOf } from './name-neighbours.ts'
import { proposeNearAmounts } from './near-amounts.ts'
import { createPairScorer } from './pair-score.ts'

/** Among so many equals a proposal would be a guess: nothing is proposed, and the line says why. */
const mostAlike = 3
const alikeBits = 1.6

/**
 * Proposals from amount, date, name and what else both sides say. Blocks of equal amount, scored pairs, the assignment with the
 * largest total, and the margin to the runner-up. Automatic only above a calibrated score the policy states.
 */
export const scoredPass: MatchingPass = (context) => {
  const tools: BlockTools = { scorer: createPairScorer(context), neighboursOf: nameNeighboursOf(context) }
  const { linesByAmount, lines } = context
  const { order, amounts } = linesByAmount
  for (let at = 0; at < order.length; ) {
    const first = order[at] ?? 0
    const currency = lines.currency[first] ?? 0
    const amount = amounts[at] ?? 0
    const open: number[] = []
    for (; at < order.length && amounts[at] === amount; at++) {
      const line = order[at] ?? 0
      if (lines.currency[line] !== currency) break
      if (context.lineOpen(line)) open.push(line)
    }
    if (open.length === 0) continue
    const entries = openEntriesOf(context, currency, amount)
    if (entries.length > 0) proposeBlock(context, scoreBlock(context, open, entries, tools))
  }
  proposeNearAmounts(context, tools.scorer)
}

function openEntriesOf(context: MatchingContext, currency: number, amount: number): number[] {
  const { entriesByAmount, policy } = context
  const found: number[] = []
  const currencies = policy.currency === 'IGNORE' ? context.currencies.map((_, index) => index) : [currency]
  for (const each of currencies) {
    const [from, to] = entriesByAmount.equal(each, amount)
    for (let at = from; at < to; at++) {
      const entry = entriesByAmount.order[at] ?? 0
      if (context.entryOpen(entry)) found.push(entry)
    }
  }
  return found
}

interface Rivals {
  /** Edges of each class, best first. */
  readonly ofRow: readonly (readonly ClassEdge[])[]
  readonly ofColumn: readonly (readonly ClassEdge[])[]
}

function proposeBlock(context: MatchingContext, block: AmountBlock): void {
  if (block.edges.length === 0) return
  const pairings = pairingsOf(block)
  const rivals = rivalsOf(block)
  const nextLine = block.lines.map(() => 0)
  const nextEntry = block.entries.map(() => 0)
  for (const { edge, count } of pairings) {
    const { row, column } = edge
    for (let pair = 0; pair < count; pair++) {
      const line = block.lines[row]?.members[nextLine[row] ?? 0]
      const entry = block.entries[column]?.members[nextEntry[column] ?? 0]
      nextLine[row] = (nextLine[row] ?? 0) + 1
      nextEntry[column] = (nextEntry[column] ?? 0) + 1
      if (line !== undefined && entry !== undefined) proposePair(context, block, rivals, edge, line, entry)
    }
  }
  proposeTies(context, block, rivals, nextLine)
}

function pairingsOf(block: AmountBlock): readonly ClassPairing[] {
  const [edge] = block.edges
  const sole = block.lines.length === 1 && block.entries.length === 1
  const count = Math.min(block.lines[0]?.members.length ?? 0, block.entries[0]?.members.length ?? 0)
  if (sole && edge !== undefined) return edge.gain > 0 ? [{ edge, count }] : []
  return pairClasses(
    block.lines.map((each) => each.members.length),
    block.entries.map((each) => each.members.length),
    block.edges,
  ).pairings
}

function rivalsOf(block: AmountBlock): Rivals {
  const ofRow: ClassEdge[][] = block.lines.map(() => [])
  const ofColumn: ClassEdge[][] = block.entries.map(() => [])
  for (const edge of block.edges) {
    ofRow[edge.row]?.push(edge)
    ofColumn[edge.column]?.push(edge)
  }
  for (const list of [...ofRow, ...ofColumn])
    list.sort((a, b) => b.gain - a.gain || a.row - b.row || a.column - b.column)
  return { ofRow, ofColumn }
}

function proposePair(
  context: MatchingContext,
  block: AmountBlock,
  rivals: Rivals,
  edge: ClassEdge,
  line: number,
  entry: number,
): void {
  const { policy } = context
  const lineClass = block.lines[edge.row]
  const entryClass = block.entries[edge.column]
  const twins = (lineClass?.members.length ?? 1) > 1 || (entryClass?.members.length ?? 1) > 1
  const otherEntry = rivals.ofRow[edge.row]?.find((other) => other.column !== edge.column)
  const otherLine = rivals.ofColumn[edge.column]?.find((other) => other.row !== edge.row)
  const margin = twins ? 0 : edge.gain - Math.max(otherEntry?.gain ?? -40, otherLine?.gain ?? -40)
  const score = edge.gain + policy.scored.minimumScore
  if (!twins && alike(rivals, edge) >= mostAlike) {
    context.notes.set(line, { code: 'SCORED_TOO_MANY_ALIKE', params: { alike: alike(rivals, edge) } })
    return
  }
  const clear = margin >= policy.scored.minimumMargin
  const automatic = policy.automatic.scoreAbove !== null && clear && score >= policy.automatic.scoreAbove
  const rival = otherEntry === undefined ? undefined : block.entries[otherEntry.column]?.first
  const draft: MatchDraft = {
    lines: [line],
    entries: [entry],
    pass: 'SCORED',
    status: automatic ? 'AUTO' : 'PROPOSED',
    kind: 'PARTIAL',
    reason: clear
      ? bestReason(Math.round(score))
      : { code: twins ? 'SCORED_TWINS' : 'SCORED_NEAR_TIE', params: { margin: Math.round(margin * 10) / 10 } },
    score,
    ...(clear ? {} : { finding: twins ? ('TWINS' as const) : ('AMBIGUOUS' as const) }),
    ...(rival === undefined || otherEntry === undefined
      ? {}
      : { runnerUp: { lines: [line], entries: [rival], margin: edge.gain - otherEntry.gain } }),
  }
  context.add(draft)
  for (const twin of (entryClass?.members ?? []).slice(0, policy.scored.candidates)) {
    if (twin !== entry) context.add({ ...alternativeOf(line, twin, score, 'SCORED_TWINS'), finding: 'TWINS' })
  }
  const further = rivals.ofRow[edge.row] ?? []
  for (const other of further.slice(0, policy.scored.candidates)) {
    const alternative = block.entries[other.column]?.first
    if (other.column === edge.column || other.gain <= 0 || alternative === undefined) continue
    context.add(alternativeOf(line, alternative, other.gain + policy.scored.minimumScore, 'SCORED_RUNNER_UP'))
  }
}

const bestReasons = new Map<number, Reason>()

/** Bits are few and links many: one reason per number of bits. */
function bestReason(bits: number): Reason {
  let reason = bestReasons.get(bits)
  if (reason === undefined) {
    reason = { code: 'SCORED_BEST', params: { bits } }
    bestReasons.set(bits, reason)
  }
  return reason
}

/** Other pairings of the line or the entry that are as good but for a bit or two. */
function alike(rivals: Rivals, edge: ClassEdge): number {
  const close = (other: ClassEdge): boolean => other !== edge && other.gain >= edge.gain - alikeBits
  return Math.max(
    (rivals.ofRow[edge.row] ?? []).filter(close).length,
    (rivals.ofColumn[edge.column] ?? []).filter(close).length,
  )
}

function alternativeOf(line: number, entry: number, score: number, code: string): MatchDraft {
  return {
    lines: [line],
    entries: [entry],
    pass: 'SCORED',
    status: 'PROPOSED',
    kind: 'PARTIAL',
    reason: { code },
    score,
    alternative: true,
  }
}

/** A line left over only because its equal took the entry: shown with that entry, as one of several answers. */
function proposeTies(context: MatchingContext, block: AmountBlock, rivals: Rivals, used: readonly number[]): void {
  if (context.policy.tieBreak !== 'NONE') return
  block.lines.forEach((lineClass, row) => {
    const best = rivals.ofRow[row]?.[0]
    const entry = best === undefined ? undefined : block.entries[best.column]?.first
    if (best === undefined || entry === undefined || best.gain <= 0) return
    const holder = rivals.ofColumn[best.column]?.[0]
    if (holder === undefined || holder.gain - best.gain >= context.policy.scored.minimumMargin) return
    for (const line of lineClass.members.slice(used[row] ?? 0)) {
      if (!context.lineOpen(line)) continue
      context.add({
        ...alternativeOf(line, entry, best.gain + context.policy.scored.minimumScore, 'SCORED_TIE_TAKEN'),
        finding: 'AMBIGUOUS',
      })
    }
  })
}
