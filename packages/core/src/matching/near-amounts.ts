import type { MatchingContext } from './matching-context.ts'
import { minorLimit, pairConflict, pairExclusion, withinWindow } from './pair-rules.ts'
import type { PairScorer } from './pair-score.ts'

const mostLooked = 60
const toleratedSlack = 8

interface NearPair {
  readonly line: number
  readonly entry: number
  readonly score: number
}

/**
 * Proposals whose amounts differ within the policy: inside the tolerance, inside an expected payment's bounds, or, where the
 * counterparty agrees, off by up to `amounts.proposalFraction`. Strongest first, each record once.
 */
export function proposeNearAmounts(context: MatchingContext, scorer: PairScorer): void {
  const pairs: NearPair[] = []
  const reach = bandOf(context)
  for (let line = 0; line < context.lines.count && reach !== undefined; line++) {
    if (!context.lineOpen(line)) continue
    const amount = context.lines.amount[line] ?? 0
    const band = reach(amount, context.lines.currency[line] ?? 0)
    if (band > 0) collect(context, scorer, line, amount - band, amount + band, pairs)
  }
  collectBounded(context, scorer, pairs)
  pairs.sort((a, b) => b.score - a.score || a.line - b.line || a.entry - b.entry)
  for (const { line, entry, score } of pairs) {
    if (!context.lineOpen(line) || !context.entryOpen(entry)) continue
    context.add({
      lines: [line],
      entries: [entry],
      pass: 'SCORED',
      status: 'PROPOSED',
      kind: 'PARTIAL',
      reason: { code: 'SCORED_AMOUNT_NEAR' },
      score,
    })
  }
}

/** Half the width of the band of amounts around a line's, in minor units; undefined when the policy allows no difference. */
function bandOf(context: MatchingContext): ((amount: number, currency: number) => number) | undefined {
  const { tolerance, proposalFraction } = context.policy.amounts
  const fraction = Math.max(Number(proposalFraction), Number(tolerance.fraction ?? 0))
  const { acceptOverpayment } = context.policy.amounts
  if (fraction === 0 && tolerance.absolute === undefined && !acceptOverpayment) return undefined
  return (amount, currency) => {
    if (acceptOverpayment) return Math.abs(amount)
    const flat =
      tolerance.absolute === undefined ? 0 : minorLimit(tolerance.absolute, context.currencies[currency] ?? 'USD')
    // A fraction of the entry's amount: the entry may be larger than the line.
    return Math.max(flat, (Math.abs(amount) * fraction) / Math.max(0.01, 1 - fraction))
  }
}

function collect(
  context: MatchingContext,
  scorer: PairScorer,
  line: number,
  low: number,
  high: number,
  into: NearPair[],
): void {
  const { entriesByAmount, entries, lines } = context
  const own = lines.currency[line] ?? 0
  const currencies = context.policy.currency === 'IGNORE' ? context.currencies.map((_, index) => index) : [own]
  let looked = 0
  for (const currency of currencies) {
    for (let at = entriesByAmount.from(currency, Math.ceil(low)); at < entries.count && looked < mostLooked; at++) {
      const entry = entriesByAmount.order[at] ?? 0
      if (entries.currency[entry] !== currency || (entries.amount[entry] ?? 0) > high) break
      if (!context.entryOpen(entry)) continue
      looked++
      const score = nearScore(context, scorer, line, entry)
      if (score !== undefined) into.push({ line, entry, score })
    }
  }
}

function nearScore(context: MatchingContext, scorer: PairScorer, line: number, entry: number): number | undefined {
  const name = scorer.nameLevelOf(line, entry)
  const named = name === 'EXACT' || name === 'STRONG' || name === 'IN_TEXT'
  const excluded = pairExclusion(context, line, entry, named ? 'NAME' : 'AMOUNT')
  if (excluded === undefined && !named && context.policy.amounts.acceptOverpayment) return undefined
  if (excluded !== undefined && !(excluded === 'AMOUNT_DIFFERS' && named && withinFraction(context, line, entry)))
    return undefined
  const { score } = scorer.score(line, entry)
  // Amounts the policy itself calls equal are shown on weaker grounds than a difference it merely looks at.
  const least = context.policy.scored.minimumScore - (excluded === undefined ? toleratedSlack : 0)
  return score >= least ? score : undefined
}

function withinFraction(context: MatchingContext, line: number, entry: number): boolean {
  const fraction = Number(context.policy.amounts.proposalFraction)
  const booked = Math.abs(context.entries.amount[entry] ?? 0)
  const off = Math.abs((context.lines.amount[line] ?? 0) - (context.entries.amount[entry] ?? 0))
  return fraction > 0 && off <= fraction * booked && context.demands(line, entry) === undefined
}

/** Expected payments that take any amount within bounds: few, so each looks for its lines. */
function collectBounded(context: MatchingContext, scorer: PairScorer, into: NearPair[]): void {
  const { linesByAmount, lines, entries, policy } = context
  for (let entry = 0; entry < entries.count; entry++) {
    const bounds = entries.rows[entry]?.amountBounds
    if (bounds === undefined || !context.entryOpen(entry)) continue
    const currency = context.currencies.indexOf(bounds.minimum.currency)
    if (currency < 0) continue
    const low = minorOf(bounds.minimum.amount, bounds.minimum.currency)
    const high = minorOf(bounds.maximum.amount, bounds.maximum.currency)
    let looked = 0
    for (let at = linesByAmount.from(currency, low); at < lines.count && looked < mostLooked; at++) {
      const line = linesByAmount.order[at] ?? 0
      if (lines.currency[line] !== currency || (lines.amount[line] ?? 0) > high) break
      if (!context.lineOpen(line) || pairConflict(context, line, entry) !== undefined) continue
      looked++
      if (!withinWindow(policy.dates.withName, lines.day[line] ?? 0, entries.day[entry] ?? 0)) continue
      if (context.demands(line, entry) !== undefined) continue
      const { score } = scorer.score(line, entry)
      if (score >= policy.scored.minimumScore) into.push({ line, entry, score })
    }
  }
}

function minorOf(decimal: string, currency: string): number {
  return decimal.startsWith('-') ? -minorLimit(decimal.slice(1), currency) : minorLimit(decimal, currency)
}
