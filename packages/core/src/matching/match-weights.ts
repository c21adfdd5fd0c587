/**
 * Agreement weights in bits, one per field and level: log2(m / u), m the share of true pairs that show the level, u the share
 * of chance pairs (Fellegi and Sunter 1969). Keys are `FIELD.LEVEL`, as in the policy's `scored.weights`.
 * AMOUNT.EQUAL and NAME.EXACT are what frequency adjustment adds to: a rare value counts for more, a common one for less.
 */
export const builtInWeights = {
  'AMOUNT.EQUAL': 0,
  'AMOUNT.CLOSE': -4,
  'DATE.SAME': 3,
  'DATE.NEXT': 2.5,
  'DATE.DAYS_3': 1.5,
  'DATE.WEEK': 0,
  'DATE.FORTNIGHT': -1.5,
  'DATE.MONTH': -3,
  'DATE.QUARTER': -4.5,
  'DATE.FAR': -6,
  'DATE.REVERSED': -1,
  'NAME.EXACT': 0,
  'NAME.STRONG': -0.5,
  'NAME.CLOSE': 2,
  'NAME.DIFFERENT': -10,
  'NAME.IN_TEXT': 4,
  'REFERENCE.QUOTED': 12,
  'REFERENCE.WEAK': 6,
  'REFERENCE.NEAR': 6,
  'REFERENCE.DIFFERENT': -12,
  'COUNTERPARTY_ACCOUNT.EQUAL': 10,
  'COUNTERPARTY_ACCOUNT.DIFFERENT': -4,
  'ACCOUNT.EQUAL': 1,
  'INSTRUMENT.EQUAL': 0.5,
  'INSTRUMENT.DIFFERENT': -4,
  /** A bank's own charge or interest against a payment of another kind. */
  'INSTRUMENT.CHARGE': -9,
} as const satisfies Record<string, number>

export type WeightKey = keyof typeof builtInWeights
export type WeightTable = Readonly<Record<WeightKey, number>>

/** The built-in table with the policy's own values over it; keys it does not know are left out. */
export function weightTable(overrides: Readonly<Record<string, number>> = {}): WeightTable {
  const table: Record<string, number> = { ...builtInWeights }
  for (const [key, bits] of Object.entries(overrides))
    if (key in builtInWeights && Number.isFinite(bits)) table[key] = bits
  return table as WeightTable
}

/** The levels one compared pair showed, one per field, and what a person said of it, where somebody did. */
export interface WeightObservation {
  readonly levels: readonly WeightKey[]
  readonly confirmed?: boolean
}

export interface WeightEstimate {
  /** For the policy's `scored.weights`. Levels never seen keep their built-in value. */
  readonly weights: WeightTable
  /** Share of the observations that are links. */
  readonly linkShare: number
  readonly method: 'DECISIONS' | 'EXPECTATION_MAXIMIZATION'
  /** Rounds until the estimate stood still; 1 with decisions. */
  readonly rounds: number
}

const smoothing = 0.5
const mostRounds = 200
const largestWeight = 14

/**
 * Weights from compared pairs. With at least 20 confirmed and 20 rejected pairs, from those decisions by counting (add-half
 * smoothing); otherwise from all pairs without labels by expectation maximization over two classes (Winkler 1988), started
 * from the built-in weights so that the first class stays the links. Deterministic.
 */
export function estimateWeights(observations: readonly WeightObservation[]): WeightEstimate {
  const decided = observations.filter((observation) => observation.confirmed !== undefined)
  const confirmed = decided.filter((observation) => observation.confirmed).length
  if (confirmed >= 20 && decided.length - confirmed >= 20) {
    const certainty = decided.map((observation) => (observation.confirmed ? 1 : 0))
    return {
      weights: ratiosOf(countLevels(decided, certainty)),
      linkShare: confirmed / decided.length,
      method: 'DECISIONS',
      rounds: 1,
    }
  }
  return maximizeExpectation(observations)
}

interface LevelCounts {
  readonly links: Map<WeightKey, number>
  readonly others: Map<WeightKey, number>
  readonly linkTotals: Map<string, number>
  readonly otherTotals: Map<string, number>
}

function fieldOf(key: WeightKey): string {
  return key.slice(0, key.indexOf('.'))
}

function countLevels(observations: readonly WeightObservation[], certainty: readonly number[]): LevelCounts {
  const counts: LevelCounts = { links: new Map(), others: new Map(), linkTotals: new Map(), otherTotals: new Map() }
  observations.forEach((observation, index) => {
    const link = certainty[index] ?? 0
    for (const key of observation.levels) {
      counts.links.set(key, (counts.links.get(key) ?? 0) + link)
      counts.others.set(key, (counts.others.get(key) ?? 0) + 1 - link)
      const field = fieldOf(key)
      counts.linkTotals.set(field, (counts.linkTotals.get(field) ?? 0) + link)
      counts.otherTotals.set(field, (counts.otherTotals.get(field) ?? 0) + 1 - link)
    }
  })
  return counts
}

function ratiosOf(counts: LevelCounts): WeightTable {
  const weights: Record<string, number> = { ...builtInWeights }
  for (const key of counts.links.keys()) {
    const field = fieldOf(key)
    const levels = [...counts.links.keys()].filter((other) => fieldOf(other) === field).length
    const m = ((counts.links.get(key) ?? 0) + smoothing) / ((counts.linkTotals.get(field) ?? 0) + smoothing * levels)
    const u = ((counts.others.get(key) ?? 0) + smoothing) / ((counts.otherTotals.get(field) ?? 0) + smoothing * levels)
    weights[key] = Math.max(-largestWeight, Math.min(largestWeight, Math.log2(m / u)))
  }
  return weights as WeightTable
}

function maximizeExpectation(observations: readonly WeightObservation[]): WeightEstimate {
  let weights: WeightTable = builtInWeights
  let linkShare = 0.2
  let rounds = 0
  while (rounds < mostRounds && observations.length > 0) {
    rounds++
    const prior = Math.log2(linkShare / (1 - linkShare))
    const certainty = observations.map((observation) => {
      if (observation.confirmed !== undefined) return observation.confirmed ? 1 : 0
      const bits = observation.levels.reduce((sum, key) => sum + weights[key], prior)
      return 1 / (1 + 2 ** -bits)
    })
    const total = certainty.reduce((sum, value) => sum + value, 0)
    const nextShare = Math.min(0.98, Math.max(0.02, total / observations.length))
    const next = ratiosOf(countLevels(observations, certainty))
    const moved = Object.keys(next).some((key) => Math.abs(next[key as WeightKey] - weights[key as WeightKey]) > 1e-4)
    weights = next
    const shareMoved = Math.abs(nextShare - linkShare) > 1e-6
    linkShare = nextShare
    if (!moved && !shareMoved) break
  }
  return { weights, linkShare, method: 'EXPECTATION_MAXIMIZATION', rounds }
}
