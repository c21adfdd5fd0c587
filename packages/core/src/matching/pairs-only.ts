import { longestReference } from '../references/normalization-pipeline.ts'
import { absentIdentifier, hashed, hashIdentifier, writeCanonical } from './identifier-hash.ts'

/**
 * One side of a join by identifier, column by column, over the bytes it was read from. A record without an identifier has an
 * empty span. Amounts are integers of one scale on both sides; NaN never pairs.
 */
export interface IdentifierColumn {
  readonly count: number
  /** UTF-8. */
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly amounts: Float64Array
  /** What else must agree for two identifiers to be the same: the kind of identifier, the currency. Any small number. */
  readonly kinds: Uint16Array
  /** Day numbers; a pair further apart than an automatic link may be is left out. Not looked at where a side has none. */
  readonly days?: Int32Array
}

const partitionBits = 10
const partitions = 1 << partitionBits

/** Days the bank may book before and after the ledger: the engine's own limits for automatic links. */
const mostDaysBefore = 10
const mostDaysAfter = 60

/**
 * For each bank record the one ledger record with the same canonical identifier and amount, or -1. The identifier occurs
 * once on each side (whatever the amounts) and holds a digit. Beyond dates nothing else is looked at: no returns without a code, no near-duplicates;
 * use the engine where those matter. Every pair is verified byte by byte, not by hash.
 *
 * Normalizes and hashes on the fly into 12-byte tuples, splits them into 1,024 partitions, and joins each in the cache.
 * 1,000,000 records a side take about half a second of one core.
 */
export function joinIdentifiers(bank: IdentifierColumn, ledger: IdentifierColumn): Int32Array {
  const pairs = new Int32Array(bank.count).fill(-1)
  const left = partition(bank)
  const right = partition(ledger)
  let table = new Int32Array(1024)
  let state = new Uint8Array(1024)
  for (let part = 0; part < partitions; part++) {
    const from = right.starts[part] ?? 0
    const to = right.starts[part + 1] ?? 0
    const bankFrom = left.starts[part] ?? 0
    const bankTo = left.starts[part + 1] ?? 0
    if (from === to || bankFrom === bankTo) continue
    let size = 16
    while (size < (to - from) * 2) size *= 2
    if (size > table.length) {
      table = new Int32Array(size)
      state = new Uint8Array(size)
    }
    table.fill(-1, 0, size)
    state.fill(0, 0, size)
    joinPartition({ left, right, from, to, bankFrom, bankTo, table, state, mask: size - 1 })
    for (let slot = 0; slot < size; slot++) {
      if (state[slot] !== unique) continue
      const bankRecord = left.records[matchOf[slot] ?? 0] ?? 0
      const ledgerRecord = right.records[table[slot] ?? 0] ?? 0
      pairs[bankRecord] = ledgerRecord
    }
  }
  verify(bank, ledger, pairs)
  return pairs
}

/** In the order of the bank file, so that only the ledger's bytes are read out of order. */
function verify(bank: IdentifierColumn, ledger: IdentifierColumn, pairs: Int32Array): void {
  const scratch: Scratch = { left: new Uint8Array(longestReference * 60), right: new Uint8Array(longestReference * 60) }
  const bankDays = ledger.days === undefined ? undefined : bank.days
  const ledgerDays = bank.days === undefined ? undefined : ledger.days
  for (let record = 0; record < pairs.length; record++) {
    const other = pairs[record] ?? -1
    if (other < 0) continue
    if (bankDays !== undefined && ledgerDays !== undefined) {
      const lag = (bankDays[record] ?? 0) - (ledgerDays[other] ?? 0)
      if (lag < -mostDaysBefore || lag > mostDaysAfter) {
        pairs[record] = -1
        continue
      }
    }
    const equal = bank.amounts[record] === ledger.amounts[other] && bank.kinds[record] === ledger.kinds[other]
    if (!equal || !(sameBytes(bank, record, ledger, other) || sameIdentifier(bank, record, ledger, other, scratch)))
      pairs[record] = -1
  }
}

