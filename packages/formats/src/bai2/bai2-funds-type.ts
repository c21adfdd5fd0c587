import type { FieldCursor } from './bai2-record.ts'

/** When the money of a record is available. */
export interface Bai2FundsType {
  readonly type: string
  /** V: value date YYMMDD and optional time. */
  readonly valueDate?: string
  readonly valueTime?: string
  /** S: immediate, one-day and longer; D: amount per day. Minor units as written. */
  readonly distribution?: readonly { readonly days: string; readonly amount: string }[]
}

const none: Bai2FundsType = { type: 'Z' }
const simple: Readonly<Record<string, Bai2FundsType>> = {
  '': none,
  Z: none,
  '0': { type: '0' },
  '1': { type: '1' },
  '2': { type: '2' },
}

/** Longest list of a D distribution that is believed. */
const mostDays = 999

/**
 * Reads the funds type and as many fields as it owns. Wrong counting here would shift the references behind it.
 * Undefined for a type the standard does not know.
 */
export function readFundsType(next: () => string): Bai2FundsType | undefined {
  const type = next().toUpperCase()
  const plain = simple[type]
  if (plain !== undefined) return plain
  if (type === 'S')
    return {
      type,
      distribution: [
        { days: '0', amount: next() },
        { days: '1', amount: next() },
        { days: '2', amount: next() },
      ],
    }
  if (type === 'V') return { type, valueDate: next(), valueTime: next() }
  if (type === 'D') {
    const count = Number(next() || '0')
    if (!Number.isInteger(count) || count < 0 || count > mostDays) return undefined
    return { type, distribution: Array.from({ length: count }, () => ({ days: next(), amount: next() })) }
  }
  return undefined
}

export function cursorReader(cursor: FieldCursor): () => string {
  return () => cursor.next()
}
