import { wordSimilarity } from '../references/counterparty-name.ts'
import type { MatchingContext } from './matching-context.ts'
import { jaroWinkler } from './name-similarity.ts'
import { createTrigramIndex } from './trigram-index.ts'

/** How two counterparty names agree, from equal after normalization to nothing in common. */
export type NameLevel = 'EXACT' | 'STRONG' | 'CLOSE' | 'DIFFERENT'

/** Below this, names are not told apart from strangers' names. Measured on generated names with typing errors and rail truncation. */
const strong = 0.93
const close = 0.87
const mostRescored = 16
/** Rails cut names: 18 characters (BACS), 22 (ACH), 27 and 35 (SWIFT). */
const shortestCut = 15

/** The level of agreement of two normalized names: whole words in any order, a cut-off tail, or few typing errors. */
export function nameLevel(left: string, right: string): NameLevel {
  return levelOf(left, right, left.split(' '), right.split(' '))
}

function levelOf(left: string, right: string, leftWords: readonly string[], rightWords: readonly string[]): NameLevel {
  if (left === right) return 'EXACT'
  if (left === '' || right === '') return 'DIFFERENT'
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left]
  if (shorter.length >= shortestCut && longer.startsWith(shorter)) return 'STRONG'
  const words = wordSimilarity(leftWords, rightWords)
  if (words >= 0.9) return 'STRONG'
  const letters = jaroWinkler(left, right)
  if (letters >= strong && lastWordsAgree(left, right)) return 'STRONG'
  return letters >= close || words > 0.5 ? 'CLOSE' : 'DIFFERENT'
}

/** A long common beginning hides different ends: "HARBOUR SUPPLIES 12" is not "HARBOUR SUPPLIES 17". */
function lastWordsAgree(left: string, right: string): boolean {
  const first = left.slice(left.lastIndexOf(' ') + 1)
  const second = right.slice(right.lastIndexOf(' ') + 1)
  if (/\d/.test(first) || /\d/.test(second)) return first === second
  return jaroWinkler(first, second) >= 0.75 || first.startsWith(second) || second.startsWith(first)
}

export interface NameNeighbour {
  readonly name: number
  readonly level: NameLevel
}

const ofContext = new WeakMap<MatchingContext, (lineName: number) => readonly NameNeighbour[]>()

/** Ends a run: its neighbours are worked out again when asked. */
export function forgetNameNeighbours(context: MatchingContext): void {
  ofContext.delete(context)
}

/** The neighbours of one run, made once: entries closed since then are found and dropped by the caller. */
export function nameNeighboursOf(context: MatchingContext): (lineName: number) => readonly NameNeighbour[] {
  let neighbours = ofContext.get(context)
  if (neighbours === undefined) {
    neighbours = createNameNeighbours(context)
    ofContext.set(context, neighbours)
  }
  return neighbours
}

/**
 * The names of open entries that agree with a line's name, found through a trigram index over the distinct names: never all
 * pairs. Answers are remembered per name.
 */
function createNameNeighbours(context: MatchingContext): (lineName: number) => readonly NameNeighbour[] {
  const onEntries = new Set<number>()
  for (let entry = 0; entry < context.entries.count; entry++) {
    const name = context.entries.name[entry] ?? -1
    if (name >= 0 && context.entryOpen(entry)) onEntries.add(name)
  }
  const ids = [...onEntries].sort((a, b) => a - b)
  const index = createTrigramIndex(ids.map((name) => context.names[name] ?? ''))
  const known: (readonly NameNeighbour[] | undefined)[] = new Array(context.names.length)
  const words: (readonly string[] | undefined)[] = new Array(context.names.length)
  const wordsOf = (name: number): readonly string[] => {
    let found = words[name]
    if (found === undefined) {
      found = (context.names[name] ?? '').split(' ')
      words[name] = found
    }
    return found
  }
  return (lineName) => {
    if (lineName < 0) return []
    const remembered = known[lineName]
    if (remembered) return remembered
    const text = context.names[lineName] ?? ''
    const found: NameNeighbour[] = onEntries.has(lineName) ? [{ name: lineName, level: 'EXACT' }] : []
    for (const hit of index.search(text, mostRescored, 0.25)) {
      const name = ids[hit.name] ?? -1
      if (name === lineName) continue
      const level = levelOf(text, context.names[name] ?? '', wordsOf(lineName), wordsOf(name))
      if (level !== 'DIFFERENT') found.push({ name, level })
    }
    known[lineName] = found
    return found
  }
}
