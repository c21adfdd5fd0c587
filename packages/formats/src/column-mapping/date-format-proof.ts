import type { IsoDate } from '@recon/core'
import { dateReader } from './date-notation.ts'
import type { DateOrder } from './date-order.ts'
import type { Why } from './mapping-reason.ts'

const formats: readonly (readonly [string, DateOrder])[] = [
  ['YYYY-MM-DD', 'YMD'],
  ['YYYY/MM/DD', 'YMD'],
  ['YYYY.MM.DD', 'YMD'],
  ['YYYYMMDD', 'YMD'],
  ['DD.MM.YYYY', 'DMY'],
  ['MM.DD.YYYY', 'MDY'],
  ['DD/MM/YYYY', 'DMY'],
  ['MM/DD/YYYY', 'MDY'],
  ['DD-MM-YYYY', 'DMY'],
  ['MM-DD-YYYY', 'MDY'],
  ['DD.MM.YY', 'DMY'],
  ['MM.DD.YY', 'MDY'],
  ['DD/MM/YY', 'DMY'],
  ['MM/DD/YY', 'MDY'],
  ['DD-MM-YY', 'DMY'],
  ['MM-DD-YY', 'MDY'],
  ['DD MMM YYYY', 'DMY'],
  ['DD-MMM-YYYY', 'DMY'],
  ['DD.MMM.YYYY', 'DMY'],
  ['DD MMM YY', 'DMY'],
  ['DD-MMM-YY', 'DMY'],
  ['MMM DD, YYYY', 'MDY'],
]

export interface DateEvidence {
  /** Declared by the caller: decides. */
  readonly declared?: DateOrder
  /** The header is in a language whose speakers write the day first. */
  readonly dayFirstLanguage: boolean
  /** The currency of the file, where known. */
  readonly currency: string | undefined
}

export type DateFormatProof =
  | { readonly kind: 'proven'; readonly format: string; readonly why: Why }
  /** Not proven by the dates; what speaks for the format is a habit of writing. */
  | { readonly kind: 'assumed'; readonly format: string; readonly why: Why }
  | { readonly kind: 'ambiguous'; readonly formats: readonly string[]; readonly example: string }
  | { readonly kind: 'impossible'; readonly example: string }

interface Candidate {
  readonly format: string
  readonly order: DateOrder
  readonly dates: readonly IsoDate[]
}

function datesIn(format: string, texts: readonly string[]): readonly IsoDate[] | undefined {
  const read = dateReader(format)
  const dates: IsoDate[] = []
  for (const text of texts) {
    const date = read(text)
    if (date === undefined) return undefined
    dates.push(date)
  }
  return dates
}

/** Rows that never go back, or never forward, in time; enough different days to mean something. */
function isChronological(dates: readonly IsoDate[]): boolean {
  if (new Set(dates).size < 3) return false
  let rising = true
  let falling = true
  for (let index = 1; index < dates.length; index++) {
    const order = (dates[index] ?? '').localeCompare(dates[index - 1] ?? '')
    if (order < 0) rising = false
    if (order > 0) falling = false
  }
  return rising || falling
}

/** The format of a date column from all its cells. */
export function proveDateFormat(texts: readonly string[], evidence: DateEvidence): DateFormatProof {
  const fitting: Candidate[] = []
  for (const [format, order] of formats) {
    const dates = datesIn(format, texts)
    if (dates !== undefined) fitting.push({ format, order, dates })
  }
  // Two digits never stand for a year written with four.
  const first = fitting[0]
  if (first === undefined) return { kind: 'impossible', example: exampleOf(texts) }
  const different = fitting.filter((candidate) => candidate.dates.some((date, index) => date !== first.dates[index]))
  const example = texts[0] ?? ''
  if (different.length === 0) {
    return {
      kind: 'proven',
      format: first.format,
      why: { code: 'DATES_PROVEN', facts: { format: first.format } },
    }
  }
  const declared = fitting.find((candidate) => candidate.order === evidence.declared)
  if (declared)
    return {
      kind: 'proven',
      format: declared.format,
      why: { code: 'DATES_DECLARED', facts: { order: declared.order } },
    }
  const chronological = fitting.filter((candidate) => isChronological(candidate.dates))
  const [inOrder] = chronological
  if (inOrder && chronological.length === 1) {
    return {
      kind: 'proven',
      format: inOrder.format,
      why: { code: 'DATES_IN_ROW_ORDER', facts: { format: inOrder.format } },
    }
  }
  return assumed(fitting, example, evidence)
}

function assumed(fitting: readonly Candidate[], example: string, evidence: DateEvidence): DateFormatProof {
  const dayFirst = fitting.find((candidate) => candidate.order === 'DMY')
  const monthFirst = fitting.find((candidate) => candidate.order === 'MDY')
  if (dayFirst && /^\d+\./.test(example)) {
    return { kind: 'proven', format: dayFirst.format, why: { code: 'DATES_WITH_POINTS' } }
  }
  if (dayFirst && evidence.dayFirstLanguage) {
    return {
      kind: 'assumed',
      format: dayFirst.format,
      why: { code: 'DATES_BY_LANGUAGE' },
    }
  }
  if (monthFirst && evidence.currency === 'USD') {
    return {
      kind: 'assumed',
      format: monthFirst.format,
      why: { code: 'DATES_BY_CURRENCY', facts: { currency: 'USD', first: 'month' } },
    }
  }
  if (dayFirst && evidence.currency !== undefined && !['USD', 'CAD', 'XXX'].includes(evidence.currency)) {
    return {
      kind: 'assumed',
      format: dayFirst.format,
      why: { code: 'DATES_BY_CURRENCY', facts: { currency: evidence.currency, first: 'day' } },
    }
  }
  return { kind: 'ambiguous', formats: fitting.map((candidate) => candidate.format), example }
}

/** A text no format reads, else the first. */
function exampleOf(texts: readonly string[]): string {
  const readers = formats.map(([format]) => dateReader(format))
  return texts.find((text) => readers.every((read) => read(text) === undefined)) ?? texts[0] ?? ''
}
