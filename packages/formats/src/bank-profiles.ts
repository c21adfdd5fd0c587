import { ReconError } from '@recon/core'
import type { BankProfile } from './bank-profile.ts'

/**
 * The profiles the library brings. `standard` holds the tags that mean the same wherever they were met; the others are
 * for banks that differ. Facts from the banks' public format guides and sample files.
 */
export const bankProfiles: Readonly<Record<string, BankProfile>> = {
  standard: {
    name: 'standard',
    customerReferenceIsEndToEndId: true,
    tags: {
      EREF: 'endToEndId',
      ENDT: 'endToEndId',
      'END TO END ID': 'endToEndId',
      KREF: 'customerReference',
      CREF: 'customerReference',
      PREF: 'batchId',
      TRID: 'bankReference',
      MREF: 'mandateId',
      MARF: 'mandateId',
      REMI: 'remittance',
      SVWZ: 'remittance',
      OBI: 'remittance',
      OB: 'remittance',
      'STRUCTURE ID': 'structureId',
    },
    creditTags: {
      DBNM: 'counterpartyName',
      DACT: 'counterpartyAccount',
      ORG: 'counterpartyName',
      'ORG ID': 'counterpartyAccount',
    },
    debitTags: {
      CRNM: 'counterpartyName',
      CACT: 'counterpartyAccount',
      PY: 'counterpartyName',
      'BNF NAME': 'counterpartyName',
      'BNF ID': 'counterpartyAccount',
    },
  },
  /** Customer references are the bank's own numbering, not the payer's. */
  plain: { name: 'plain', customerReferenceIsEndToEndId: false },
  /** The FAQ of the standard's keeper puts the custom credits at 900-929 and the custom debits at 930-959. */
  'custom-codes-900': {
    name: 'custom-codes-900',
    customerReferenceIsEndToEndId: true,
    customCodes: { '900-929': { direction: 'CREDIT' }, '930-959': { direction: 'DEBIT' } },
  },
}

/**
 * The profile to read with: the named one or the given one, tags of `standard` filled in where it names none.
 * @throws ReconError CONFIGURATION_INVALID for an unknown name
 */
export function bankProfile(profile: BankProfile | string | undefined): BankProfile {
  const standard = bankProfiles.standard as BankProfile
  if (profile === undefined) return standard
  const chosen = typeof profile === 'string' ? bankProfiles[profile] : profile
  if (chosen === undefined)
    throw new ReconError(
      'CONFIGURATION_INVALID',
      `There is no bank profile "${String(profile).slice(0, 40)}". Use one of ${Object.keys(bankProfiles).join(', ')}, or pass your own.`,
    )
  return {
    ...chosen,
    tags: { ...standard.tags, ...chosen.tags },
    creditTags: { ...standard.creditTags, ...chosen.creditTags },
    debitTags: { ...standard.debitTags, ...chosen.debitTags },
  }
}
