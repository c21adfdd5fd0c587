import { createCounterpartySums } from './counterparty-sums.ts'
import { addGroup } from './group-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import type { NameNeighbour } from './name-neighbours.ts'
import { pairExclusion } from './pair-rules.ts'
import { addAlternatives } from './quoted-groups.ts'
import type { RecordColumns } from './side-columns.ts'
import {
  fitsGroup,
  type SumCandidate,
  type SumDirection,
  type SumSearch,
  searchNamedPool,
  searchSums,
} from './sum-search.ts'

/** Bits an anonymous sum must carry beyond one expected accident in all searches of the run together. */
const bitsWithout = 3
/** Records of a popular amount looked at for a one-to-one. */
const mostPartners = 40

/**
 * Groups by sum alone or by counterparty and sum: first one line to many entries, then many lines to one entry. All
 * candidates are collected before any is taken, and taken by strength, so that a coincidence never eats a better group.
 */
export function groupBySums(context: MatchingContext, neighboursOf: (name: number) => readonly NameNeighbour[]): void {
  const { lines, entries, policy } = context
  // A record an identifier names is explained by it, difference and all, before any sum.
  const namedLines = new Set(context.postponed.flatMap((draft) => draft.lines))
  const namedEntries = new Set(context.postponed.flatMap((draft) => draft.entries))
  const lineOpen = (line: number): boolean => context.lineOpen(line) && !namedLines.has(line)
  const entryOpen = (entry: number): boolean => context.entryOpen(entry) && !namedEntries.has(entry)
  const lineToEntries: SumDirection = {
    one: lines,
    many: entries,
    oneOpen: lineOpen,
    manyOpen: entryOpen,
    pair: (line, entry) => [line, entry],
    oneIsLine: true,
  }
  const entryToLines: SumDirection = {
    one: entries,
    many: lines,
    oneOpen: entryOpen,
    manyOpen: lineOpen,
    pair: (entry, line) => [line, entry],
    oneIsLine: false,
  }
  if (!policy.groups.search) return
  if (policy.groups.oneToMany) searchDirection(context, lineToEntries, neighboursOf)
  if (policy.groups.manyToOne) searchDirection(context, entryToLines, neighboursOf)
}

function searchDirection(
  context: MatchingContext,
  direction: SumDirection,
  neighboursOf: (name: number) => readonly NameNeighbour[],
): void {
  const byName = new Map<number, number[]>()
  const byAmount = new Map<number, number[]>()
  const open: number[] = []
  for (let index = 0; index < direction.many.count; index++) {
    if (!direction.manyOpen(index)) continue
    open.push(index)
    push(byName, direction.many.name[index] ?? -1, index)
  }
  if (open.length < 2) return
  sortByDay(open, direction.many)
  for (const index of open) push(byAmount, direction.many.amount[index] ?? 0, index)
  const ones = openOnes(direction)
  const search: SumSearch = {
    ...direction,
    bitsWithout: bitsWithout + Math.log2(ones.length + 1),
    explained: createExplained(context, direction, ones),
  }
  const reverse = direction.oneIsLine ? neighboursOf : reversedNeighbours(context, neighboursOf)
  let counterpartySums: ReturnType<typeof createCounterpartySums> | undefined
  const sumsOfCounterparties = (one: number): SumCandidate | undefined => {
    counterpartySums ??= createCounterpartySums(search, byName, ones.length)
    return counterpartySums(context, one)
  }
  const candidates: SumCandidate[] = []
  for (const one of ones) {
    if (hasPlausiblePartner(context, direction, one, byAmount)) continue
    if (context.budget.steps <= 0) break
    const name = direction.one.name[one] ?? -1
    const named =
      name < 0
        ? []
        : reverse(name)
            .filter((neighbour) => neighbour.level === 'EXACT' || neighbour.level === 'STRONG')
            .flatMap((neighbour) => byName.get(neighbour.name) ?? [])
    const found =
      searchNamedPool(context, search, one, named) ??
      (name < 0 ? sumsOfCounterparties(one) : undefined) ??
      (context.policy.counterparty === 'MUST_AGREE'
        ? undefined
        : searchSums(context, search, one, nearby(context, search, one, open), false))
    if (found !== undefined) candidates.push(found)
  }
  candidates.sort((a, b) => b.score - a.score || a.one - b.one)
  for (const candidate of candidates) take(context, direction, candidate)
}

function openOnes(direction: SumDirection): number[] {
  const ones: number[] = []
  for (let one = 0; one < direction.one.count; one++) if (direction.oneOpen(one)) ones.push(one)
  return ones
}

function sortByDay(records: number[], side: RecordColumns<unknown>): void {
  records.sort((a, b) => (side.day[a] ?? 0) - (side.day[b] ?? 0) || a - b)
}

