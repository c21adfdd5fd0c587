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
/** No key lies further from its place than this. Texts made to collide would: they are kept in a map, which cannot be aimed at. */
const mostProbes = 128

/**
 * Distinct texts by number, in the order they came. Hashes are kept, so that growing touches no text, and a part of a text is
 * looked up in place: the references of a run are read and cut by the million.
 */
export class KeyTable {
  readonly keys: string[] = []
  #slots: Int32Array = new Int32Array(smallestTable).fill(-1)
  #hashes: Int32Array = new Int32Array(smallestTable / 2)
  #map: Map<string, number> | undefined

  /** The number of the text between the two places, or -1. */
  find(text: string, from = 0, to = text.length): number {
    if (this.#map !== undefined) return this.#map.get(text.slice(from, to)) ?? -1
    const slot = this.#slotOf(hashUnits(text, from, to), text, from, to)
    return slot < 0 ? -1 : (this.#slots[slot] ?? -1)
  }

  /** The same for the first `length` units of `units`. */
  findUnits(units: Uint16Array, length: number): number {
    if (this.#map !== undefined) return this.#map.get(String.fromCharCode(...units.subarray(0, length))) ?? -1
    let hash = basis
    for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (units[at] ?? 0), prime)
    hash = finish(hash)
    const mask = this.#slots.length - 1
    for (let probe = 0; probe <= mostProbes; probe++) {
      const id = this.#slots[(hash + probe) & mask] ?? -1
      if (id < 0 || (this.#hashes[id] === hash && isUnits(this.keys[id] ?? '', units, length))) return id
    }
    return -1
  }

  /** The number of a text, a new one where it was not known. */
  add(text: string): number {
    const hash = this.#map === undefined ? hashUnits(text, 0, text.length) : 0
    const slot = this.#map === undefined ? this.#slotOf(hash, text, 0, text.length) : -1
    const known = this.#map?.get(text) ?? (slot < 0 ? -1 : (this.#slots[slot] ?? -1))
    if (known >= 0) return known
    const id = this.keys.length
    this.keys.push(text)
    if (this.#map !== undefined) this.#map.set(text, id)
    else if (id === this.#hashes.length) this.#grow(hash)
    else this.#place(id, hash)
    return id
  }

  /** Where the text is or would be; -1 where neither lies near enough. */
  #slotOf(hash: number, text: string, from: number, to: number): number {
    const mask = this.#slots.length - 1
    for (let probe = 0; probe <= mostProbes; probe++) {
      const slot = (hash + probe) & mask
      const id = this.#slots[slot] ?? -1
      if (id < 0 || (this.#hashes[id] === hash && isPart(this.keys[id] ?? '', text, from, to))) return slot
    }
    return -1
  }

  #place(id: number, hash: number): void {
    this.#hashes[id] = hash
    const mask = this.#slots.length - 1
    for (let probe = 0; probe <= mostProbes; probe++) {
      const slot = (hash + probe) & mask
      if ((this.#slots[slot] ?? -1) >= 0) continue
      this.#slots[slot] = id
      return
    }
    this.#map ??= new Map(this.keys.map((key, index) => [key, index]))
  }

  #grow(newest: number): void {
    const known = this.#hashes
    this.#hashes = new Int32Array(known.length * 2)
    this.#slots = new Int32Array(known.length * 4).fill(-1)
    for (let id = 0; id < known.length; id++) this.#place(id, known[id] ?? 0)
    this.#place(known.length, newest)
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
