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

/**
 * Rows in the order of `compareIds`; the same array when they are in it already.
 * @throws ReconError RECORD_DUPLICATE_ID naming the id
 */
export function inIdOrder<Row extends Identified>(rows: readonly Row[], side: string): readonly Row[] {
  if (isOrdered(rows)) return rows
  const byLength: (Row[] | undefined)[] = []
  for (const row of rows) {
    const bucket = byLength[row.id.length]
    if (bucket === undefined) byLength[row.id.length] = [row]
    else bucket.push(row)
  }
  const ordered: Row[] = []
  for (const bucket of byLength) {
    if (bucket === undefined) continue
    for (const row of numbered(bucket) ?? bucket.sort((left, right) => compareIds(left.id, right.id))) ordered.push(row)
  }
  for (let index = 1; index < ordered.length; index++) {
    if (ordered[index - 1]?.id === ordered[index]?.id) throw duplicateId(ordered[index]?.id ?? '', side)
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
 * Rows of one id length whose ids share a beginning and end in at most nine digits, ordered by packing number and place into one
 * double: a native sort instead of a million comparisons of strings. Undefined where the ids are of another shape.
 */
function numbered<Row extends Identified>(rows: readonly Row[]): readonly Row[] | undefined {
  const first = rows[0]?.id ?? ''
  if (rows.length > mostPacked || rows.length < 32) return undefined
  let shared = first.length
  for (const { id } of rows) {
    let same = 0
    while (same < shared && id.charCodeAt(same) === first.charCodeAt(same)) same++
    shared = same
    if (first.length - shared > mostDigits) return undefined
  }
  const packed = new Float64Array(rows.length)
  for (let index = 0; index < rows.length; index++) {
    const number = digitsFrom(rows[index]?.id ?? '', shared)
    if (number < 0) return undefined
    packed[index] = number * mostPacked + index
  }
  packed.sort()
  return Array.from(packed, (value) => rows[value % mostPacked] as Row)
}

function digitsFrom(id: string, start: number): number {
  let number = 0
  for (let at = start; at < id.length; at++) {
    const digit = id.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}
