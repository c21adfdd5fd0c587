/**
 * A set of ids that keeps 64 bits of each instead of its text, so that a million ids cost 16 MB and no chunk of the file
 * stays in memory for their sake. Two different ids meet in a set of a million with a probability below one in 10^7.
 */
export class IdSet {
  #table = new Uint32Array(2 * 1024)
  #size = 0

  /** Adds the id; false when it was there already. */
  add(id: string): boolean {
    if (this.#size * 2 >= this.#table.length / 2) this.#grow()
    let high = 0xdeadbeef
    let low = 0x41c6ce57
    for (let index = 0; index < id.length; index++) {
      const code = id.charCodeAt(index)
      high = Math.imul(high ^ code, 2654435761)
      low = Math.imul(low ^ code, 1597334677)
    }
    high = Math.imul(high ^ (high >>> 15), 2246822507) ^ low
    low = Math.imul(low ^ (low >>> 13), 3266489909) ^ (high >>> 7)
    // Zero marks a free place.
    const added = this.#insert(this.#table, high >>> 0, low >>> 0 || 1)
    if (added) this.#size++
    return added
  }

  #insert(table: Uint32Array, high: number, low: number): boolean {
    const places = table.length / 2
    for (let place = high % places; ; place = (place + 1) % places) {
      const present = table[place * 2 + 1]
      if (present === 0) {
        table[place * 2] = high
        table[place * 2 + 1] = low
        return true
      }
      if (present === low && table[place * 2] === high) return false
    }
  }

  #grow(): void {
    const larger = new Uint32Array(this.#table.length * 2)
    for (let place = 0; place < this.#table.length; place += 2) {
      const low = this.#table[place + 1] ?? 0
      if (low !== 0) this.#insert(larger, this.#table[place] ?? 0, low)
    }
    this.#table = larger
  }
}
