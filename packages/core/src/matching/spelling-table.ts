import { hashUnits } from './key-table.ts'

/** A part of a text: the units from `from` up to `to`. */
export interface TextSpan {
  readonly from: number
  readonly to: number
}

/** Most keys one spelling gives. */
const mostPerSpelling = 20
/** Chains are this long only where texts were made to collide. */
const mostLooked = 400

/**
 * Keys by another spelling of them: without their prefix, without their check digits, with look-alikes folded. A spelling is a
 * part of its key and is hashed and compared in place, so that neither filing nor looking up makes a string.
 */
export class SpellingTable {
  readonly #keys: readonly string[]
  readonly #fold: Uint16Array | undefined
  readonly #heads: Int32Array
  readonly #next: Int32Array
  readonly #ids: Int32Array
  readonly #froms: Uint16Array
  readonly #tos: Uint16Array

  /** `spell` says which part of a key it is filed under, or nothing; `fold` gives the unit that stands for a unit. */
  constructor(keys: readonly string[], spell: (key: number) => TextSpan | undefined, fold?: Uint16Array) {
    this.#keys = keys
    this.#fold = fold
    const ids: number[] = []
    const froms: number[] = []
    const tos: number[] = []
    for (let key = 0; key < keys.length; key++) {
      const span = spell(key)
      if (span === undefined) continue
      ids.push(key)
      froms.push(span.from)
      tos.push(span.to)
    }
    let size = 16
    while (size < ids.length * 2) size *= 2
    this.#heads = new Int32Array(size).fill(-1)
    this.#next = new Int32Array(ids.length)
    this.#ids = Int32Array.from(ids)
    this.#froms = Uint16Array.from(froms)
    this.#tos = Uint16Array.from(tos)
    // From the last to the first, so that every chain lists its keys in their order.
    for (let slot = ids.length - 1; slot >= 0; slot--) {
      const head = this.#headOf(keys[ids[slot] ?? 0] ?? '', froms[slot] ?? 0, tos[slot] ?? 0)
      this.#next[slot] = this.#heads[head] ?? -1
      this.#heads[head] = slot
    }
  }

  /** The keys filed under this part of a text, in their order, at most twenty, into `found`; returns how many. */
  collect(text: string, from: number, to: number, found: Int32Array): number {
    let count = 0
    let slot = this.#heads[this.#headOf(text, from, to)] ?? -1
    for (let looked = 0; slot >= 0 && count < mostPerSpelling && looked < mostLooked; looked++) {
      if (this.#equals(slot, text, from, to)) found[count++] = this.#ids[slot] ?? 0
      slot = this.#next[slot] ?? -1
    }
    return count
  }

  #headOf(text: string, from: number, to: number): number {
    return hashUnits(text, from, to, this.#fold) & (this.#heads.length - 1)
  }

  #equals(slot: number, text: string, from: number, to: number): boolean {
    const start = this.#froms[slot] ?? 0
    if ((this.#tos[slot] ?? 0) - start !== to - from) return false
    const key = this.#keys[this.#ids[slot] ?? 0] ?? ''
    const fold = this.#fold
    for (let at = from; at < to; at++) {
      const first = text.charCodeAt(at)
      const second = key.charCodeAt(start + at - from)
      if (first !== second && (fold === undefined || fold[first] !== fold[second])) return false
    }
    return true
  }
}

/** Room for what `collect` finds. */
export function spellingRoom(): Int32Array {
  return new Int32Array(mostPerSpelling)
}
