import { ReconError } from '../recon-error.ts'
import { nameSimilarity } from '../references/counterparty-name.ts'
import type { Evidence, Reason } from './evidence.ts'
import { indexOfId } from './id-order.ts'
import type { MatchStatus } from './match.ts'
import type { MatchDraft } from './match-draft.ts'
import { matchId } from './match-render.ts'
import type { MatchingContext } from './matching-context.ts'
import { pairEvidence } from './pair-evidence.ts'
import { dateWindowOf, type PairBasis, pairExclusion } from './pair-rules.ts'

/** LINKED by the engine, PROPOSED or FLAGGED; EXCLUDED by a rule; OUTRANKED by another link; WEAK: nothing forbids it, too little speaks for it. */
export type PairVerdict = 'LINKED' | 'PROPOSED' | 'FLAGGED' | 'EXCLUDED' | 'OUTRANKED' | 'WEAK'

/** Why a pair is what it is in a run: for any line and any entry, also a pair that was never a candidate. */
export interface PairExplanation {
  readonly bankLineId: string
  readonly bookEntryId: string
  readonly verdict: PairVerdict
  /** Most telling first: what was decided, then who won instead. */
  readonly reasons: readonly Reason[]
  /** Every signal compared, as it would stand on a link of the two. */
  readonly evidence: readonly Evidence[]
  /** Sum of the evidence weights, in bits. */
  readonly bits: number
  /** The link that holds both, or the links that hold one of them. */
  readonly matchIds: readonly string[]
}

/**
 * Explains a pair by indexes of a finished run: which rule excluded it, which signal failed, or who won instead.
 */
export function explainPair(context: MatchingContext, line: number, entry: number): PairExplanation {
  const { lines, entries } = context
  const evidence = pairEvidence(context, line, entry)
  const bits = Math.round(evidence.reduce((sum, { weight }) => sum + weight, 0) * 10) / 10
  const base = {
    bankLineId: lines.rows[line]?.id ?? '',
    bookEntryId: entries.rows[entry]?.id ?? '',
    evidence,
    bits,
  }
  const ofLine = context.drafts.filter((draft) => draft.lines.includes(line) && draft.entries.length > 0)
  const ofEntry = context.drafts.filter((draft) => draft.entries.includes(entry))
  const shared = ofLine.filter((draft) => draft.entries.includes(entry))
  const held = shared.find((draft) => !draft.alternative) ?? shared[0]
  if (held !== undefined) {
    const verdict: Record<MatchStatus, PairVerdict> = { AUTO: 'LINKED', PROPOSED: 'PROPOSED', FLAGGED: 'FLAGGED' }
    return { ...base, verdict: verdict[held.status], reasons: [held.reason], matchIds: [idOf(context, held)] }
  }
  const winners = [...winnersOf(context, ofLine, 'LINE_HAS_BETTER'), ...winnersOf(context, ofEntry, 'ENTRY_HAS_BETTER')]
  const matchIds = [...ofLine, ...ofEntry].filter((draft) => !draft.alternative).map((draft) => idOf(context, draft))
  const excluded = exclusionOf(context, line, entry)
  if (excluded !== undefined) return { ...base, verdict: 'EXCLUDED', reasons: [excluded, ...winners], matchIds }
  if (winners.length > 0) return { ...base, verdict: 'OUTRANKED', reasons: winners, matchIds }
  return { ...base, verdict: 'WEAK', reasons: [{ code: 'SCORE_TOO_LOW', params: { bits } }], matchIds }
}

function idOf(context: MatchingContext, draft: MatchDraft): string {
  return matchId(
    draft.lines.map((line) => context.lines.rows[line]?.id ?? ''),
    draft.entries.map((entry) => context.entries.rows[entry]?.id ?? ''),
  )
}

function winnersOf(context: MatchingContext, drafts: readonly MatchDraft[], code: string): Reason[] {
  const best = drafts.find((draft) => !draft.alternative)
  if (best === undefined) return []
  const [side, members] =
    code === 'LINE_HAS_BETTER' ? [context.entries.rows, best.entries] : [context.lines.rows, best.lines]
  const winner = members.map((member) => side[member]?.id ?? '').join(', ')
  return [{ code, params: { winner: winner.slice(0, 200), reason: best.reason.code } }]
}

function exclusionOf(context: MatchingContext, line: number, entry: number): Reason | undefined {
  const basis = basisOf(context, line, entry)
  const code = pairExclusion(context, line, entry, basis)
  if (code === undefined) return undefined
  if (code === 'AMOUNT_DIFFERS' && (basis === 'NAME' || basis === 'AMOUNT')) return { code: 'AMOUNTS_UNEQUAL' }
  if (code !== 'OUTSIDE_WINDOW') return { code, params: {} }
  const days = Math.abs((context.lines.day[line] ?? 0) - (context.entries.day[entry] ?? 0))
  return { code, params: { days, most: dateWindowOf(context, basis).maximum ?? 'any', basis } }
}

function basisOf(context: MatchingContext, line: number, entry: number): PairBasis {
  const quote = context.references.quotes(line).find((found) => found.entry === entry)
  if (quote !== undefined) {
    if (quote.lineField === 'checkNumber') return 'CHECK_NUMBER'
    return quote.strength === 'STRONG' ? 'REFERENCE' : 'WEAK_REFERENCE'
  }
  const lineName = context.names[context.lines.name[line] ?? -1] ?? ''
  const entryName = context.names[context.entries.name[entry] ?? -1] ?? ''
  return nameSimilarity(lineName, entryName) >= 0.85 ? 'NAME' : 'AMOUNT'
}

/** @throws ReconError NOT_FOUND when the run has no record of that id */
export function recordIndex(rows: readonly { readonly id: string }[], id: string, kind: string): number {
  const index = indexOfId(rows, id)
  if (index >= 0) return index
  throw new ReconError(
    'NOT_FOUND',
    `The run has no ${kind} "${id.slice(0, 80)}". Explain pairs of the records that were matched.`,
    {
      place: id,
    },
  )
}
