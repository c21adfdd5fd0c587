/** Longest text the bit masks hold; longer ones are compared character by character. */
const widest = 64

// One slot per UTF-16 unit: the positions of that unit in the second text, as two 32-bit masks. Emptied after every call.
const lowPositions = new Int32Array(65536)
const highPositions = new Int32Array(65536)
const codes = new Uint16Array(widest)
// Short Latin texts need no more than this, and stay in the nearest cache.
const latinPositions = new Int32Array(256)

/**
 * Jaro-Winkler similarity of two texts, 0 to 1: (m/|a| + m/|b| + (m - t/2)/m) / 3 over the m characters in common within half
 * the longer length, t of them out of order (Jaro 1989), plus a tenth of what is missing to 1 for each of up to four equal
 * leading characters (Winkler 1990, without his threshold of 0.7). Compares UTF-16 units; normalize first.
 */
export function jaroWinkler(left: string, right: string): number {
  const leftLength = left.length
  const rightLength = right.length
  if (leftLength === 0 || rightLength === 0) return leftLength === rightLength ? 1 : 0
  if (left === right) return 1
  const jaro =
    leftLength <= 32 && rightLength <= 32
      ? narrowJaro(left, right)
      : leftLength <= widest && rightLength <= widest
        ? wideJaro(left, right)
        : plainJaro(left, right)
  if (jaro === 0) return 0
  const longestPrefix = Math.min(4, leftLength, rightLength)
  let prefix = 0
  while (prefix < longestPrefix && left.charCodeAt(prefix) === right.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(common: number, outOfOrder: number, leftLength: number, rightLength: number): number {
  if (common === 0) return 0
  return (common / leftLength + common / rightLength + (common - outOfOrder / 2) / common) / 3
}

function windowOf(leftLength: number, rightLength: number): number {
  return Math.max(0, (Math.max(leftLength, rightLength) >> 1) - 1)
}

/**
 * Both texts fit one mask word: the positions of a character, cut to the window, minus those taken; the lowest bit is the
 * match. Without branches in the loop: whether two names share a letter is a coin toss no processor predicts.
 */
function narrowJaro(left: string, right: string): number {
  const leftLength = left.length
  const rightLength = right.length
  const reach = windowOf(leftLength, rightLength)
  let seen = 0
  for (let at = 0; at < rightLength; at++) {
    const code = right.charCodeAt(at)
    seen |= code
    latinPositions[code & 255] = (latinPositions[code & 255] ?? 0) | (1 << at)
  }
  let free = -1
  let matched = 0
  let window = (2 << reach) - 1
  for (let at = 0; at < leftLength; at++) {
    const code = left.charCodeAt(at)
    seen |= code
    codes[at] = code
    const candidates = (latinPositions[code & 255] ?? 0) & window & free
    free ^= candidates & -candidates
    matched |= ((candidates | -candidates) >>> 31) << at
    window = (window << 1) | (at < reach ? 1 : 0)
  }
  let common = 0
  let outOfOrder = 0
  for (
    let leftBits = matched, rightBits = ~free;
    leftBits !== 0;
    leftBits &= leftBits - 1, rightBits &= rightBits - 1
  ) {
    common++
    const code = codes[31 - Math.clz32(leftBits & -leftBits)] ?? 0
    if (((latinPositions[code & 255] ?? 0) & rightBits & -rightBits) === 0) outOfOrder++
  }
  for (let at = 0; at < rightLength; at++) latinPositions[right.charCodeAt(at) & 255] = 0
  return seen > 255 ? wideJaro(left, right) : jaroOf(common, outOfOrder, leftLength, rightLength)
}

/** The same over two words per mask. */
function wideJaro(left: string, right: string): number {
  const leftLength = left.length
  const rightLength = right.length
  const reach = windowOf(leftLength, rightLength)
  for (let at = 0; at < rightLength; at++) {
    const code = right.charCodeAt(at)
    codes[at] = code
    if (at < 32) lowPositions[code] = (lowPositions[code] ?? 0) | (1 << at)
    else highPositions[code] = (highPositions[code] ?? 0) | (1 << (at - 32))
  }
  let lowTaken = 0
  let highTaken = 0
  let lowMatched = 0
  let highMatched = 0
  let common = 0
  for (let at = 0; at < leftLength; at++) {
    const code = left.charCodeAt(at)
    const from = at - reach
    const to = at + reach
    const low = (lowPositions[code] ?? 0) & ~lowTaken & maskBetween(from, to)
    if (low !== 0) lowTaken |= low & -low
    else {
      const high = (highPositions[code] ?? 0) & ~highTaken & maskBetween(from - 32, to - 32)
      if (high === 0) continue
      highTaken |= high & -high
    }
    common++
    if (at < 32) lowMatched |= 1 << at
    else highMatched |= 1 << (at - 32)
  }
  let outOfOrder = 0
  for (let rank = 0; rank < common; rank++) {
    const leftLow = lowMatched !== 0
    const leftWord = leftLow ? lowMatched : highMatched
    const code = left.charCodeAt(31 - Math.clz32(leftWord & -leftWord) + (leftLow ? 0 : 32))
    const rightLow = lowTaken !== 0
    const rightWord = rightLow ? lowTaken : highTaken
    const positions = rightLow ? lowPositions[code] : highPositions[code]
    if (((positions ?? 0) & (rightWord & -rightWord)) === 0) outOfOrder++
    if (leftLow) lowMatched &= lowMatched - 1
    else highMatched &= highMatched - 1
    if (rightLow) lowTaken &= lowTaken - 1
    else highTaken &= highTaken - 1
  }
  for (let at = 0; at < rightLength; at++) {
    lowPositions[codes[at] ?? 0] = 0
    highPositions[codes[at] ?? 0] = 0
  }
  return jaroOf(common, outOfOrder, leftLength, rightLength)
}

/** Bits `from` to `to` of a word, both included, clipped to 0..31. */
function maskBetween(from: number, to: number): number {
  if (to < 0 || from > 31) return 0
  const upTo = to >= 31 ? -1 : (1 << (to + 1)) - 1
  return from <= 0 ? upTo : upTo & ~((1 << from) - 1)
}

function plainJaro(left: string, right: string): number {
  const reach = windowOf(left.length, right.length)
  const taken = new Uint8Array(right.length)
  const matched: number[] = []
  for (let at = 0; at < left.length; at++) {
    const code = left.charCodeAt(at)
    const last = Math.min(right.length - 1, at + reach)
    for (let other = Math.max(0, at - reach); other <= last; other++) {
      if (taken[other] || right.charCodeAt(other) !== code) continue
      taken[other] = 1
      matched.push(code)
      break
    }
  }
  let outOfOrder = 0
  let rank = 0
  for (let other = 0; other < right.length; other++)
    if (taken[other] && right.charCodeAt(other) !== matched[rank++]) outOfOrder++
  return jaroOf(matched.length, outOfOrder, left.length, right.length)
}
