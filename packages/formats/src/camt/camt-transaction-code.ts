import type { Instrument } from '@recon/core'
import { textAt, type XmlNode } from './camt-xml.ts'

/** Instruments by ISO 20022 bank transaction sub-family, then by family (external code sets, 2024). */
const bySubFamily: Readonly<Record<string, Instrument>> = {
  ZABA: 'SWEEP',
  SWEP: 'SWEEP',
  TOPG: 'SWEEP',
  XBCT: 'WIRE',
  CHRG: 'FEE',
  COMM: 'FEE',
  FEES: 'FEE',
  INTR: 'INTEREST',
  UPCQ: 'CHECK',
  UPDD: 'DIRECT_DEBIT',
}
const byFamily: Readonly<Record<string, Instrument>> = {
  ACCB: 'SWEEP',
  CAPL: 'SWEEP',
  RCDT: 'EFT',
  ICDT: 'EFT',
  IRCT: 'EFT',
  RRCT: 'EFT',
  RDDT: 'DIRECT_DEBIT',
  IDDT: 'DIRECT_DEBIT',
  ICHQ: 'CHECK',
  RCHQ: 'CHECK',
  CCRD: 'CARD',
  MCRD: 'CARD',
  CNTR: 'CASH',
}

/** SWIFT transaction types in proprietary codes, `NTRF+166` style included. */
const byProprietary: Readonly<Record<string, Instrument>> = {
  TRF: 'EFT',
  CHK: 'CHECK',
  DDT: 'DIRECT_DEBIT',
  CHG: 'FEE',
  INT: 'INTEREST',
}

export interface CamtTransactionCode {
  /** Domain, family and sub-family joined by `/`, or the bank's own code. */
  readonly code: string | undefined
  readonly instrument: Instrument
}

export function camtTransactionCode(node: XmlNode | undefined): CamtTransactionCode {
  const domain = textAt(node, 'Domn/Cd')
  const family = textAt(node, 'Domn/Fmly/Cd')
  const subFamily = textAt(node, 'Domn/Fmly/SubFmlyCd')
  const proprietary = textAt(node, 'Prtry/Cd')
  const own = proprietary === undefined ? undefined : byProprietary[proprietary.slice(1, 4).toUpperCase()]
  if (domain === undefined) return { code: proprietary, instrument: own ?? 'OTHER' }
  const instrument =
    bySubFamily[subFamily ?? ''] ?? (domain === 'PMNT' || domain === 'CAMT' ? byFamily[family ?? ''] : undefined)
  return {
    code: [domain, family, subFamily].filter((part) => part !== undefined).join('/'),
    instrument: instrument ?? own ?? 'OTHER',
  }
}
