import type { Reason } from './evidence.ts'

/** Sentences by reason code; `{name}` stands for a parameter. Replace any of them, or all for another language. */
export type ReasonTable = Readonly<Record<string, string>>

/** Why a link is automatic, proposed or flagged. */
const linkReasons = {
  SOURCE_CONFIRMED: 'The source system has already reconciled this.',
  SOURCE_CONFIRMED_ALONE: 'The source system has already reconciled this; it does not say with which entry.',
  IDENTIFIER_EQUAL: 'The identifiers are equal and only this entry has them.',
  IDENTIFIER_EQUAL_AFTER: 'The identifiers are equal after the step "{step}", and only this entry has them.',
  PASS_NOT_AUTOMATIC: 'Reference and amount agree; the policy leaves this kind of match to a person.',
  INSTRUMENT_NOT_AUTOMATIC: 'Reference and amount agree; {instrument} items are never linked automatically.',
  STEP_NOT_AUTOMATIC: 'The references agree only after "{step}", which is not enough to link unseen.',
  IDENTIFIER_SHORT: 'The shared reference has only {length} characters, too few to link unseen.',
  AMOUNT_WITHIN_TOLERANCE: 'The amounts differ within the tolerance.',
  ZERO_AMOUNT: 'One amount is zero.',
  REFERENCE_STALE: 'The reference agrees, but the entry is too far away in time to link unseen.',
  REVERSED_IN_LEDGER: 'The books hold a reversal of this entry: {entry}.',
  NEAR_DUPLICATE_ENTRY: 'Entry {entry} looks like the same payment entered again.',
  DUPLICATE_ENTRIES: 'Several entries carry this reference and amount. Reconcile only the right one.',
  DUPLICATE_LINES: 'Several bank lines carry the reference and amount of one entry.',
  IDENTIFIER_REUSED: 'The reference is used more than once; this is the pair whose amounts agree.',
  OTHER_LINE_NAMES_ENTRY: 'Another bank line names this entry as well.',
  IDENTIFIER_SHARED: 'Too many records share this reference for it to identify one.',
  TWINS: 'Several lines and entries are alike. Any pairing fits; a person decides.',
  AMOUNT_DIFFERS: 'The references agree, the amounts do not.',
  AMOUNTS_UNEQUAL: 'The amounts differ, and no reference joins the two.',
  AMOUNT_VARIANCE_EXPECTED: 'The references agree; a difference is expected here and needs a journal entry.',
  PAYMENT_FAILED: 'The bank says this payment was not processed ({returnCode}).',
  PAYMENT_RETURNED_LATER: 'This payment came back later, as line {line} ({returnCode}).',
  REPLACEMENT_PAYMENT: 'The first payment of this entry failed; this line may replace it.',
  REFERENCES_SUM: 'The {count} entries with this reference add up to the line.',
  INSTALLMENTS_SUM: 'The {count} lines with this reference add up to the entry.',
  SCORED_BEST: 'Amount, date and counterparty point here, clearly ahead of any other.',
  SCORED_NEAR_TIE: 'The best candidate, only {margin} bits ahead of the next.',
  SCORED_TWINS: 'One of several candidates that look alike.',
  SCORED_RUNNER_UP: 'The next best candidate.',
  SCORED_TIE_TAKEN: 'An equal line has this candidate; either could be right.',
  SCORED_AMOUNT_NEAR: 'The amounts are close and the rest agrees.',
  SCORED_TOO_MANY_ALIKE: 'Too many candidates look alike to name one.',
} as const

/** Why several records belong together. */
const groupReasons = {
  SWEEP_BY_STRUCTURE: 'The sweep legs of one structure balance: {lines} lines, {entries} entries.',
  SWEEP_BY_COUNTER_ACCOUNT: 'The sweep legs of one counter-account balance: {lines} lines, {entries} entries.',
  SWEEP_BY_REFERENCE: 'The sweep legs and journals that share a reference balance: {lines} lines, {entries} entries.',
  SWEEP_BY_DATE: 'The sweep legs of the day balance: {lines} lines, {entries} entries.',
  SWEEP_UNBALANCED: 'A sweep leg without journals that balance it.',
  GROUP_BATCH: 'Both sides name one batch, and its totals agree.',
  GROUP_BATCH_TOTAL: 'The {entries} entries of one batch add up to the line.',
  GROUP_QUOTED: 'The line names {entries} entries, and they add up to it.',
  GROUP_QUOTED_SUBSET: 'Some of the entries the line names add up to it.',
  GROUP_CARD_DAYS: 'The {entries} card entries of the day add up to the payout.',
  GROUP_FEE_NETTED: 'The {entries} entries add up to the line and a fee taken from it.',
  GROUP_COUNTERPARTY_TOTAL: 'All {items} open items of the counterparty add up to the amount.',
  GROUP_COUNTERPARTY_SUM: '{items} open items of the counterparty add up to the amount.',
  GROUP_SUM: '{items} items add up to the amount, and nothing else does.',
  GROUP_SUM_NEAR: 'The items add up to the amount within the tolerance.',
  GROUP_AMBIGUOUS: '{solutions} different combinations add up to the amount.',
  GROUP_INSTALLMENTS: 'The lines are parts of one entry and add up to it.',
  GROUP_PART_PAID: 'The line pays part of the entry.',
  GROUP_ALLOCATED: 'The line pays {entries} entries, the last one in part.',
} as const

