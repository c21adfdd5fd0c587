/** What a cell looks like, before anything says what it means. */
export type CellShape = 'EMPTY' | 'DATE' | 'AMOUNT' | 'TEXT'

const longest = 48
const time = '(?:[ T,]{1,2}\\d{1,2}[:.h-]\\d{2}[^|]{0,20})?'
const numericDate = new RegExp(`^\\d{1,4}\\s?[./-]\\s?\\d{1,2}\\s?[./-]\\s?\\d{1,4}\\.?${time}$`)
const namedDate = new RegExp(
  `^(?:\\d{1,2}[ .-]{1,2}\\p{L}{3,10}\\.?[ ,.-]{1,2}\\d{1,4}|\\p{L}{3,10}\\.? \\d{1,2},? \\d{4})${time}$`,
  'u',
)
const packedDate = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}.{0,12})?$/
const amount =
  /^'?[-+−]?\s?\(?(?:[A-Z]{3}|[$€£¥])?\s?[-+−]?\s?(?:[$€£¥])?\s?(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d{1,15})?(?:[.,]\d{1,13})?\s?\)?[-+]?\s?(?:[A-Z]{3}|[$€£¥])?$/

/** A text with numbers where a date has them, real or not: what a spoilt date looks like. */
export function looksLikeDate(text: string): boolean {
  const plain = text.trim()
  return plain.length <= longest && (numericDate.test(plain) || namedDate.test(plain) || packedDate.test(plain))
}

export function looksLikeAmount(text: string): boolean {
  const plain = text.trim()
  return plain.length <= longest && /\d/.test(plain) && amount.test(plain)
}

export function shapeOf(text: string): CellShape {
  const plain = text.trim()
  if (plain === '' || plain === '-') return 'EMPTY'
  if (plain.length > longest) return 'TEXT'
  // A packed date is also a number: only its column can tell, so it counts as a date and is compared with its column later.
  if (looksLikeDate(plain)) return 'DATE'
  return looksLikeAmount(plain) ? 'AMOUNT' : 'TEXT'
}
