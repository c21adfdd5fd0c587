/** One proposal a person decided: its score in bits, and whether it was confirmed. */
export interface CalibrationDecision {
  /** Stable, for the split into halves. The match id. */
  readonly id: string
  readonly score: number
  readonly confirmed: boolean
}

export interface CalibrationTarget {
  /** Largest share of automatic matches that may be wrong: 0.0005 is one in two thousand. */
  readonly maxErrorRate: number
  /** How sure the promise is to hold: 0.95. */
  readonly confidence: number
}

export type Calibration =
  | {
      readonly outcome: 'CALIBRATED'
      /** Proposals with at least this score may be automatic (policy `automatic.scoreAbove`). The hard rules of ambiguity still hold. */
      readonly scoreAbove: number
      /** Upper bound of the error rate above that score, at the asked confidence. */
      readonly errorBound: number
      /** Held-out decisions above the score, and how many of them were rejections. */
      readonly heldOut: number
      readonly heldOutErrors: number
    }
  | {
      /** TOO_FEW_DECISIONS: even without an error the bound could not hold. NO_SCORE_IS_SAFE: the errors are too many. */
      readonly outcome: 'TOO_FEW_DECISIONS' | 'NO_SCORE_IS_SAFE'
      /** Held-out decisions that would be needed if none of them were wrong, and how many there are. */
      readonly heldOutNeeded: number
      readonly heldOut: number
      /** The best bound any score reached. */
      readonly errorBound: number
    }

/**
 * The score above which proposals may be confirmed automatically, so that with the given confidence at most `maxErrorRate`
 * of them are wrong. Decisions are split in halves by their id. One half proposes scores; the other, which had no say in
 * them, tests them from the strictest to the loosest and stops at the first that fails: the tests are nested, so their
 * joint confidence is that of one (fixed-sequence testing). Each test is the exact binomial bound of Clopper and Pearson (1934).
 */
export function calibrateAutomatic(decisions: readonly CalibrationDecision[], target: CalibrationTarget): Calibration {
  const needed = Math.ceil(Math.log(1 - target.confidence) / Math.log(1 - target.maxErrorRate))
  const proposing: CalibrationDecision[] = []
  const heldOut: CalibrationDecision[] = []
  const ordered = [...decisions].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (const decision of ordered) (hashOf(decision.id) & 1 ? heldOut : proposing).push(decision)
  let best: { scoreAbove: number; errorBound: number; heldOut: number; heldOutErrors: number } | undefined
  let lowestBound = 1
  for (const scoreAbove of proposedScores(proposing, needed)) {
    let above = 0
    let errors = 0
    for (const decision of heldOut) {
      if (decision.score < scoreAbove) break
      above++
      if (!decision.confirmed) errors++
    }
    const errorBound = clopperPearsonUpper(errors, above, target.confidence)
    lowestBound = Math.min(lowestBound, errorBound)
    if (errorBound > target.maxErrorRate) {
      // A score too strict to have enough decisions above it is no test: nothing was claimed yet.
      if (above < needed) continue
      break
    }
    best = { scoreAbove, errorBound, heldOut: above, heldOutErrors: errors }
  }
  if (best) return { outcome: 'CALIBRATED', ...best }
  const outcome = heldOut.length < needed ? 'TOO_FEW_DECISIONS' : 'NO_SCORE_IS_SAFE'
  return { outcome, heldOutNeeded: needed, heldOut: heldOut.length, errorBound: lowestBound }
}

/** Scores worth testing, strictest first: about twenty steps through the proposing half, each with enough decisions above it. */
function proposedScores(proposing: readonly CalibrationDecision[], needed: number): number[] {
  const scores: number[] = []
  const step = Math.max(1, Math.floor((proposing.length - needed) / 20))
  for (let rank = Math.max(needed - 1, 0); rank < proposing.length; rank += step) {
    const score = proposing[rank]?.score
    if (score !== undefined && score !== scores.at(-1)) scores.push(score)
  }
  const last = proposing.at(-1)?.score
  if (last !== undefined && last !== scores.at(-1) && proposing.length >= needed) scores.push(last)
  return scores
}

/** FNV-1a, 32 bits, folded: spreads ids that differ in one digit over both halves. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 3
}

/**
 * The largest error rate under which seeing at most `errors` in `trials` is not less likely than 1 - confidence. One-sided.
 * 1 when there are no trials.
 */
export function clopperPearsonUpper(errors: number, trials: number, confidence: number): number {
  if (errors >= trials) return 1
  let low = errors / trials
  let high = 1
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (binomialAtMost(errors, trials, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}

/** P(X <= errors) for X binomial, summed in the log domain from the largest term down. */
function binomialAtMost(errors: number, trials: number, rate: number): number {
  if (rate <= 0) return 1
  if (rate >= 1) return 0
  const odds = Math.log(rate) - Math.log1p(-rate)
  let term = trials * Math.log1p(-rate)
  let largest = term
  const terms = [term]
  for (let count = 1; count <= errors; count++) {
    term += Math.log((trials - count + 1) / count) + odds
    if (term > largest) largest = term
    terms.push(term)
  }
  let sum = 0
  for (const each of terms) sum += Math.exp(each - largest)
  return Math.min(1, Math.exp(largest + Math.log(sum)))
}
