/**
 * Counts how often a 64-bit key came, in 16 to 32 bytes a key: a file of millions of lines would fill the heap with keys of
 * text. Open addressing over two words a slot; counts above one are rare and live in a map.
 */
export class OccurrenceCounter {
  private slots = new Int32Array(2 * 1024)
  private mask = 1023
  private used = 0
  private readonly repeated = new Map<string, number>()

  /** The keys must be spread evenly, as words of a hash are. */
  count(high: number, low: number): number {
    if (this.used * 2 > this.mask) this.grow()
    // A slot of zeros is free, so the one key that is zero throughout is moved.
    const second = high === 0 && low === 0 ? 1 : low
    if (this.insert(this.slots, this.mask, high, second)) {
      this.used += 1
      return 1
    }
    const key = `${high}:${second}`
    const times = (this.repeated.get(key) ?? 1) + 1
    this.repeated.set(key, times)
    return times
  }

  /** How often the key came so far. */
  times(high: number, low: number): number {
    const second = high === 0 && low === 0 ? 1 : low
    let slot = second & this.mask
    while (this.slots[2 * slot] !== 0 || this.slots[2 * slot + 1] !== 0) {
      if (this.slots[2 * slot] === high && this.slots[2 * slot + 1] === second)
        return this.repeated.get(`${high}:${second}`) ?? 1
      slot = (slot + 1) & this.mask
    }
    return 0
  }

  private insert(slots: Int32Array, mask: number, high: number, low: number): boolean {
    let slot = low & mask
    while (slots[2 * slot] !== 0 || slots[2 * slot + 1] !== 0) {
      if (slots[2 * slot] === high && slots[2 * slot + 1] === low) return false
      slot = (slot + 1) & mask
    }
    slots[2 * slot] = high
    slots[2 * slot + 1] = low
    return true
  }

  private grow(): void {
    const mask = this.mask * 2 + 1
    const slots = new Int32Array(2 * (mask + 1))
    for (let slot = 0; slot <= this.mask; slot++) {
      const high = this.slots[2 * slot] as number
      const low = this.slots[2 * slot + 1] as number
      if (high !== 0 || low !== 0) this.insert(slots, mask, high, low)
    }
    this.slots = slots
    this.mask = mask
  }
}
