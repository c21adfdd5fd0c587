import {
  type CalibrationDecision,
  calibrateAutomatic,
  type Evidence,
  estimateWeights,
  type Match,
  missingPermission,
  ReconError,
  type ReviewItem,
  type WeightKey,
  type WeightObservation,
} from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'

const mostDecisions = 100_000
const page = 2000

/** What the decisions of people say about automatic matching. A report: no policy is changed by it. */
export async function calibrateDecisions(
  unit: UnitOfWork,
  query: { readonly maxErrorRate?: number; readonly confidence?: number },
) {
  const missing = missingPermission(unit.actor, 'item.view')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const decisions: CalibrationDecision[] = []
  const observations: WeightObservation[] = []
  for await (const { match, confirmed } of decidedMatches(unit)) {
    const score = match.evidence.reduce((sum, one) => sum + one.weight, 0)
    decisions.push({ id: match.id, score, confirmed })
    const levels = match.evidence.flatMap(levelOf)
    if (levels.length > 0) observations.push({ levels, confirmed })
  }
  const confirmed = decisions.filter((decision) => decision.confirmed).length
  const target = { maxErrorRate: query.maxErrorRate ?? 0.0005, confidence: query.confidence ?? 0.95 }
  const found = calibrateAutomatic(decisions, target)
  const rejected = decisions.length - confirmed
  const estimate = confirmed >= 20 && rejected >= 20 ? estimateWeights(observations) : undefined
  return {
    decisions: { confirmed, rejected },
    calibration:
      found.outcome === 'CALIBRATED'
        ? { ...found, heldOutNeeded: null }
        : { ...found, scoreAbove: null, heldOutErrors: null },
    weights: estimate === undefined ? null : { ...estimate.weights },
    observations: observations.length,
  }
}

/** Proposals a person confirmed or rejected, as far as the items still hold them. */
async function* decidedMatches(unit: UnitOfWork): AsyncGenerator<{ match: Match; confirmed: boolean }> {
  let after = ''
  for (let seen = 0; seen < mostDecisions; ) {
    const rows = await unit.db
      .selectFrom('item')
      .select(['id', 'body'])
      .where('tenant_id', '=', unit.tenantId)
      .where('version', '>', 1)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute()
    for (const row of rows) {
      const item = row.body as ReviewItem
      const rejected = new Set(item.rejectedMatchIds ?? [])
      for (const match of item.matches) {
        const confirmed = item.decision?.state === 'CONFIRMED' && item.decision.matchId === match.id
        if (match.evidence.length > 0 && (confirmed || rejected.has(match.id))) yield { match, confirmed }
      }
    }
    seen += rows.length
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) return
    after = last.id
  }
}

/** The level of a weight that a signal of the evidence stands for. */
function levelOf(evidence: Evidence): WeightKey[] {
  const { signal, verdict, reason } = evidence
  const agrees = verdict === 'AGREES'
  if (verdict === 'MISSING') return []
  switch (signal) {
    case 'AMOUNT':
      return [agrees ? 'AMOUNT.EQUAL' : 'AMOUNT.CLOSE']
    case 'DATE':
      return [dateLevel(Number(reason.params?.days ?? 0))]
    case 'NAME':
      return [agrees ? 'NAME.EXACT' : verdict === 'DISAGREES' ? 'NAME.DIFFERENT' : 'NAME.CLOSE']
    case 'IDENTIFIER':
    case 'REFERENCE_TEXT':
      return [agrees ? 'REFERENCE.QUOTED' : verdict === 'DISAGREES' ? 'REFERENCE.DIFFERENT' : 'REFERENCE.WEAK']
    case 'COUNTERPARTY_ACCOUNT':
      return [agrees ? 'COUNTERPARTY_ACCOUNT.EQUAL' : 'COUNTERPARTY_ACCOUNT.DIFFERENT']
    case 'INSTRUMENT':
      return [agrees ? 'INSTRUMENT.EQUAL' : 'INSTRUMENT.DIFFERENT']
    case 'ACCOUNT':
      return agrees ? ['ACCOUNT.EQUAL'] : []
    default:
      return []
  }
}

const dateLevels: readonly (readonly [number, WeightKey])[] = [
  [0, 'DATE.SAME'],
  [1, 'DATE.NEXT'],
  [3, 'DATE.DAYS_3'],
  [7, 'DATE.WEEK'],
  [14, 'DATE.FORTNIGHT'],
  [35, 'DATE.MONTH'],
  [95, 'DATE.QUARTER'],
]

function dateLevel(days: number): WeightKey {
  return dateLevels.find(([most]) => days <= most)?.[1] ?? 'DATE.FAR'
}
