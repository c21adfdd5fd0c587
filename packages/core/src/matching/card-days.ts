import { addGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { pairConflict } from './pair-rules.ts'
import { wholeSetBits } from './subset-evidence.ts'

/** A payout covers at most so many sales days (a long weekend), and settles at most so many days after the last of them. */
const mostDays = 5
const mostDelay = 6
const bitsNeeded = 3

interface Run {
  readonly entries: readonly number[]
  readonly fee: number
  readonly delay: number
}

/**
 * Card payouts without a batch id: the card entries of one sales day, or of a few days in a row (weekends), sum to the payout,
 * or to the payout plus a fee within the allowance (processors settle net of fees one to three days later).
 */
export function groupCardDays(context: MatchingContext): void {
  if (!context.policy.groups.oneToMany) return
  const byDay = cardEntriesByDay(context)
  if (byDay.size === 0) return
  const days = [...byDay.keys()].sort((a, b) => a - b)
  for (let line = 0; line < context.lines.count; line++) {
    if (!context.lineOpen(line) || context.lines.rows[line]?.instrument !== 'CARD') continue
    const runs = fittingRuns(context, line, days, byDay)
    const best = runs[0]
    if (best === undefined) continue
    const amounts = best.entries.map((entry) => context.entries.amount[entry] ?? 0)
    const bits = wholeSetBits(amounts, mostDays * mostDelay, best.fee)
    if (best.entries.length < 2 || (best.fee > 0 && bits < bitsNeeded)) continue
    const clear = runs.length === 1 || (best.fee === 0 && (runs[1]?.fee ?? 0) > 0)
    addGroup(context, {
      lines: [line],
      entries: best.entries,
      reason:
        best.fee === 0
          ? { code: 'GROUP_CARD_DAYS', params: { entries: best.entries.length } }
          : { code: 'GROUP_FEE_NETTED', params: { entries: best.entries.length, fee: best.fee } },
      score: 6 + Math.min(10, bits) - (clear ? 0 : 4),
      solutions: runs.length,
      explicit: false,
    })
  }
}

function cardEntriesByDay(context: MatchingContext): Map<number, number[]> {
  const byDay = new Map<number, number[]>()
  for (let entry = 0; entry < context.entries.count; entry++) {
    if (!context.entryOpen(entry) || context.entries.rows[entry]?.instrument !== 'CARD') continue
    const day = context.entries.day[entry] ?? 0
    const list = byDay.get(day)
    if (list === undefined) byDay.set(day, [entry])
    else list.push(entry)
  }
  return byDay
}

/** Runs of sales days whose total fits the payout: exact before netted, then the shortest delay. */
function fittingRuns(
  context: MatchingContext,
  line: number,
  days: readonly number[],
  byDay: ReadonlyMap<number, readonly number[]>,
): Run[] {
  const day = context.lines.day[line] ?? 0
  const amount = context.lines.amount[line] ?? 0
  const runs: Run[] = []
  for (const last of days) {
    const delay = day - last
    if (delay < 0 || delay > mostDelay) continue
    const entries: number[] = []
    for (let span = 0; span < mostDays; span++) {
      for (const entry of byDay.get(last - span) ?? []) if (belongs(context, line, entry)) entries.push(entry)
      const fee = nettedFee(context, amount, sumOf(context.entries.amount, entries), context.lines.currency[line] ?? 0)
      const repeated = runs.some((run) => run.entries.length === entries.length && run.delay === delay)
      if (fee !== undefined && entries.length > 0 && !repeated) runs.push({ entries: [...entries], fee, delay })
    }
  }
  return runs.sort(
    (a, b) => Number(a.fee > 0) - Number(b.fee > 0) || a.delay - b.delay || a.entries.length - b.entries.length,
  )
}

function belongs(context: MatchingContext, line: number, entry: number): boolean {
  if (!context.entryOpen(entry)) return false
  const conflict = pairConflict(context, line, entry)
  return conflict === undefined || (conflict === 'OPPOSITE_SIGN' && context.policy.groups.mixedSigns)
}
