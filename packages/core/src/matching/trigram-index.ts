const symbolBits = 6
const tableSize = 1 << (symbolBits * 3)
const longestIndexed = 60

// Letters, digits and the blank have symbols of their own; everything else shares the rest by its code.
const symbolOf = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 65 && code <= 90) return code - 64
  if (code >= 97 && code <= 122) return code - 96
  if (code >= 48 && code <= 57) return code - 21
  return code === 32 ? 0 : 37 + (code % 27)
})

export interface TrigramHit {
  /** Index into the names the index was made of. */
  readonly name: number
  /** Shared trigrams over all trigrams of both names, 0 to 1 (Jaccard). */
  readonly overlap: number
}

export interface TrigramIndex {
  /** The names that share most trigrams with the query, best first, ties by index. */
  search(query: string, limit: number, minimumOverlap?: number): TrigramHit[]
}

/**
 * An inverted index from trigrams to names. A query reads the rarest of its trigrams first and stops after
 * `mostPostings` entries, so that one query costs the same however common its words are.
 */
export function createTrigramIndex(names: readonly string[], mostPostings = 4000): TrigramIndex {
  const sizes = new Uint8Array(names.length)
  const starts = new Uint32Array(tableSize + 1)
  const scratch = new Uint32Array(longestIndexed + 2)
  for (let name = 0; name < names.length; name++) {
    const count = trigramsOf(names[name] ?? '', scratch)
    sizes[name] = count
    for (let at = 0; at < count; at++) starts[(scratch[at] ?? 0) + 1] = (starts[(scratch[at] ?? 0) + 1] ?? 0) + 1
  }
  for (let code = 0; code < tableSize; code++) starts[code + 1] = (starts[code + 1] ?? 0) + (starts[code] ?? 0)
  const next = starts.slice(0, tableSize)
  const postings = new Uint32Array(starts[tableSize] ?? 0)
  for (let name = 0; name < names.length; name++) {
    const count = trigramsOf(names[name] ?? '', scratch)
    for (let at = 0; at < count; at++) {
      const code = scratch[at] ?? 0
      postings[next[code] ?? 0] = name
      next[code] = (next[code] ?? 0) + 1
    }
  }
  const shared = new Uint8Array(names.length)
  const touched = new Uint32Array(names.length)
  return {
    search: (query, limit, minimumOverlap = 0.2) =>
      searchPostings({ sizes, starts, postings, shared, touched, mostPostings }, query, limit, minimumOverlap),
  }
}

interface Postings {
  readonly sizes: Uint8Array
  readonly starts: Uint32Array
  readonly postings: Uint32Array
  /** Shared trigrams per name during one query; zero between queries. */
  readonly shared: Uint8Array
  /** Room for the names one query meets. */
  readonly touched: Uint32Array
  readonly mostPostings: number
}

function searchPostings(index: Postings, query: string, limit: number, minimumOverlap: number): TrigramHit[] {
  const { sizes, starts, postings, shared } = index
  const codes = new Uint32Array(longestIndexed + 2)
  const count = trigramsOf(query, codes)
  const lengthOf = (code: number) => (starts[code + 1] ?? 0) - (starts[code] ?? 0)
  const rarestFirst = Array.from(codes.subarray(0, count)).sort((a, b) => lengthOf(a) - lengthOf(b) || a - b)
  const { touched } = index
  let known = 0
  let read = 0
  for (const code of rarestFirst) {
    const end = starts[code + 1] ?? 0
    if (read > 0 && read + lengthOf(code) > index.mostPostings) break
    read += lengthOf(code)
    for (let at = starts[code] ?? 0; at < end; at++) {
      const name = postings[at] ?? 0
      const before = shared[name] ?? 0
      shared[name] = before + 1
      if (before === 0) touched[known++] = name
    }
  }
  const hits: TrigramHit[] = []
  for (let at = 0; at < known; at++) {
    const name = touched[at] ?? 0
    const common = shared[name] ?? 0
    const overlap = common / (count + (sizes[name] ?? 0) - common)
    if (overlap >= minimumOverlap) hits.push({ name, overlap })
    shared[name] = 0
  }
  hits.sort((a, b) => b.overlap - a.overlap || a.name - b.name)
  return hits.slice(0, limit)
}

/** The distinct trigrams of a text with one blank before and after it; returns how many were written. */
function trigramsOf(text: string, into: Uint32Array): number {
  const length = Math.min(text.length, longestIndexed)
  const symbolAt = (at: number) => {
    if (at < 0 || at >= length) return 0
    const code = text.charCodeAt(at)
    return code < 128 ? (symbolOf[code] ?? 0) : 37 + (code % 27)
  }
  let count = 0
  for (let at = -1; at + 2 <= length; at++) {
    const code = (symbolAt(at) << 12) | (symbolAt(at + 1) << 6) | symbolAt(at + 2)
    let known = false
    for (let seen = 0; seen < count && !known; seen++) known = into[seen] === code
    if (!known) into[count++] = code
  }
  return count
}
