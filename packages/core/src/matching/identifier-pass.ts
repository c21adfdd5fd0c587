import { automaticRefusal } from './automatic-rules.ts'
import {
  bridgeOf,
  type CandidateGraph,
  type IdentifierCandidate,
  identifierCandidates,
} from './identifier-candidates.ts'
import {
  automaticDraft,
  basisOf,
  identifierDraft,
  identifierScores,
  judgeDifference,
  judgeForeign,
  judgeReplacement,
  noteRefusal,
} from './identifier-draft.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { amountsAgree, pairExclusion } from './pair-rules.ts'
import { judgeShared, sharedComponent } from './shared-identifier.ts'

/**
 * Passes 4 and 5: what the identifiers join. Pairs that stand alone and agree are automatic where automatic-rules.ts allows it;
 * identifiers used more than once on either side are duplicates, groups or ambiguous, and never automatic.
 */
export const identifierPass: MatchingPass = (context) => {
  const graph = identifierCandidates(context)
  for (const pair of graph.foreign)
    if (!graph.ofLine.has(pair.line) && context.lineOpen(pair.line)) judgeForeign(context, pair)
  for (const pair of graph.replacements)
    if (!graph.ofLine.has(pair.line) && context.lineOpen(pair.line)) judgeReplacement(context, pair)
  const { count } = context.lines
  for (let line = 0; line < count; line++) {
    const only = soleCandidate(graph, line)
    if (only !== undefined) judgeAlone(context, graph, only)
  }
  const seen = new Set<number>()
  for (let line = 0; line < count; line++) {
    if (!graph.ofLine.has(line) || seen.has(line) || soleCandidate(graph, line) !== undefined) continue
    judgeShared(context, sharedComponent(graph, line, seen))
  }
}

function soleCandidate(graph: CandidateGraph, line: number): IdentifierCandidate | undefined {
  const only = graph.ofLine.sole(line)
  return only !== undefined && graph.ofEntry.sole(only.entry) !== undefined ? only : undefined
}

function judgeAlone(context: MatchingContext, graph: CandidateGraph, pair: IdentifierCandidate): void {
  const excluded = pairExclusion(context, pair.line, pair.entry, basisOf(pair))
  if (excluded === 'AMOUNT_DIFFERS') {
    judgeDifference(context, pair)
    return
  }
  if (excluded !== undefined) {
    noteRefusal(context, pair, excluded)
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
    identifierDraft(
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
      score: identifierScores.variance,
      finding: 'DUPLICATE_ENTRY',
    })
  }
}
