import { referenceTokens } from '../references/reference-tokens.ts'
import type { MatchingContext } from './matching-context.ts'

/** A word with a number that open lines and open entries have in common, wherever it stands. */
export interface SharedToken {
  readonly token: string
  readonly lines: readonly number[]
  readonly entries: readonly number[]
}

const shortestToken = 5
const fewestDigits = 3
/** A word on more records than this is a product or a place, not a batch. */
const mostRecords = 2000
const isoDay = /^20\d{6}$/
const isoDayLength = 8

/**
 * Tokens that stand on both sides: batch numbers, settlement ids, structure ids, however the source spreads them over its
 * fields and texts. Only records the filters admit; in order of the token. Linear in the texts.
 */
export function sharedTokens(
  context: MatchingContext,
  admits: { line(line: number): boolean; entry(entry: number): boolean },
): SharedToken[] {
  const { lines, entries, references } = context
  const linesOf = new Map<string, number[]>()
  for (let line = 0; line < lines.count; line++) {
    if (!admits.line(line)) continue
    const text = lines.rows[line]?.references.remittanceText
    eachToken(references.lineKeys, references.keys, line, text, (token) => push(linesOf, token, line))
  }
  const entriesOf = new Map<string, number[]>()
  for (let entry = 0; entry < entries.count && linesOf.size > 0; entry++) {
    if (!admits.entry(entry)) continue
    const text = entries.rows[entry]?.references.description
    eachToken(references.entryKeys, references.keys, entry, text, (token) => {
      if (linesOf.has(token)) push(entriesOf, token, entry)
    })
  }
  const shared: SharedToken[] = []
  for (const token of [...entriesOf.keys()].sort()) {
    const onLines = linesOf.get(token) ?? []
    const onEntries = entriesOf.get(token) ?? []
    if (onLines.length <= mostRecords && onEntries.length <= mostRecords)
      shared.push({ token, lines: onLines, entries: onEntries })
  }
  return shared
}

function push(map: Map<string, number[]>, token: string, record: number): void {
  const list = map.get(token)
  if (list === undefined) map.set(token, [record])
  else if (list.at(-1) !== record && list.length <= mostRecords) list.push(record)
}

/** Every telling token of a record; one that stands there twice comes twice. */
function eachToken(
  columns: readonly Int32Array[],
  keys: readonly string[],
  record: number,
  text: string | undefined,
  use: (token: string) => void,
): void {
  for (const column of columns) {
    const key = column[record] ?? -1
    const token = key < 0 ? undefined : keys[key]
    if (token !== undefined && tells(token)) use(token)
  }
  if (text === undefined || text === '') return
  for (const { canonical } of referenceTokens(text, shortestToken)) if (tells(canonical)) use(canonical)
}

function tells(token: string): boolean {
  if (token.length < shortestToken || (token.length === isoDayLength && isoDay.test(token))) return false
  let digits = 0
  for (let at = 0; at < token.length; at++) {
    const code = token.charCodeAt(at)
    if (code >= 48 && code <= 57) digits++
  }
  return digits >= fewestDigits
}
