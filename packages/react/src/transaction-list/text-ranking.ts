const slice = 1000

/**
 * Ranks texts in steps, so that a hundred thousand names are sorted between frames and never in one. Only distinct texts
 * are compared; a missing text ranks last. Exhaust it to have the answer at once.
 */
export function* rankTexts<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string | undefined,
  compare: (left: string, right: string) => number,
): Generator<undefined, Float64Array> {
  const texts: (string | undefined)[] = []
  const distinct = new Set<string>()
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]
    const text = row === undefined ? undefined : textOf(row)
    texts.push(text)
    if (text !== undefined) distinct.add(text)
    if (index % (slice * 8) === 0) yield
  }
  const sorted = yield* sortInSteps([...distinct], compare)
  const rank = new Map<string, number>()
  for (let index = 0; index < sorted.length; index++) {
    rank.set(sorted[index] ?? '', index)
    if (index % (slice * 8) === 0) yield
  }
  const ranks = new Float64Array(texts.length)
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index]
    ranks[index] = text === undefined ? sorted.length : (rank.get(text) ?? 0)
    if (index % (slice * 8) === 0) yield
  }
  return ranks
}

/** Merge sort from sorted runs, one short step at a time. */
function* sortInSteps(
  texts: readonly string[],
  compare: (left: string, right: string) => number,
): Generator<undefined, readonly string[]> {
  let runs: (readonly string[])[] = []
  for (let start = 0; start < texts.length; start += slice) {
    runs.push(texts.slice(start, start + slice).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const merged: (readonly string[])[] = []
    for (let at = 0; at < runs.length; at += 2) {
      const left = runs[at] ?? []
      const right = runs[at + 1]
      merged.push(right === undefined ? left : yield* mergeInSteps(left, right, compare))
    }
    runs = merged
  }
  return runs[0] ?? []
}

function* mergeInSteps(
  left: readonly string[],
  right: readonly string[],
  compare: (left: string, right: string) => number,
): Generator<undefined, readonly string[]> {
  const merged: string[] = []
  let at = 0
  let other = 0
  while (at < left.length && other < right.length) {
    const one = left[at] ?? ''
    const two = right[other] ?? ''
    if (compare(one, two) <= 0) {
      merged.push(one)
      at++
    } else {
      merged.push(two)
      other++
    }
    if (merged.length % (slice * 4) === 0) yield
  }
  for (; at < left.length; at++) merged.push(left[at] ?? '')
  for (; other < right.length; other++) merged.push(right[other] ?? '')
  return merged
}

/** Runs a ranking to its end. */
export function finish<Value>(steps: Generator<undefined, Value>): Value {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
