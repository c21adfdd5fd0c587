/** Levenshtein distance of two short strings (at most 64 characters are read). */
export function editDistance(left: string, right: string): number {
  const first = left.slice(0, 64)
  const second = right.slice(0, 64)
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index)
  for (let row = 1; row <= first.length; row++) {
    const current = [row]
    for (let column = 1; column <= second.length; column++) {
      const change = first[row - 1] === second[column - 1] ? 0 : 1
      current.push(
        Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + change),
      )
    }
    previous = current
  }
  return previous[second.length] ?? 0
}

/** One slip (a letter missing, doubled, changed or two swapped) or an ending of up to three characters. */
export function nearlyEqual(left: string, right: string): boolean {
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left]
  if (shorter.length < 4) return false
  if (longer.length - shorter.length > 3) return false
  if (longer.startsWith(shorter)) return true
  if (editDistance(shorter, longer) <= 1) return true
  return shorter.length === longer.length && isSwap(shorter, longer)
}

const shortestCounter = 4
const shortestReference = 7

/**
 * Numbers that count on (`PAY-1024` and `PAY-1025`, `INV-9` and `INV-90`) are near each other without being one. Two digits
 * swapped, or a digit too many or too few in a longer number, are slips: counters do not move like that.
 */
export function mayBeNext(left: string, right: string): boolean {
  const first = trailingDigits(left)
  const second = trailingDigits(right)
  if (first === '' || second === '') return false
  const sameFront = left.slice(0, left.length - first.length) === right.slice(0, right.length - second.length)
  if (!sameFront) return false
  if (first.length === second.length) return !isSwap(first, second)
  return (
    Math.min(first.length, second.length) < shortestCounter && Math.min(left.length, right.length) < shortestReference
  )
}

function trailingDigits(value: string): string {
  let at = value.length
  while (at > 0 && value.charCodeAt(at - 1) >= 48 && value.charCodeAt(at - 1) <= 57) at--
  return value.slice(at)
}

function isSwap(left: string, right: string): boolean {
  if (left.length !== right.length) return false
  let at = 0
  while (at < left.length && left[at] === right[at]) at++
  return (
    at + 1 < left.length &&
    left[at] === right[at + 1] &&
    left[at + 1] === right[at] &&
    left.slice(at + 2) === right.slice(at + 2)
  )
}
