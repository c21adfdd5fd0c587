/** Shorter values are not taken for cut ones. */
export const shortestCut = 8
const mostPerCut = 20
const none: readonly number[] = []

interface Bucket {
  readonly ids: number[]
  sorted: boolean
}

/** Keys that begin with a given text and go on: by their first characters, then by halving a sorted list. */
export function longerKeys(
  keys: readonly string[],
  isSought: (key: number) => boolean,
): (cut: string) => readonly number[] {
  let buckets: Map<string, Bucket> | undefined
  const build = () => {
    const table = new Map<string, Bucket>()
    for (let id = 0; id < keys.length; id++) {
      const key = keys[id] ?? ''
      if (key.length <= shortestCut || !isSought(id)) continue
      const front = key.slice(0, shortestCut)
      const bucket = table.get(front)
      if (bucket === undefined) table.set(front, { ids: [id], sorted: false })
      else bucket.ids.push(id)
    }
    return table
  }
  const keyAt = (ids: readonly number[], at: number): string => keys[ids[at] ?? -1] ?? ''
  return (cut) => {
    buckets ??= build()
    const bucket = buckets.get(cut.slice(0, shortestCut))
    if (bucket === undefined) return none
    const { ids } = bucket
    if (!bucket.sorted) {
      ids.sort((left, right) => ((keys[left] ?? '') < (keys[right] ?? '') ? -1 : 1))
      bucket.sorted = true
    }
    let low = 0
    let high = ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (keyAt(ids, middle) <= cut) low = middle + 1
      else high = middle
    }
    const found: number[] = []
    for (let at = low; at < ids.length && found.length < mostPerCut && keyAt(ids, at).startsWith(cut); at++) {
      found.push(ids[at] ?? 0)
    }
    return found
  }
}
