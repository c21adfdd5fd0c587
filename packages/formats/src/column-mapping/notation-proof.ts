import type { AmountNotation } from './amount-notation.ts'

export type NotationProof =
  | { readonly kind: 'proven'; readonly notation: AmountNotation; readonly example: string | undefined }
  /** Two amounts use one mark in two ways. */
  | { readonly kind: 'contradiction'; readonly examples: readonly [string, string] }
  /** `1,234` alone, in a currency with three decimals. */
  | { readonly kind: 'ambiguous'; readonly example: string }

const groupMarkPattern = /\d['’ \u00a0\u202f]\d{3}/
const marked = /[.,]/

interface Reading {
  readonly decimal: '.' | ',' | undefined
  readonly group: '.' | ',' | undefined
  /** One mark with exactly three digits behind: decimals or thousands. */
  readonly open: '.' | ',' | undefined
}

function readingOf(text: string): Reading {
  const digits = text.replaceAll(/[^\d.,]/g, '').replace(/^[.,](?=\d{4})/, '')
  const points = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (points > 0 && commas > 0) {
    const decimal = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
    return { decimal, group: decimal === '.' ? ',' : '.', open: undefined }
  }
  const mark = points > 0 ? '.' : ','
  if (points + commas > 1) return { decimal: undefined, group: mark, open: undefined }
  const behind = digits.length - digits.indexOf(mark) - 1
  const leading = digits.indexOf(mark)
  if (behind === 3 && leading >= 1 && leading <= 3 && !digits.startsWith('0'))
    return { decimal: undefined, group: undefined, open: mark }
  return { decimal: mark, group: undefined, open: undefined }
}

/**
 * How amounts are written, from the amounts themselves, one by one. Both marks in one amount, a repeated mark, or a mark with
 * other than three digits behind it decide for all; a currency with fewer than three decimals proves that the mark of
 * `1,234` groups.
 */
export class NotationEvidence {
  private readonly exponent: number
  private readonly decimals = new Map<'.' | ',', string>()
  private readonly groups = new Map<'.' | ',', string>()
  private readonly open = new Map<'.' | ',', string>()
  private readonly spaced = new Set<"'" | ' '>()

  constructor(exponent: number) {
    this.exponent = exponent
  }

  add(text: string): void {
    const gap = groupMarkPattern.exec(text)?.[0][1]
    if (gap !== undefined) this.spaced.add(gap === "'" || gap === '’' ? "'" : ' ')
    if (!marked.test(text)) return
    const reading = readingOf(text)
    if (reading.decimal !== undefined && !this.decimals.has(reading.decimal)) this.decimals.set(reading.decimal, text)
    if (reading.group !== undefined && !this.groups.has(reading.group)) this.groups.set(reading.group, text)
    if (reading.open !== undefined && !this.open.has(reading.open)) this.open.set(reading.open, text)
  }

  /** A mark was seen that can only be one of the two. */
  get settled(): boolean {
    return this.decimals.size > 0 || this.groups.size > 0
  }

  proof(): NotationProof {
    const { decimals, groups, open } = this
    for (const [mark, text] of decimals) {
      const other = [...decimals].find(([candidate]) => candidate !== mark)?.[1] ?? groups.get(mark)
      if (other !== undefined) return { kind: 'contradiction', examples: [text, other] }
    }
    const [decided] = decimals.keys()
    const [grouping] = groups.keys()
    const [undecided] = open.keys()
    let decimalMark = decided ?? (grouping === undefined ? undefined : opposite(grouping))
    if (decimalMark === undefined && undecided !== undefined) {
      if (this.exponent >= 3) return { kind: 'ambiguous', example: open.get(undecided) ?? '' }
      decimalMark = opposite(undecided)
    }
    decimalMark ??= '.'
    const marks = new Set<'.' | ',' | "'" | ' '>(this.spaced)
    const opposed = opposite(decimalMark)
    if (groups.has(opposed) || open.has(opposed)) marks.add(opposed)
    const [example] = [...decimals.values(), ...groups.values(), ...open.values()]
    return { kind: 'proven', notation: { decimalMark, groupMarks: [...marks] }, example }
  }
}

const opposite = (mark: '.' | ',') => (mark === '.' ? ',' : '.')

/** How a whole column of amounts is written. */
export function proveNotation(texts: Iterable<string>, exponent: number): NotationProof {
  const evidence = new NotationEvidence(exponent)
  for (const text of texts) evidence.add(text)
  return evidence.proof()
}
