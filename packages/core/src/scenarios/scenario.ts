/** The seven states of affairs a bank line can be in. Every line has exactly one. */
export const scenarios = [
  'AUTO_RECONCILED',
  'SYSTEM_MATCH',
  'UNMATCHED',
  'FAILED_PAYMENT',
  'DUPLICATE',
  'AMOUNT_VARIANCE',
  'SWEEP',
] as const
export type Scenario = (typeof scenarios)[number]
