import type { Instrument } from '@recon/core'

/** Instruments by the last three letters of the SWIFT transaction type (User Handbook, field 61 subfield 6). */
const byType: Readonly<Record<string, Instrument>> = {
  TRF: 'EFT',
  STO: 'EFT',
  SAL: 'EFT',
  CLR: 'EFT',
  FEX: 'WIRE',
  BNK: 'WIRE',
  CHK: 'CHECK',
  TCK: 'CHECK',
  LBX: 'CHECK',
  DDT: 'DIRECT_DEBIT',
  CAS: 'CASH',
  CAR: 'CARD',
  CHG: 'FEE',
  COM: 'FEE',
  INT: 'INTEREST',
  CMS: 'SWEEP',
  CMT: 'SWEEP',
  CMZ: 'SWEEP',
}

/** Instruments by the German business transaction code (GVC) of a structured field 86, first match wins. */
const byBusinessCode: readonly (readonly [first: number, last: number, instrument: Instrument])[] = [
  [1, 3, 'CHECK'],
  [4, 5, 'DIRECT_DEBIT'],
  [20, 20, 'EFT'],
  [51, 54, 'EFT'],
  [70, 72, 'CHECK'],
  [82, 83, 'CASH'],
  [104, 105, 'DIRECT_DEBIT'],
  [106, 107, 'CARD'],
  [108, 109, 'DIRECT_DEBIT'],
  [111, 111, 'CHECK'],
  [116, 119, 'EFT'],
  [152, 169, 'EFT'],
  [171, 174, 'DIRECT_DEBIT'],
  [177, 177, 'EFT'],
  [181, 184, 'DIRECT_DEBIT'],
  [191, 191, 'EFT'],
  [192, 196, 'DIRECT_DEBIT'],
  [201, 210, 'WIRE'],
  [800, 813, 'FEE'],
  [814, 815, 'INTEREST'],
  [833, 833, 'SWEEP'],
]

/** Codes that give a payment back: returned direct debits and transfers. */
export const returnBusinessCodes: ReadonlySet<string> = new Set(['108', '109', '159', '184'])

/** The instrument of a line: what the SWIFT type says, else what the business code says. */
export function swiftInstrument(type: string, businessCode: string | undefined): Instrument {
  const own = byType[type.slice(1)]
  if (own !== undefined && own !== 'EFT') return own
  const code = businessCode === undefined ? Number.NaN : Number(businessCode)
  const german = byBusinessCode.find(([first, last]) => code >= first && code <= last)?.[2]
  return german ?? own ?? 'OTHER'
}