/** Why a pair is no link, and why a line has none. */
const refusalReasons = {
  LINE_CLOSED: 'The line was replaced or withdrawn by the bank.',
  ENTRY_CLOSED: 'The entry is closed.',
  ENTRY_USED: 'The entry {entry} belongs to another link.',
  OPPOSITE_SIGN: 'One side is money in, the other money out.',
  OTHER_CURRENCY: 'The currencies differ and no conversion is known.',
  OTHER_ACCOUNT: 'The accounts differ.',
  OUTSIDE_WINDOW: 'The dates are too far apart.',
  REFERENCE_DIFFERS: 'The line names something else.',
  COUNTERPARTY_DIFFERS: 'The counterparties differ.',
  NO_CANDIDATE: 'Nothing in the books connects to this line.',
  SUPERSEDED_BY: 'The posted line {line} replaced this pending one.',
  LINE_HAS_BETTER: 'The line goes better with {winner}.',
  ENTRY_HAS_BETTER: 'The entry goes better with {winner}.',
  SCORE_TOO_LOW: 'Too little speaks for the pair: {bits} bits.',
  LINKED_TOGETHER: 'They are linked.',
} as const

/** What one signal of the evidence says. */
const signalReasons = {
  SOURCE_SAYS_RECONCILED: 'The source system says reconciled.',
  IDENTIFIERS_EQUAL: 'The identifiers are equal.',
  IDENTIFIERS_EQUAL_AFTER: 'The identifiers are equal after the step "{step}".',
  IDENTIFIERS_DIFFER: 'The identifiers differ.',
  IDENTIFIER_MISSING: 'One side has no identifier.',
  AMOUNTS_EQUAL: 'The amounts are equal.',
  AMOUNTS_DIFFER: 'The amounts differ by {difference} {currency}.',
  SIGNS_DIFFER: 'One is money in, the other money out.',
  CURRENCIES_DIFFER: 'The currencies differ: {bank} and {book}.',
  SAME_DAY: 'Same day.',
  LINE_LATER: 'The bank is {days} days later.',
  LINE_EARLIER: 'The bank is {days} days earlier.',
  NAMES_AGREE: 'The names agree.',
  NAMES_CLOSE: 'The names are close.',
  NAMES_DIFFER: 'The names differ.',
  NAME_MISSING: 'One side names nobody.',
  COUNTERPARTY_ACCOUNTS_EQUAL: 'The counterparty accounts are equal.',
  COUNTERPARTY_ACCOUNTS_DIFFER: 'The counterparty accounts differ.',
  ACCOUNTS_EQUAL: 'The accounts are equal.',
  ACCOUNTS_DIFFER: 'The accounts differ.',
  INSTRUMENTS_EQUAL: 'The instruments are equal.',
  INSTRUMENTS_DIFFER: 'The instruments differ.',
  TOTALS_EQUAL: 'The totals are equal.',
  TOTALS_DIFFER: 'The totals differ by {difference}.',
} as const

/** Every reason the engine gives, in English. */
export const matchReasons: ReasonTable = { ...linkReasons, ...groupReasons, ...refusalReasons, ...signalReasons }

/** The sentence of a reason. A code the table lacks is shown in plain letters, never as an empty place. */
export function reasonSentence(reason: Reason, table: ReasonTable = matchReasons): string {
  const template = Object.hasOwn(table, reason.code) ? table[reason.code] : undefined
  if (template === undefined) return `${reason.code.toLowerCase().replaceAll('_', ' ')}.`
  return template
    .replace(/\{(\w{1,30})\}/g, (_, name: string) => String(reason.params?.[name] ?? ''))
    .replace(' ()', '')
}
