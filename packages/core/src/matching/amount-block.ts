import type { ClassEdge } from './class-assignment.ts'
import type { MatchingContext } from './matching-context.ts'
import type { NameNeighbour } from './name-neighbours.ts'
import { pairConflict, pairExclusion } from './pair-rules.ts'
import type { PairScorer } from './pair-score.ts'
import type { RecordColumns } from './side-columns.ts'

/** Identical records of one block: nothing the engine compares tells them apart. */
export interface RecordClass {
  readonly members: readonly number[]
  readonly first: number
}

/** Open lines and open entries of one amount, as classes, with the pairings worth considering. */
export interface AmountBlock {
  readonly lines: readonly RecordClass[]
  readonly entries: readonly RecordClass[]
  readonly edges: readonly ClassEdge[]
}

/** Blocks up to this many pairs are scored in full; larger ones by tiers. */
const mostPairs = 1024
const mostPerTier = 8

export interface BlockTools {
  readonly scorer: PairScorer
  readonly neighboursOf: (name: number) => readonly NameNeighbour[]
}

/** The scored pairings of one amount. Work grows with the number of classes, never with the square of the records. */
export function scoreBlock(
  context: MatchingContext,
  lines: readonly number[],
  entries: readonly number[],
  tools: BlockTools,
): AmountBlock {
  const small = lines.length === 1 && entries.length === 1
  const lineClasses = small ? singles(lines) : classesOf(context.lines, lines, (line) => lineTraits(context, line))
  const entryClasses = small
    ? singles(entries)
    : classesOf(context.entries, entries, (entry) => entryTraits(context, entry))
  const edges: ClassEdge[] = []
  const consider = (row: number, column: number): void => {
    const line = lineClasses[row]?.first ?? 0
    const entry = entryClasses[column]?.first ?? 0
    // Pairs no name could save are the most, and cost least to tell.
    if (pairConflict(context, line, entry) !== undefined) return
    const level = tools.scorer.nameLevelOf(line, entry)
    const named = level === 'EXACT' || level === 'STRONG' || level === 'IN_TEXT'
    const quoted = context.references.quotes(line).some((quote) => quote.entry === entry)
    const basis = quoted ? 'WEAK_REFERENCE' : named ? 'NAME' : 'AMOUNT'
    if (pairExclusion(context, line, entry, basis) !== undefined) return
    edges.push({ row, column, gain: tools.scorer.score(line, entry).score - context.policy.scored.minimumScore })
  }
  if (lineClasses.length * entryClasses.length <= mostPairs) {
    for (let row = 0; row < lineClasses.length; row++)
      for (let column = 0; column < entryClasses.length; column++) consider(row, column)
  } else considerByTiers(context, lineClasses, entryClasses, tools, consider)
  return { lines: lineClasses, entries: entryClasses, edges }
}

function singles(records: readonly number[]): RecordClass[] {
  return records.map((record) => ({ members: [record], first: record }))
}

function classesOf(
  side: RecordColumns<unknown>,
  records: readonly number[],
  traits: (record: number) => string,
): RecordClass[] {
  if (records.length <= mostCompared) return comparedClasses(side, records, traits)
  const classes = new Map<string, number[]>()
  for (const record of records) {
    const key = `${side.day[record]}|${side.name[record]}|${side.account[record]}|${side.instrument[record]}|${traits(record)}`
    const members = classes.get(key)
    if (members === undefined) classes.set(key, [record])
    else members.push(record)
  }
  return [...classes.values()].map((members) => ({ members, first: members[0] ?? 0 }))
}

/** Up to so many records are compared one by one: what they say in full is read only of those that agree in all else. */
const mostCompared = 64

