import { ReconError } from '../recon-error.ts'

/** Ids order by length, then by code unit: cheap, total, and natural for numbered ids. */
export function compareIds(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : left > right ? 1 : 0
}

interface Identified {
  readonly id: string
}

const mostPacked = 2 ** 21
const mostDigits = 9
const fewestNumbered = 32

/**
 * Rows in the order of `compareIds`; the same array when they are in it already.
 * @throws ReconError RECORD_DUPLICATE_ID naming the id
 */
export function inIdOrder<Row extends Identified>(rows: readonly Row[], side: string): readonly Row[] {
  if (isOrdered(rows)) return rows
  // Rows lie anywhere in memory: their ids are read once.
  const ids = rows.map((row) => row.id)
  const byLength: (number[] | undefined)[] = []
  for (let at = 0; at < ids.length; at++) {
    const length = ids[at]?.length ?? 0
    const bucket = byLength[length]
    if (bucket === undefined) byLength[length] = [at]
    else bucket.push(at)
  }
  const ordered: Row[] = []
  for (const bucket of byLength) {
    if (bucket === undefined) continue
    const sorted = numbered(ids, bucket) ?? bucket.sort((left, right) => compareIds(ids[left] ?? '', ids[right] ?? ''))
    let before: string | undefined
    for (const at of sorted) {
      const id = ids[at] ?? ''
      if (id === before) throw duplicateId(id, side)
      before = id
      ordered.push(rows[at] as Row)
    }
  }
  return ordered
}

function duplicateId(id: string, side: string): ReconError {
  const message = `Two ${side} have the id "${id.slice(0, 80)}". Ids must be unique.`
  return new ReconError('RECORD_DUPLICATE_ID', message, { place: id })
}

function isOrdered(rows: readonly Identified[]): boolean {
  for (let index = 1; index < rows.length; index++) {
    if (compareIds(rows[index - 1]?.id ?? '', rows[index]?.id ?? '') >= 0) return false
  }
  return true
}

/**
 * Of ids of one length that share a beginning and end in at most nine digits, their places in order: number and place packed into
 * one double and sorted natively, instead of a million comparisons of strings. Undefined where the ids are of another shape.
 */
function numbered(ids: readonly string[], bucket: readonly number[]): readonly number[] | undefined {
  const first = ids[bucket[0] ?? 0] ?? ''
  if (bucket.length > mostPacked || bucket.length < fewestNumbered) return undefined
  let shared = first.length
  while (shared > 0 && shared > first.length - mostDigits && isDigit(first.charCodeAt(shared - 1))) shared--
  const packed = new Float64Array(bucket.length)
  for (let at = 0; at < bucket.length; at++) {
    const id = ids[bucket[at] ?? 0] ?? ''
    for (let letter = 0; letter < shared; letter++)
      if (id.charCodeAt(letter) !== first.charCodeAt(letter)) return undefined
    let number = 0
    for (let letter = shared; letter < id.length; letter++) {
      const code = id.charCodeAt(letter)
      if (!isDigit(code)) return undefined
      number = number * 10 + code - 48
    }
    packed[at] = number * mostPacked + at
  }
  packed.sort()
  return Array.from(packed, (value) => bucket[value % mostPacked] ?? 0)
}

/** The place of an id among rows in the order of their ids, or -1. */
export function indexOfId(rows: readonly Identified[], id: string): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareIds(rows[middle]?.id ?? '', id) < 0) low = middle + 1
    else high = middle
  }
  return rows[low]?.id === id ? low : -1
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