function sameBytes(bank: IdentifierColumn, record: number, ledger: IdentifierColumn, other: number): boolean {
  const start = bank.starts[record] ?? 0
  const otherStart = ledger.starts[other] ?? 0
  const length = (bank.ends[record] ?? 0) - start
  if ((ledger.ends[other] ?? 0) - otherStart !== length) return false
  const left = bank.bytes
  const right = ledger.bytes
  for (let at = 0; at < length; at++) if (left[start + at] !== right[otherStart + at]) return false
  return true
}

/** Slot states: met on the ledger side once or more often, then by one bank record or by several. */
const once = 1
const repeated = 2
const unique = 3
let matchOf = new Int32Array(1024)

interface PartitionJoin {
  readonly left: Partitioned
  readonly right: Partitioned
  readonly from: number
  readonly to: number
  readonly bankFrom: number
  readonly bankTo: number
  readonly table: Int32Array
  readonly state: Uint8Array
  readonly mask: number
}

function joinPartition({ left, right, from, to, bankFrom, bankTo, table, state, mask }: PartitionJoin): void {
  if (matchOf.length <= mask) matchOf = new Int32Array(mask + 1)
  for (let at = from; at < to; at++) {
    const first = right.first[at] ?? 0
    const second = right.second[at] ?? 0
    let slot = second & mask
    for (;;) {
      const held = table[slot] ?? -1
      if (held < 0) {
        table[slot] = at
        state[slot] = once
        break
      }
      if (right.second[held] === second && right.first[held] === first) {
        state[slot] = repeated
        break
      }
      slot = (slot + 1) & mask
    }
  }
  for (let at = bankFrom; at < bankTo; at++) {
    const first = left.first[at] ?? 0
    const second = left.second[at] ?? 0
    for (let slot = second & mask; ; slot = (slot + 1) & mask) {
      const held = table[slot] ?? -1
      if (held < 0) break
      if (right.second[held] !== second || right.first[held] !== first) continue
      if (state[slot] === once) {
        state[slot] = unique
        matchOf[slot] = at
      } else state[slot] = repeated
      break
    }
  }
}

/** Records with an identifier, by partition: two hashes and the record number of each. */
interface Partitioned {
  readonly starts: Uint32Array
  readonly first: Int32Array
  readonly second: Int32Array
  readonly records: Int32Array
}

function partition(column: IdentifierColumn): Partitioned {
  const { count } = column
  const firstHash = new Int32Array(count)
  const secondHash = new Int32Array(count)
  const starts = new Uint32Array(partitions + 1)
  for (let record = 0; record < count; record++) {
    hashIdentifier(column, record)
    firstHash[record] = hashed.first
    secondHash[record] = hashed.second
    if (hashed.present) {
      const part = (hashed.first >>> (32 - partitionBits)) + 1
      starts[part] = (starts[part] ?? 0) + 1
    } else secondHash[record] = absentIdentifier
  }
  for (let part = 0; part < partitions; part++) starts[part + 1] = (starts[part + 1] ?? 0) + (starts[part] ?? 0)
  const next = starts.slice(0, partitions)
  const present = starts[partitions] ?? 0
  const result = {
    starts,
    first: new Int32Array(present),
    second: new Int32Array(present),
    records: new Int32Array(present),
  }
  for (let record = 0; record < count; record++) {
    const second = secondHash[record] ?? 0
    if (second === absentIdentifier) continue
    const first = firstHash[record] ?? 0
    const part = first >>> (32 - partitionBits)
    const at = next[part] ?? 0
    next[part] = at + 1
    result.first[at] = first
    result.second[at] = second
    result.records[at] = record
  }
  return result
}

interface Scratch {
  readonly left: Uint8Array
  readonly right: Uint8Array
}

function sameIdentifier(
  bank: IdentifierColumn,
  bankRecord: number,
  ledger: IdentifierColumn,
  ledgerRecord: number,
  scratch: Scratch,
): boolean {
  const left = writeCanonical(bank, bankRecord, scratch.left)
  const right = writeCanonical(ledger, ledgerRecord, scratch.right)
  if (left !== right) return false
  for (let at = 0; at < left; at++) if (scratch.left[at] !== scratch.right[at]) return false
  return true
}
