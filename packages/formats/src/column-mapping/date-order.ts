import { type IsoDate, isIsoDate } from '@recon/core'

export type DateOrder = 'DMY' | 'MDY' | 'YMD'

/** Three numbers of a date as written, with what tells a year from a day. */
interface DateNumbers {
  readonly parts: readonly [string, string, string]
  /** An apostrophe before the year, as Quicken writes years from 2000. */
  readonly apostrophe: boolean
}

const numbersPattern = /^(\d{1,4})\s?([./'-])\s?(\d{1,2})\s?([./'-])\s?(\d{1,4})\.?$/

function numbersOf(text: string): DateNumbers | undefined {
  const match = text.length > 24 ? null : numbersPattern.exec(text.trim())
  if (!match) return undefined
  return { parts: [match[1] ?? '', match[3] ?? '', match[5] ?? ''], apostrophe: match[4] === "'" }
}

/** Two digits: behind an apostrophe the years 2000 to 2099, else as POSIX reads them (69 to 99 are 1969 to 1999). */
function yearOf(text: string, apostrophe: boolean): number {
  const value = Number(text)
  if (text.length === 4) return value
  return apostrophe || value < 69 ? 2000 + value : 1900 + value
}

function dateIn(order: DateOrder, { parts, apostrophe }: DateNumbers): IsoDate | undefined {
  const [first, second, third] = parts
  const [year, month, day] =
    order === 'YMD' ? [first, second, third] : order === 'DMY' ? [third, second, first] : [third, first, second]
  if (year.length === 3 || year.length === 1 || month.length > 2 || day.length > 2) return undefined
  const iso = `${String(yearOf(year, apostrophe)).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isIsoDate(iso) ? iso : undefined
}

/** The date a text states when its numbers stand in `order`; undefined when it is no real date. */
export function readDateInOrder(text: string, order: DateOrder): IsoDate | undefined {
  const numbers = numbersOf(text)
  return numbers && dateIn(order, numbers)
}

export type DateOrderProof =
  | { readonly kind: 'proven'; readonly order: DateOrder }
  /** Every text fits each of these orders, and they do not mean the same dates. */
  | { readonly kind: 'ambiguous'; readonly orders: readonly DateOrder[]; readonly example: string }
  /** No order makes real dates of all texts; the example is the text that ruled the last one out. */
  | { readonly kind: 'impossible'; readonly example: string; readonly index: number }

/**
 * The order that makes a real date of every text, text by text. One text with a day beyond 12 or a year of four digits in
 * front decides for the whole file; texts that read the same in every order left (03/03) leave nothing to decide.
 */
export class DateOrderEvidence {
  private orders: readonly DateOrder[] = ['DMY', 'MDY', 'YMD']
  private example: string | undefined
  private index = 0
  private broken: DateOrderProof | undefined

  add(text: string): void {
    if (this.broken !== undefined) return
    const numbers = numbersOf(text)
    const fitting = numbers === undefined ? [] : this.orders.filter((order) => fits(order, numbers))
    if (fitting.length === 0) this.broken = { kind: 'impossible', example: text, index: this.index }
    else {
      this.orders = fitting
      if (numbers && new Set(fitting.map((order) => dateIn(order, numbers))).size > 1) this.example ??= text
    }
    this.index++
  }

  /** Only one order is left: no further text can change it. */
  get settled(): boolean {
    return this.broken !== undefined || this.orders.length === 1
  }

  proof(): DateOrderProof {
    if (this.broken !== undefined) return this.broken
    const { orders, example } = this
    const order = orders[0] ?? 'YMD'
    if (orders.length === 1 || example === undefined) return { kind: 'proven', order }
    const numbers = numbersOf(example)
    const differ = numbers && new Set(orders.map((candidate) => dateIn(candidate, numbers))).size > 1
    return differ ? { kind: 'ambiguous', orders, example } : { kind: 'proven', order }
  }
}

/** The order of a column of dates. */
export function proveDateOrder(texts: Iterable<string>): DateOrderProof {
  const evidence = new DateOrderEvidence()
  for (const text of texts) evidence.add(text)
  return evidence.proof()
}

/** Year first needs four digits: `05.01.15` is never read as 2005. */
function fits(order: DateOrder, numbers: DateNumbers): boolean {
  if (order === 'YMD' && numbers.parts[0].length !== 4) return false
  return dateIn(order, numbers) !== undefined
}
