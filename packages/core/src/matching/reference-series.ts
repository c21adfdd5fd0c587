import type { MatchingContext } from './matching-context.ts'
import { keyedEntryFields } from './reference-index.ts'
import { recordTraits } from './side-columns.ts'

const seriesAndCode = /^(\p{L}{2,12})[-_/.: ]{1,2}([\p{L}\p{N}]{4,30})$/u
const seriesInFront = /(?:^|[^\p{L}\p{N}])(\p{L}{2,12})[-_/.:]?$/u
const longestText = 1000
const separators = '-_/.: '

interface SeriesCode {
  readonly series: string
  readonly code: string
}

/**
 * Whether a line speaks of something else than an entry: it quotes a closed entry and not this one, which has a reference of its
 * own; or it carries this entry's number under the prefix of another series (`WRONG-1Z3AS` for `DUMMY-1Z3AS`).
 */
export function createSeriesRule(context: MatchingContext): (line: number, entry: number) => boolean {
  const { references, entries, lines, policy } = context
  if (policy.references.mode === 'IGNORE') return () => false
  const texts: (string | undefined)[] = new Array(lines.count)
  const codes: (readonly SeriesCode[] | undefined)[] = new Array(entries.count)
  const quotesClosed: (boolean | undefined)[] = new Array(lines.count)
  let anyClosed = false
  for (const traits of entries.traits) anyClosed ||= (traits & recordTraits.CLOSED) > 0
  const textOf = (line: number): string => {
    let text = texts[line]
    if (text === undefined) {
      const row = lines.rows[line]?.references
      text = (row?.remittanceText ?? row?.endToEndId ?? '').slice(0, longestText).toUpperCase()
      texts[line] = text
    }
    return text
  }
  const codesOf = (entry: number): readonly SeriesCode[] => {
    let found = codes[entry]
    if (found === undefined) {
      found = codesOfEntry(context, entry)
      codes[entry] = found
    }
    return found
  }
  const namesClosed = (line: number): boolean => {
    let named = quotesClosed[line]
    if (named === undefined) {
      named = references
        .quotes(line)
        .some((quote) => quote.strength === 'STRONG' && ((entries.traits[quote.entry] ?? 0) & recordTraits.CLOSED) > 0)
      quotesClosed[line] = named
    }
    return named
  }
  const otherSeries = (line: number, entry: number): boolean => {
    const spoken = codesOf(entry)
    if (spoken.length === 0) return false
    const text = textOf(line)
    return text !== '' && spoken.some((code) => isOfOtherSeries(text, code, policy.references.prefixes))
  }
  return (line, entry) => {
    if (anyClosed && namesClosed(line)) {
      const quoted = references.quotes(line).some((quote) => quote.entry === entry)
      if (!quoted && references.entryKeys.some((column) => (column[entry] ?? -1) >= 0)) return true
    }
    if (!otherSeries(line, entry)) return false
    return !references.quotes(line).some((quote) => quote.entry === entry && quote.strength === 'STRONG')
  }
}

const none: readonly SeriesCode[] = []

/** No digit in front, and a separator somewhere: what is no series is told at a glance. */
function beginsLikeSeries(value: string): boolean {
  if (value.charCodeAt(0) < 65) return false
  for (let at = 1; at < value.length; at++) if (separators.includes(value.charAt(at))) return true
  return false
}

function codesOfEntry(context: MatchingContext, entry: number): readonly SeriesCode[] {
  if (context.references.entryKeyed[entry] === 0) return none
  let found: SeriesCode[] | undefined
  for (const field of keyedEntryFields) {
    const value = context.entries.rows[entry]?.references[field]
    if (value === undefined || value.length > 50 || value.length < 7 || !beginsLikeSeries(value)) continue
    const parts = seriesAndCode.exec(value.toUpperCase())
    const series = parts?.[1]
    const code = parts?.[2]
    if (series === undefined || code === undefined || !/\d/.test(code)) continue
    found ??= []
    found.push({ series, code })
  }
  return found ?? none
}

function isOfOtherSeries(text: string, { series, code }: SeriesCode, generic: readonly string[]): boolean {
  const at = text.indexOf(code)
  if (at < 0 || /^[\p{L}\p{N}]/u.test(text.slice(at + code.length, at + code.length + 1))) return false
  const front = seriesInFront.exec(text.slice(Math.max(0, at - 20), at))?.[1]
  return front !== undefined && front !== series && !generic.includes(front)
}
