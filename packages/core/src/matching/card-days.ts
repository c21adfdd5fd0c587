import { type Instrument, instruments } from '../records/instrument.ts'
import { addGroup, nettedFee } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import type { RecordColumns } from './side-columns.ts'

/** A payout covers at most so many sales days (a long weekend), and settles at most so many days after the last of them. */
const mostDays = 4
const mostDelay = 5
/** Payouts of one processor keep their rate: rates this close support each other. */
const sameRate = 0.0012
/** More support than this makes no difference. */
const mostVotes = 50
const scores = { exact: 16, supported: 12, lone: 7 }

interface Run {
  readonly line: number
  readonly entries: readonly number[]
  readonly fee: number
  readonly rate: number
  readonly delay: number
  readonly days: number
}

/** What one instrument's entries of one day come to, per currency, account and (cards aside, which net refunds) direction. */
interface DayTotal {
  sum: number
  readonly entries: number[]
}
type DayTotals = ReadonlyMap<string, ReadonlyMap<number, DayTotal>>

const netted: Instrument = 'CARD'
/** Instruments that reach the bank bundled: payouts, deposits of cash and checks, payment runs. */
const bundled: readonly Instrument[] = [netted, 'CASH', 'CHECK', 'EFT', 'DIRECT_DEBIT']

/**
 * Payouts, deposits and payment runs without a batch number: the entries of one day, or of a few days in a row (weekends),
 * sum to the line; for cards also to the line plus a fee within the allowance (processors settle net of fees one to three days
 * later). A netted fee fits many sums by chance, so payouts vouch for each other: the reading whose rate and delay most other
 * payouts share is taken.
 */
export function groupCardDays(context: MatchingContext): void {
  if (!context.policy.groups.oneToMany || !context.policy.groups.search) return
  for (const instrument of bundled) {
    const totals = dayTotals(context, instrument)
    if (totals.size > 0) groupInstrument(context, instrument, totals)
  }
}

function groupInstrument(context: MatchingContext, instrument: Instrument, totals: DayTotals): void {
  const named = new Set(context.postponed.flatMap((draft) => draft.lines))
  const wanted = instruments.indexOf(instrument)
  const readings: Run[][] = []
  for (let line = 0; line < context.lines.count; line++) {
    if (!context.lineOpen(line) || context.lines.instrument[line] !== wanted || named.has(line)) continue
    const runs = fittingRuns(context, line, totals, instrument)
    if (runs.length > 0) readings.push(runs)
  }
  const support = createSupport(readings)
  for (const runs of readings) {
    const ranked = runs
      .map((run) => ({ run, votes: run.fee === 0 ? mostVotes + 1 : support(run) }))
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
    for (let at = low; at < list.length && votes < mostVotes; at++) {
      const other = list[at]
      if (other === undefined || other.rate > run.rate + sameRate) break
      if (other.line !== run.line) votes++
    }
    return votes
  }
}

function dayTotals(context: MatchingContext, instrument: Instrument): DayTotals {
  const { entries } = context
  const totals = new Map<string, Map<number, DayTotal>>()
  const wanted = instruments.indexOf(instrument)
  for (let entry = 0; entry < entries.count; entry++) {
    if (!context.entryOpen(entry) || entries.instrument[entry] !== wanted) continue
    const key = keyOf(context, instrument, entries, entry)
    let days = totals.get(key)
    if (days === undefined) {
      days = new Map()
      totals.set(key, days)
    }
    const day = entries.day[entry] ?? 0
    const total = days.get(day) ?? { sum: 0, entries: [] }
    total.sum += entries.amount[entry] ?? 0
    total.entries.push(entry)
    days.set(day, total)
  }
  return totals
}

function keyOf(context: MatchingContext, instrument: Instrument, side: RecordColumns<unknown>, record: number): string {
  const compared = context.accountsShared && context.policy.account !== 'IGNORE'
  const direction = instrument === netted ? '' : String(Math.sign(side.amount[record] ?? 0))
  return `${side.currency[record]}|${compared ? side.account[record] : ''}|${direction}`
}

/** Runs of days whose total fits the line. A run ends on a day with entries. */
function fittingRuns(context: MatchingContext, line: number, totals: DayTotals, instrument: Instrument): Run[] {
  const byDay = totals.get(keyOf(context, instrument, context.lines, line))
  if (byDay === undefined) return []
  const day = context.lines.day[line] ?? 0
  const amount = context.lines.amount[line] ?? 0
  const runs: Run[] = []
  for (let delay = 0; delay <= mostDelay; delay++) {
    let total = 0
    for (let days = 1; days <= mostDays; days++) {
      const sold = byDay.get(day - delay - days + 1)
      if (sold === undefined) {
        if (days === 1) break
        continue
      }
      total += sold.sum
      const fee = nettedFee(context, amount, total, context.lines.currency[line] ?? 0)
      if (fee === undefined || (fee > 0 && instrument !== netted)) continue
      const entries = Array.from({ length: days }, (_, back) => byDay.get(day - delay - back)?.entries ?? []).flat()
      runs.push({ line, entries, fee, rate: fee / Math.abs(total), delay, days })
    }
  }
  return runs
}
