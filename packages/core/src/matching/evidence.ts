/** What was compared. */
export const signals = [
  'SOURCE_STATUS',
  'SUPERSESSION',
  'RETURN_CODE',
  'IDENTIFIER',
  'REFERENCE_TEXT',
  'AMOUNT',
  'DATE',
  'NAME',
  'COUNTERPARTY_ACCOUNT',
  'ACCOUNT',
  'INSTRUMENT',
  'STRUCTURE',
  'GROUP_SUM',
] as const
export type Signal = (typeof signals)[number]

/** AGREES counts for the link, DISAGREES against it, NEUTRAL neither; MISSING means a side had no value. */
export type Verdict = 'AGREES' | 'CLOSE' | 'NEUTRAL' | 'DISAGREES' | 'MISSING'

/** One signal of one link: what both sides said, what became of it, and what it weighs. */
export interface Evidence {
  readonly signal: Signal
  /** The field compared on each side, for example `endToEndId` and `paymentReference`. */
  readonly bankField?: string
  readonly bookField?: string
  /** Raw values as received. */
  readonly bank?: string
  readonly book?: string
  /** Values after normalization, present when it changed them. */
  readonly bankNormalized?: string
  readonly bookNormalized?: string
  /** The named normalization step that made both sides equal (see normalization-step.ts). */
  readonly step?: string
  readonly verdict: Verdict
  /** Why, as a code of the message table, with its parameters. */
  readonly reason: Reason
  /** Log-likelihood ratio in bits (Fellegi and Sunter 1969): positive speaks for the link. */
  readonly weight: number
}

/** A sentence as data: the words come from a message table by `code`. */
export interface Reason {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}