function comparedClasses(
  side: RecordColumns<unknown>,
  records: readonly number[],
  traits: (record: number) => string,
): RecordClass[] {
  const classes: { readonly members: number[]; readonly first: number; traits: string | undefined }[] = []
  for (const record of records) {
    let own: string | undefined
    const same = classes.find((other) => {
      if (!agreesInColumns(side, record, other.first)) return false
      other.traits ??= traits(other.first)
      own ??= traits(record)
      return other.traits === own
    })
    if (same !== undefined) same.members.push(record)
    else classes.push({ members: [record], first: record, traits: own })
  }
  return classes
}

function agreesInColumns(side: RecordColumns<unknown>, left: number, right: number): boolean {
  return (
    side.day[left] === side.day[right] &&
    side.name[left] === side.name[right] &&
    side.account[left] === side.account[right] &&
    side.instrument[left] === side.instrument[right]
  )
}

/** What else the score reads. A line that quotes an entry, or holds a reference, is alike only to itself. */
function lineTraits(context: MatchingContext, line: number): string {
  const row = context.lines.rows[line]
  return `${row?.counterparty?.account ?? ''}|${JSON.stringify(row?.references ?? {})}`
}

function entryTraits(context: MatchingContext, entry: number): string {
  const row = context.entries.rows[entry]
  return `${row?.counterparty?.account ?? ''}|${JSON.stringify(row?.references ?? {})}`
}

/** For each class of lines: entries of its name, of names near it, whose references it quotes, and those nearest in time. */
function considerByTiers(
  context: MatchingContext,
  lineClasses: readonly RecordClass[],
  entryClasses: readonly RecordClass[],
  tools: BlockTools,
  consider: (row: number, column: number) => void,
): void {
  const byName = new Map<number, number[]>()
  const byDay = entryClasses.map((_, column) => column)
  const dayOf = (column: number): number => context.entries.day[entryClasses[column]?.first ?? 0] ?? 0
  byDay.sort((a, b) => dayOf(a) - dayOf(b) || a - b)
  const columnOf = new Map<number, number>()
  for (const column of byDay) {
    const name = context.entries.name[entryClasses[column]?.first ?? 0] ?? -1
    const list = byName.get(name)
    if (list === undefined) byName.set(name, [column])
    else list.push(column)
    for (const entry of entryClasses[column]?.members ?? []) columnOf.set(entry, column)
  }
  lineClasses.forEach((lineClass, row) => {
    const line = lineClass.first
    const day = context.lines.day[line] ?? 0
    const chosen = new Set<number>()
    for (const quote of context.references.quotes(line)) {
      const column = columnOf.get(quote.entry)
      if (column !== undefined && chosen.size < mostPerTier) chosen.add(column)
    }
    const name = context.lines.name[line] ?? -1
    for (const neighbour of name < 0 ? [] : tools.neighboursOf(name))
      addNearest(byName.get(neighbour.name) ?? [], day, dayOf, mostPerTier, chosen)
    if (chosen.size === 0) addNearest(name < 0 ? byDay : (byName.get(-1) ?? []), day, dayOf, mostPerTier * 2, chosen)
    if (chosen.size === 0) addNearest(byDay, day, dayOf, mostPerTier, chosen)
    for (const column of [...chosen].sort((a, b) => a - b)) consider(row, column)
  })
}

/** The columns nearest to a day, of a list ordered by day. */
function addNearest(
  columns: readonly number[],
  day: number,
  dayOf: (column: number) => number,
  limit: number,
  into: Set<number>,
): void {
  let low = 0
  let high = columns.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dayOf(columns[middle] ?? 0) < day) low = middle + 1
    else high = middle
  }
  let before = low - 1
  let after = low
  for (let taken = 0; taken < limit && (before >= 0 || after < columns.length); taken++) {
    const gapBefore = before >= 0 ? day - dayOf(columns[before] ?? 0) : Number.POSITIVE_INFINITY
    const gapAfter = after < columns.length ? dayOf(columns[after] ?? 0) - day : Number.POSITIVE_INFINITY
    const column = gapBefore <= gapAfter ? columns[before--] : columns[after++]
    if (column !== undefined) into.add(column)
  }
}
