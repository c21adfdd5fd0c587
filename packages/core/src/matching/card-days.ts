import { addGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { pairConflict } from './pair-rules.ts'

/** A payout covers at most so many sales days (a long weekend), and settles at most so many days after the last of them. */
const mostDays = 4
const mostDelay = 5
/** Payouts of one processor keep their rate: rates this close support each other. */
const sameRate = 0.0012
const scores = { exact: 16, supported: 12, lone: 7 }

interface Run {
  readonly line: number
  readonly entries: readonly number[]
  readonly fee: number
  readonly rate: number
  readonly delay: number
  readonly days: number
}

/**
 * Card payouts without a batch id: the card entries of one sales day, or of a few days in a row (weekends), sum to the payout,
 * or to the payout plus a fee within the allowance (processors settle net of fees one to three days later). A netted fee fits
 * many sums by chance, so payouts vouch for each other: the reading whose rate and delay most other payouts share is taken.
 */
export function groupCardDays(context: MatchingContext): void {
  if (!context.policy.groups.oneToMany) return
  const byDay = cardEntriesByDay(context)
  if (byDay.size === 0) return
  const readings: Run[][] = []
  for (let line = 0; line < context.lines.count; line++) {
    if (!context.lineOpen(line) || context.lines.rows[line]?.instrument !== 'CARD') continue
    const runs = fittingRuns(context, line, byDay)
    if (runs.length > 0) readings.push(runs)
  }
  const support = createSupport(readings)
  for (const runs of readings) {
    const ranked = runs
      .map((run) => ({ run, votes: run.fee === 0 ? Number.POSITIVE_INFINITY : support(run) }))
      .sort((a, b) => b.votes - a.votes || a.run.days - b.run.days || a.run.delay - b.run.delay)
    const best = ranked[0]
    if (best === undefined) continue
    const lone = best.votes < 2
    if (lone && (readings.length >= 4 || runs.length > 1)) continue
    propose(context, best.run, runs.length, best.run.fee === 0 ? scores.exact : lone ? scores.lone : scores.supported)
  }
}

function propose(context: MatchingContext, run: Run, readings: number, score: number): void {
  if (run.entries.length < 2) return
  addGroup(context, {
    lines: [run.line],
    entries: run.entries,
    reason:
      run.fee === 0
        ? { code: 'GROUP_CARD_DAYS', params: { entries: run.entries.length } }
        : { code: 'GROUP_FEE_NETTED', params: { entries: run.entries.length, fee: run.fee } },
    score,
    solutions: readings,
    explicit: false,
  })
}

/** How many other payouts can be read with the same delay, span and nearly the same rate. */
function createSupport(readings: readonly (readonly Run[])[]): (run: Run) => number {
  const byShape = new Map<string, { readonly line: number; readonly rate: number }[]>()
  for (const run of readings.flat()) {
    const key = `${run.delay}|${run.days}`
    const list = byShape.get(key)
    if (list === undefined) byShape.set(key, [run])
    else list.push(run)
  }
  for (const list of byShape.values()) list.sort((a, b) => a.rate - b.rate || a.line - b.line)
  return (run) => {
    const list = byShape.get(`${run.delay}|${run.days}`) ?? []
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.rate ?? 0) < run.rate - sameRate) low = middle + 1
      else high = middle
    }
    let votes = 0
    for (let at = low; at < list.length && votes < 50; at++) {
      const other = list[at]
      if (other === undefined || other.rate > run.rate + sameRate) break
      if (other.line !== run.line) votes++
    }
    return votes
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

/** Runs of sales days whose total fits the payout. A run starts and ends on days with sales. */
function fittingRuns(context: MatchingContext, line: number, byDay: ReadonlyMap<number, readonly number[]>): Run[] {
  const day = context.lines.day[line] ?? 0
  const amount = context.lines.amount[line] ?? 0
  const runs: Run[] = []
  for (let delay = 0; delay <= mostDelay; delay++) {
    const entries: number[] = []
    for (let days = 1; days <= mostDays; days++) {
      const sold = (byDay.get(day - delay - days + 1) ?? []).filter((entry) => belongs(context, line, entry))
      if (sold.length === 0) {
        if (days === 1) break
        continue
      }
      entries.push(...sold)
      const total = sumOf(context.entries.amount, entries)
      const fee = nettedFee(context, amount, total, context.lines.currency[line] ?? 0)
      if (fee !== undefined) runs.push({ line, entries: [...entries], fee, rate: fee / Math.abs(total), delay, days })
    }
  }
  return runs
}

function belongs(context: MatchingContext, line: number, entry: number): boolean {
  if (!context.entryOpen(entry)) return false
  const conflict = pairConflict(context, line, entry)
  return conflict === undefined || (conflict === 'OPPOSITE_SIGN' && context.policy.groups.mixedSigns)
}
