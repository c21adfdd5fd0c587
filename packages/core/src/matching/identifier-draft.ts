import { normalizationSteps } from '../references/normalization-step.ts'
import { isExpectedVariance } from './amount-variance-rule.ts'
import type { Reason } from './evidence.ts'
import { bridgeOf, type IdentifierCandidate } from './identifier-candidates.ts'
import type { IdentifierBridge, MatchDraft, MatchFinding } from './match-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { type PairBasis, pairExclusion, withinWindow } from './pair-rules.ts'
import { keyedLineFields } from './reference-index.ts'

/** Bits of a link by its identifier: equal as received, after normalization, or with a difference. */
export const identifierScores = { exact: 24, normalized: 20, variance: 8 } as const

export function identifierDraft(
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
    score: rest.score ?? (exact ? identifierScores.exact : identifierScores.normalized),
    bridge,
    ...(rest.finding === undefined ? {} : { finding: rest.finding }),
    ...(rest.alternative === undefined ? {} : { alternative: rest.alternative }),
  }
}

export function basisOf(pair: IdentifierCandidate): PairBasis {
  const field = pair.quote?.lineField ?? keyedLineFields[pair.lineSlot]
  return field === 'checkNumber' ? 'CHECK_NUMBER' : 'REFERENCE'
}

const equalReason: Reason = { code: 'IDENTIFIER_EQUAL' }
const bridgedReasons = new Map<string, Reason>(
  normalizationSteps.map((step) => [step, { code: 'IDENTIFIER_EQUAL_AFTER', params: { step } }]),
)

/** Made for most lines of most runs: no field more than needed, reasons shared. */
export function automaticDraft(pair: IdentifierCandidate, bridge: IdentifierBridge): MatchDraft {
  const exact = pair.by === 'MAP' && bridge.step === undefined
  return {
    lines: [pair.line],
    entries: [pair.entry],
    pass: exact ? 'IDENTIFIER_EXACT' : 'IDENTIFIER_NORMALIZED',
    status: 'AUTO',
    kind: 'UNIQUE',
    reason: bridgedReasons.get(bridge.step ?? '') ?? equalReason,
    score: exact ? identifierScores.exact : identifierScores.normalized,
    bridge,
  }
}

export function noteRefusal(context: MatchingContext, pair: IdentifierCandidate, code: string): void {
  if (context.notes.has(pair.line)) return
  context.notes.set(pair.line, { code, params: { entry: context.entries.rows[pair.entry]?.id ?? '' } })
}

/** Equal identifier, unequal amount: expected for foreign exchange wires, otherwise a candidate with its difference. */
export function judgeDifference(context: MatchingContext, pair: IdentifierCandidate): boolean {
  const { policy } = context
  const expected = isExpectedVariance(context, pair.line, pair.entry)
  if (!expected && policy.amounts.beyondTolerance === 'REFUSE') {
    noteRefusal(context, pair, 'AMOUNT_DIFFERS')
    return false
  }
  const demands = context.demands(pair.line, pair.entry)
  if (demands !== undefined) {
    noteRefusal(context, pair, demands)
    return false
  }
  const found = identifierDraft(
    context,
    pair,
    'PROPOSED',
    { code: expected ? 'AMOUNT_VARIANCE_EXPECTED' : 'AMOUNT_DIFFERS' },
    { score: identifierScores.variance },
  )
  const minor = (context.lines.amount[pair.line] ?? 0) - (context.entries.amount[pair.entry] ?? 0)
  if (expected) context.add({ ...found, finding: 'EXPECTED_VARIANCE', adjustments: [{ kind: 'FX', minor }] })
  else context.postponed.push(found)
  return true
}

/** Equal identifier, other currency, and a reason to expect it: the hold until the difference is booked. */
export function judgeForeign(context: MatchingContext, pair: IdentifierCandidate): void {
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
    ...identifierDraft(
      context,
      pair,
      'PROPOSED',
      { code: 'AMOUNT_VARIANCE_EXPECTED' },
      { score: identifierScores.variance, finding: 'EXPECTED_VARIANCE' },
    ),
    adjustments: [{ kind: 'FX', minor: 0 }],
  })
}

/** A later payment of an entry whose first payment failed: proposed beside the flag, a person decides. */
export function judgeReplacement(context: MatchingContext, pair: IdentifierCandidate): void {
  if (pairExclusion(context, pair.line, pair.entry, basisOf(pair)) !== undefined) return
  context.add(identifierDraft(context, pair, 'PROPOSED', { code: 'REPLACEMENT_PAYMENT' }))
}
