/** How the money moved. Decides which identifier the engine compares (see match-policy.ts). */
export const instruments = [
  'WIRE',
  'EFT',
  'CHECK',
  'DIRECT_DEBIT',
  'SWEEP',
  'CARD',
  'CASH',
  'FEE',
  'INTEREST',
  'OTHER',
] as const

export type Instrument = (typeof instruments)[number]
