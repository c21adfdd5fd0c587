import { ReconError } from '../recon-error.ts'

/**
 * Minor-unit exponents of ISO 4217 (list one, as amended to 2026) where they differ from 2.
 * A bank profile may override them for reading files; arithmetic always uses these.
 */
const exponentsOtherThanTwo: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

/** XXX is ISO 4217's "no currency": what files that name none carry until one is declared. */
const currenciesWithTwo =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG XXX YER ZAR ZMW ZWG ZWL'

/** Currencies withdrawn (ISO 4217 list three) that old statements still hold, with their exponent. */
const withdrawn =
  'ATS2 BEF0 CYP2 DEM2 EEK2 ESP0 FIM2 FRF2 GRD0 IEP2 ITL0 LTL2 LUF0 LVL2 MTL2 NLG2 PTE0 ROL0 SIT2 SKK2 TRL0 VEF2 ZMK2 ZWL2'

const exponents: ReadonlyMap<string, number> = new Map([
  ...withdrawn.split(' ').map((entry): [string, number] => [entry.slice(0, 3), Number(entry[3])]),
  ...currenciesWithTwo.split(' ').map((code): [string, number] => [code, 2]),
  ...Object.entries(exponentsOtherThanTwo),
])

/** Every currency code this library knows, in alphabetical order. */
export const currencyCodes: readonly string[] = [...exponents.keys()].sort()

export function isCurrency(code: string): boolean {
  return exponents.has(code)
}

/**
 * How many decimal digits the currency's minor unit has: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217).
 * @throws ReconError CURRENCY_UNKNOWN
 */
export function currencyExponent(code: string): number {
  const exponent = exponents.get(code)
  if (exponent === undefined) {
    throw new ReconError(
      'CURRENCY_UNKNOWN',
      `"${code.slice(0, 10)}" is not an ISO 4217 currency code. Use three capital letters such as USD.`,
    )
  }
  return exponent
}
