import { canonicalReference, longestReference } from '../references/normalization-pipeline.ts'
import type { IdentifierColumn } from './pairs-only.ts'

const slowText = new TextDecoder()
const slowBytes = new TextEncoder()

/** The one second hash no identifier has. */
export const absentIdentifier = 0
/** The answer of `hashIdentifier`: one object for all records, because there are millions. */
export const hashed = { first: 0, second: 0, present: false }

/** Upper-case letters and digits stand for themselves, small letters for capitals, 1 for characters dropped, 2 for those that need the full pipeline. */
const classOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 48 && byte <= 57) return byte
  if (byte >= 65 && byte <= 90) return byte
  if (byte >= 97 && byte <= 122) return byte - 32
  return byte >= 128 || byte === 43 || byte === 58 ? 2 : 1
})
const needsPipeline = 2
const dropped = 1
const slash = 47
const zero = 48
const nine = 57

/** Two 32-bit hashes of the canonical identifier, made while normalizing its bytes; see `canonicalReference` for the rules. */
export function hashIdentifier(column: IdentifierColumn, record: number): void {
  const { bytes } = column
  const start = column.starts[record] ?? 0
  const end = column.ends[record] ?? 0
  let first = (0x811c9dc5 ^ (column.kinds[record] ?? 0)) | 0
  let second = 0x9747b28c
  let digits = false
  let zeros = 0
  let slow = end - start > longestReference || bytes[start] === slash
  let at = start
  // Up to the first digit that counts, zeros are held back; after it every letter and digit stands for itself.
  for (; at < end && !slow && !digits; at++) {
    const byte = classOf[bytes[at] ?? 0] ?? dropped
    if (byte <= needsPipeline) {
      slow = byte === needsPipeline || (bytes[at] === slash && at - start <= 4)
      continue
    }
    if (byte === zero) {
      zeros = 1
      continue
    }
    if (byte <= nine) digits = true
    else if (zeros === 1) {
      first = Math.imul(first ^ zero, 0x01000193)
      second = Math.imul(second ^ zero, 0x5bd1e995)
      second ^= second >>> 15
      digits = true
    }
    first = Math.imul(first ^ byte, 0x01000193)
    second = Math.imul(second ^ byte, 0x5bd1e995)
    second ^= second >>> 15
  }
  for (; at < end; at++) {
    const byte = classOf[bytes[at] ?? 0] ?? dropped
    if (byte <= needsPipeline) {
      slow ||= byte === needsPipeline || (bytes[at] === slash && at - start <= 4)
      continue
    }
    first = Math.imul(first ^ byte, 0x01000193)
    second = Math.imul(second ^ byte, 0x5bd1e995)
    second ^= second >>> 15
  }
  if (slow) {
    hashSlowly(column, record)
    return
  }
  if (zeros === 1 && !digits) {
    first = Math.imul(first ^ zero, 0x01000193)
    second = Math.imul(second ^ zero, 0x5bd1e995)
    second ^= second >>> 15
    digits = true
  }
  finishHash(first, second, digits)
}

function finishHash(first: number, second: number, present: boolean): void {
  let mixed = first ^ (first >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  hashed.first = mixed ^ (mixed >>> 13)
  let other = second ^ (second >>> 13)
  other = Math.imul(other, 0xc2b2ae35)
  other ^= other >>> 16
  hashed.second = other === absentIdentifier ? 1 : other
  hashed.present = present
}

function hashSlowly(column: IdentifierColumn, record: number): void {
  const canonical = slowCanonical(column, record)
  let first = (0x811c9dc5 ^ (column.kinds[record] ?? 0)) | 0
  let second = 0x9747b28c
  for (const byte of canonical) {
    first = Math.imul(first ^ byte, 0x01000193)
    second = Math.imul(second ^ byte, 0x5bd1e995)
    second ^= second >>> 15
  }
  finishHash(
    first,
    second,
    canonical.some((byte) => byte >= zero && byte <= nine),
  )
}

function slowCanonical(column: IdentifierColumn, record: number): Uint8Array {
  const span = column.bytes.subarray(column.starts[record] ?? 0, column.ends[record] ?? 0)
  return slowBytes.encode(canonicalReference(slowText.decode(span)))
}

/** Writes the canonical identifier and returns its length in bytes. */
export function writeCanonical(column: IdentifierColumn, record: number, into: Uint8Array): number {
  const { bytes } = column
  const start = column.starts[record] ?? 0
  const end = column.ends[record] ?? 0
  let length = 0
  let digits = false
  let zeros = false
  let slow = end - start > longestReference || bytes[start] === slash
  for (let at = start; at < end && !slow; at++) {
    const byte = classOf[bytes[at] ?? 0] ?? dropped
    if (byte <= needsPipeline) {
      slow = byte === needsPipeline || (bytes[at] === slash && at - start <= 4)
      continue
    }
    if (byte <= nine) {
      if (!digits && byte === zero) {
        zeros = true
        continue
      }
      digits = true
    } else if (zeros && !digits) {
      into[length++] = zero
      digits = true
    }
    into[length++] = byte
  }
  if (slow) {
    const canonical = slowCanonical(column, record)
    into.set(canonical)
    return canonical.length
  }
  if (zeros && !digits) into[length++] = zero
  return length
}