/** Whether a record of the many side has a plausible one-to-one of its own. Worked out when asked, remembered. */
function createExplained(
  context: MatchingContext,
  direction: SumDirection,
  ones: readonly number[],
): (many: number) => boolean {
  const turned: SumDirection = {
    one: direction.many,
    many: direction.one,
    oneOpen: direction.manyOpen,
    manyOpen: direction.oneOpen,
    pair: (one, many) => direction.pair(many, one),
    oneIsLine: !direction.oneIsLine,
  }
  let byAmount: Map<number, number[]> | undefined
  const known = new Int8Array(direction.many.count)
  return (many) => {
    if (byAmount === undefined) {
      byAmount = new Map()
      const byDay = [...ones]
      sortByDay(byDay, direction.one)
      for (const one of byDay) push(byAmount, direction.one.amount[one] ?? 0, one)
    }
    if (known[many] === 0) known[many] = hasPlausiblePartner(context, turned, many, byAmount) ? 1 : -1
    return known[many] === 1
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Line names near an entry's name: the neighbours of every open line's name, turned round. */
function reversedNeighbours(
  context: MatchingContext,
  neighboursOf: (name: number) => readonly NameNeighbour[],
): (name: number) => readonly NameNeighbour[] {
  let reversed: Map<number, NameNeighbour[]> | undefined
  return (name) => {
    reversed ??= turnRound(context, neighboursOf)
    return reversed.get(name) ?? []
  }
}

function turnRound(
  context: MatchingContext,
  neighboursOf: (name: number) => readonly NameNeighbour[],
): Map<number, NameNeighbour[]> {
  const reversed = new Map<number, NameNeighbour[]>()
  const names = new Set<number>()
  for (let line = 0; line < context.lines.count; line++)
    if (context.lineOpen(line) && (context.lines.name[line] ?? -1) >= 0) names.add(context.lines.name[line] ?? -1)
  for (const lineName of [...names].sort((a, b) => a - b)) {
    for (const { name, level } of neighboursOf(lineName)) {
      const list = reversed.get(name)
      if (list === undefined) reversed.set(name, [{ name: lineName, level }])
      else list.push({ name: lineName, level })
    }
  }
  return reversed
}

/** A one-to-one of equal amount explains the record better than any sum. */
function hasPlausiblePartner(
  context: MatchingContext,
  direction: SumDirection,
  one: number,
  byAmount: ReadonlyMap<number, readonly number[]>,
): boolean {
  const equal = nearestInTime(byAmount.get(direction.one.amount[one] ?? 0) ?? [], direction, one)
  const basis = (many: number) =>
    (direction.one.name[one] ?? -1) >= 0 && direction.one.name[one] === direction.many.name[many] ? 'NAME' : 'AMOUNT'
  return equal.some((many) => {
    const [line, entry] = direction.pair(one, many)
    return pairExclusion(context, line, entry, basis(many)) === undefined
  })
}

/** Of records ordered by day those nearest to the record's own: a popular amount is not looked through as a whole. */
function nearestInTime(records: readonly number[], direction: SumDirection, one: number): readonly number[] {
  if (records.length <= mostPartners) return records
  const at = firstFrom(records, direction.many, direction.one.day[one] ?? 0)
  const from = Math.max(0, Math.min(at - mostPartners / 2, records.length - mostPartners))
  return records.slice(from, from + mostPartners)
}

/** Of records ordered by day the first whose day is at least `day`. */
function firstFrom(records: readonly number[], side: RecordColumns<unknown>, day: number): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((side.day[records[middle] ?? 0] ?? 0) < day) low = middle + 1
    else high = middle
  }
  return low
}

/** How many records a pool may hold before pairs of them make an amount of this size by chance. */
function largestTellingPool(amount: number, bitsNeeded: number): number {
  const pairs = (2 * Math.abs(amount)) / 2 ** bitsNeeded
  return Math.floor(Math.sqrt(2 * pairs)) + 1
}

/** Open records of the other side within the group window, nearest days first, at most a pool. */
function nearby(context: MatchingContext, direction: SumSearch, one: number, open: readonly number[]): number[] {
  const day = direction.one.day[one] ?? 0
  const { maximumPool } = context.policy.groups
  const low = firstFrom(open, direction.many, day)
  const pool: number[] = []
  const limit = Math.min(maximumPool, largestTellingPool(direction.one.amount[one] ?? 0, direction.bitsWithout))
  if (limit < 2) return pool
  let before = low - 1
  let after = low
  const reach = (context.policy.groups.dateWindow.maximum ?? 30) + 4
  for (let looked = 0; looked < limit * 6 && pool.length < limit; looked++) {
    const gapBefore = before < 0 ? Number.POSITIVE_INFINITY : day - (direction.many.day[open[before] ?? 0] ?? 0)
    const gapAfter = after >= open.length ? Number.POSITIVE_INFINITY : (direction.many.day[open[after] ?? 0] ?? 0) - day
    if (Math.min(gapBefore, gapAfter) > reach) break
    const many = gapBefore <= gapAfter ? open[before--] : open[after++]
    if (many === undefined || direction.explained(many)) continue
    if (fitsGroup(context, direction, one, many, false)) pool.push(many)
  }
  return pool
}

function take(context: MatchingContext, direction: SumDirection, candidate: SumCandidate): void {
  const { one, many, solutions, code, score } = candidate
  const sole = solutions.length === 1
  const added = addGroup(context, {
    lines: direction.oneIsLine ? [one] : many,
    entries: direction.oneIsLine ? many : [one],
    reason: sole
      ? { code, params: { items: many.length } }
      : { code: 'GROUP_AMBIGUOUS', params: { solutions: solutions.length } },
    score,
    solutions: solutions.length,
    explicit: false,
    ...(sole ? {} : { finding: 'AMBIGUOUS' as const }),
  })
  if (added && !sole && direction.oneIsLine)
    addAlternatives(context, [one], solutions.slice(1, context.policy.scored.candidates))
}
