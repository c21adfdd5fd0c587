const longestName = 140

/** Legal forms say nothing of who somebody is. Compared as whole words, after accents and points are gone. */
const legalForms: ReadonlySet<string> = new Set(
  'AB AG APS AS ASA BV CO COMPANY CORP CORPORATION CV DBA EG EV EK GBR GMBH HB INC INCORPORATED KB KFT KG KGAA KK LDA LIMITED LLC LLP LP LTD LTDA MBH NV OHG OY OYJ PLC PTE PTY PVT SA SAS SARL SE SIA SL SNC SPA SPOL SRL SRO UG ULC'.split(
    ' ',
  ),
)

/** Forms that stand in front of a name. */
const leadingForms: ReadonlySet<string> = new Set(['THE', 'OOO', 'SIA', 'UAB', 'PT', 'SC', 'SARL', 'SRL'])

const marks = /\p{M}+/gu
const notWord = /[^\p{L}\p{N}]+/gu
const special: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Đ: 'D',
  Ł: 'L',
  Þ: 'TH',
}
const specials = /[ßẞÆŒØĐŁÞ]/gu

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 || code > 126) return false
  }
  return true
}

/** Runs of letters and digits of a text of capitals: names are read by the million. */
function plainWords(text: string): string[] {
  const words: string[] = []
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 32
    const inside = (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
    if (inside && start < 0) start = at
    if (inside || start < 0) continue
    words.push(text.slice(start, at))
    start = -1
  }
  return words
}

/**
 * A counterparty name for comparing: upper case, no accents, words joined by one space, legal forms at the end dropped
 * (the last word stays), "&" and "and" dropped. At most 140 characters of input are read. Empty for a name without letters or digits.
 */
export function normalizedName(raw: string): string {
  const capped = raw.length > longestName ? raw.slice(0, longestName) : raw
  const plain = isPlain(capped)
  const upper = plain
    ? capped.toUpperCase()
    : capped
        .normalize('NFKD')
        .replace(marks, '')
        .toUpperCase()
        .replace(specials, (letter) => special[letter] ?? letter)
  const joined = upper.includes('.') ? upper.replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '') : upper
  const words = plain ? plainWords(joined) : joined.replace(notWord, ' ').trim().split(' ')
  const telling = words.filter((word) => word !== 'AND')
  while (telling.length > 1 && legalForms.has(telling.at(-1) ?? '')) telling.pop()
  while (telling.length > 1 && leadingForms.has(telling[0] ?? '')) telling.shift()
  return telling.join(' ')
}

/**
 * How much two normalized names agree, 0 to 1, by whole words in any order: 1 when all words of the shorter are in the longer
 * (an initial stands for the word it begins), otherwise the share of words both have. One word against several is 0.9 when it
 * is the first of them and 0.6 otherwise: "Partner" is not "User Partner".
 */
export function nameSimilarity(left: string, right: string): number {
  if (left === '' || right === '') return 0
  if (left === right) return 1
  return wordSimilarity(left.split(' '), right.split(' '))
}

/** The same for names taken apart: `nameSimilarity` of two names that differ and are not empty. */
export function wordSimilarity(first: readonly string[], second: readonly string[]): number {
  const [shorter, longer] = first.length <= second.length ? [first, second] : [second, first]
  let telling = false
  for (const word of shorter) if (word.length > 2 && longer.includes(word)) telling = true
  if (!telling) return 0
  const free = [...new Set(longer)]
  let shared = 0
  for (const word of shorter) {
    const same = free.indexOf(word)
    const found = same >= 0 ? same : free.findIndex((other) => isInitialOf(word, other) || isInitialOf(other, word))
    if (found < 0) continue
    free.splice(found, 1)
    shared++
  }
  if (shared < shorter.length) return shared / longer.length
  if (shorter.length > 1 || longer.length === 1) return 1
  return shorter[0] === longer[0] ? 0.9 : 0.6
}

function isInitialOf(initial: string, word: string): boolean {
  return initial.length === 1 && word.startsWith(initial)
}
