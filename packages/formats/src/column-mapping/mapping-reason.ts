/** What a finding rests on, in English. The codes and their facts are what a screen puts into another language. */
const texts = {
  DATES_PROVEN: (facts) => `every date of the column is real as ${facts.format}, and in no other order`,
  DATES_DECLARED: (facts) => `the order ${facts.order} was declared`,
  DATES_IN_ROW_ORDER: (facts) => `only read as ${facts.format} do the rows stand in the order of their dates`,
  DATES_WITH_POINTS: () => 'dates with points are written day first',
  DATES_BY_LANGUAGE: () => 'the header is in a language whose dates are written day first',
  DATES_BY_CURRENCY: (facts) => `the amounts are in ${facts.currency}, whose banks write the ${facts.first} first`,
  COLUMN_NAMED: () => 'the header names it and the cells fit',
  TEXT_NAMED: () => 'the header names it',
  TEXT_UNCLAIMED: () => 'it holds text and nothing else claims it',
  AMOUNT_NAMED: () => 'the header names it and every filled cell is an amount',
  AMOUNT_WITH_DIRECTION: () => 'the header names an amount, another column holds its direction',
  AMOUNT_ONLY_WITH_DIRECTION: () => 'the only column of amounts, beside a column of directions',
  AMOUNT_PAIR_NAMED: () => 'the header names a column for money out and one for money in',
  AMOUNT_PAIR_FILLED: () => 'each row fills exactly one of the two',
  AMOUNT_ONLY: () => 'the only column whose every cell is an amount',
  AMOUNT_ONLY_SOME: () => 'the only column that holds amounts',
  AMOUNT_ONLY_NEGATIVE: () => 'the only column of amounts that holds negative ones',
  AMOUNT_ONLY_CHANGING: () => 'the only column of amounts that changes',
  AMOUNT_BY_BALANCE: (facts) => `"${facts.column}" is its running balance`,
  CURRENCY_COLUMN: () => 'a column holds a currency code in every row',
  CURRENCY_DECLARED: () => 'declared',
  CURRENCY_IN_HEADER: (facts) => `the header "${facts.example}" names it`,
  CURRENCY_IN_AMOUNTS: (facts) => `amounts such as "${facts.example}" name it`,
  CURRENCY_SIGN: (facts) => `amounts such as "${facts.example}" carry "${facts.sign}"`,
  CURRENCY_ABOVE: (facts) => `"${facts.example}" above the rows names it`,
  CURRENCY_UNNAMED: () => 'nothing in the file names a currency',
  DECIMALS_NONE: () => 'no amount has decimals',
  DECIMALS_PROVEN: (facts) => `amounts such as "${facts.example}" leave only "${facts.mark}"`,
  ORDER_PROVEN: (facts) =>
    `read ${facts.first} first, the balance follows from the amounts in ${facts.explained} of ${facts.steps} steps`,
  SIGN_INVERTED: () => 'the balance falls where amounts are positive',
  SIGN_AS_WRITTEN: () => 'the balance follows the amounts as they are signed',
} as const satisfies Record<string, (facts: ReasonFacts) => string>

export type MappingReasonCode = keyof typeof texts
export type ReasonFacts = Readonly<Record<string, string | undefined>>

/** Why something is read the way it is, before it is put into words. */
export interface Why {
  readonly code: MappingReasonCode
  readonly facts?: Readonly<Record<string, string>>
}

export function whyText({ code, facts = {} }: Why): string {
  return texts[code](facts)
}
