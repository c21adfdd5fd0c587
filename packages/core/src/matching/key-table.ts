/** A 32-bit hash of the units `from` up to `to` of a text, each read through `fold` where given (FNV-1a, finished by shifts). */
export function hashUnits(text: string, from: number, to: number, fold?: Uint16Array): number {
  let hash = basis
  if (fold === undefined) for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime)
  else for (let at = from; at < to; at++) hash = Math.imul(hash ^ (fold[text.charCodeAt(at)] ?? 0), prime)
  return finish(hash)
}

const basis = 0x811c9dc5
const prime = 0x01000193

function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

const smallestTable = 64

/**
 * Distinct texts by number, in the order they came. Hashes are kept, so that growing touches no text, and a part of a text is
 * looked up in place: the references of a run are read and cut by the million.
 */
export class KeyTable {
  readonly keys: string[] = []
  #slots: Int32Array = new Int32Array(smallestTable).fill(-1)
  #hashes: Int32Array = new Int32Array(smallestTable / 2)

  /** The number of the text between the two places, or -1. */
  find(text: string, from = 0, to = text.length): number {
    const hash = hashUnits(text, from, to)
    return this.#slots[this.#slotOf(hash, text, from, to)] ?? -1
  }

  /** The same for the first `length` units of `units`. */
  findUnits(units: Uint16Array, length: number): number {
    let hash = basis
    for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (units[at] ?? 0), prime)
    hash = finish(hash)
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] ?? -1
      if (id < 0 || (this.#hashes[id] === hash && isUnits(this.keys[id] ?? '', units, length))) return id
    }
  }

  /** The number of a text, a new one where it was not known. */
  add(text: string): number {
    const hash = hashUnits(text, 0, text.length)
    let slot = this.#slotOf(hash, text, 0, text.length)
    const known = this.#slots[slot] ?? -1
    if (known >= 0) return known
    const id = this.keys.length
    if (id === this.#hashes.length) {
      this.#grow()
      slot = this.#freeSlot(hash)
    }
    this.keys.push(text)
    this.#hashes[id] = hash
    this.#slots[slot] = id
    return id
  }

  #slotOf(hash: number, text: string, from: number, to: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] ?? -1
      if (id < 0 || (this.#hashes[id] === hash && isPart(this.keys[id] ?? '', text, from, to))) return slot
    }
  }

  #freeSlot(hash: number): number {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2)
    hashes.set(this.#hashes)
    const known = this.#hashes.length
    this.#hashes = hashes
    this.#slots = new Int32Array(hashes.length * 2).fill(-1)
    for (let id = 0; id < known; id++) this.#slots[this.#freeSlot(hashes[id] ?? 0)] = id
  }
}

function isUnits(key: string, units: Uint16Array, length: number): boolean {
  if (key.length !== length) return false
  for (let at = 0; at < length; at++) if (key.charCodeAt(at) !== units[at]) return false
  return true
}

function isPart(key: string, text: string, from: number, to: number): boolean {
  if (key.length !== to - from) return false
  for (let at = 0; at < key.length; at++) if (key.charCodeAt(at) !== text.charCodeAt(from + at)) return false
  return true
}
