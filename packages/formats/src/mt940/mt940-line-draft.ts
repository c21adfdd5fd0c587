import { type BankReferences, type Counterparty, type Money, parseMoney } from '@recon/core'
import type { BankProfile } from '../bank-profile.ts'
import { presentFields } from '../present-fields.ts'
import { factsOfText } from '../reference-text.ts'
import type { LineDraft } from '../statement-assembly.ts'
import type { Mt940Field } from './mt940-field.ts'
import {
  dutchTags,
  hasSubfields,
  type Mt940Information,
  noInformation,
  plusTags,
  purposeOf,
  readInformation,
  readNarrative,
  slashTags,
} from './mt940-information.ts'
import type { Mt940StatementLine } from './mt940-statement-line.ts'
import { swiftInstrument } from './mt940-transaction-type.ts'

/** The line of a field 61 and the 86 and NS fields behind it. */
export function lineOfFields(
  line: Mt940StatementLine,
  field: Mt940Field,
  behind: readonly Mt940Field[],
  account: string,
  profile: BankProfile,
): LineDraft {
  const raw = [field, ...behind].map((each) => `:${each.tag}:${each.lines.join('\n')}`).join('\n')
  const facts = factsOfProfile(behind, line.amount.amount.startsWith('-') ? 'DEBIT' : 'CREDIT', profile)
  return draftOf(line, { ...facts, ...informationOf(behind) }, facts.structureId, account, raw)
}

/** The tags of a profile, gathered once. */
const tagsOfProfile = new WeakMap<BankProfile, ReadonlySet<string>>()

function tagsOf(profile: BankProfile): ReadonlySet<string> {
  const known = tagsOfProfile.get(profile)
  if (known !== undefined) return known
  const tags = new Set(Object.keys({ ...profile.tags, ...profile.creditTags, ...profile.debitTags }))
  for (const tag of dutchTags) tags.add(tag)
  tagsOfProfile.set(profile, tags)
  return tags
}

/**
 * What the profile's tags say, as `TAG: value` lines, as `/TAG/value`, or as `TAG+value` in the joined text of numbered
 * subfields; the known structures of the field win over it.
 */
function factsOfProfile(
  fields: readonly Mt940Field[],
  direction: 'CREDIT' | 'DEBIT',
  profile: BankProfile,
): Mt940Information & { readonly structureId?: string | undefined } {
  const lines: string[] = []
  for (const field of fields) {
    const first = field.lines[0] ?? ''
    if (field.tag !== '86') continue
    if (hasSubfields(first)) {
      for (const [tag, value] of plusTags(purposeOf(field.lines.join('')), tagsOf(profile)))
        lines.push(`${tag}: ${value}`)
    } else if (!first.startsWith('/')) for (const line of field.lines) lines.push(line)
    else {
      const tags = tagsOf(profile)
      for (const [tag, value] of slashTags(field.lines.join(''), (each) => tags.has(each)))
        lines.push(`${tag}: ${value}`)
    }
  }
  if (lines.length === 0) return {}
  const facts = factsOfText(lines, direction, profile)
  return presentFields<Mt940Information & { readonly structureId?: string }>({
    ...noInformation,
    endToEndId: facts.endToEndId,
    customerReference: facts.customerReference,
    mandateId: facts.mandateId,
    batchId: facts.batchId,
    counterpartyName: facts.counterpartyName,
    counterpartyAccount: facts.counterpartyAccount,
    returnCode: facts.returnCode,
    remittanceText: facts.remittance,
    structureId: facts.structureId,
  })
}

function informationOf(fields: readonly Mt940Field[]): Mt940Information {
  let information: Mt940Information = {}
  for (const field of fields)
    information = {
      ...(field.tag === 'NS' ? readNarrative(field.lines) : readInformation(field.lines)),
      ...information,
    }
  return information
}

function draftOf(
  line: Mt940StatementLine,
  information: Mt940Information,
  structureId: string | undefined,
  account: string,
  raw: string,
): LineDraft {
  const isCheck = line.type.endsWith('CHK')
  const text = [line.supplementary, information.remittanceText].filter((part) => part !== undefined && part !== '')
  const returned =
    information.returnCode ?? (line.type.endsWith('RTI') ? reasonOf(information.remittanceText) : undefined)
  return presentFields<LineDraft>({
    account,
    bookingDate: line.bookingDate,
    valueDate: line.valueDate,
    amount: line.amount,
    status: line.expected ? 'PENDING' : 'POSTED',
    instrument: swiftInstrument(line.type, information.businessCode),
    transactionCode: line.type.trim() === '' ? information.businessCode : line.type.trim(),
    references: presentFields<BankReferences>({
      endToEndId: information.endToEndId,
      checkNumber: isCheck ? line.customerReference : undefined,
      bankReference: line.bankReference,
      customerReference: line.customerReference ?? information.customerReference,
      structuredReference: undefined,
      mandateId: information.mandateId,
      batchId: information.batchId,
      structureId,
      remittanceText: text.join('\n'),
    }),
    counterparty: counterparty(line, information),
    returnCode: returned,
    originalAmount: originalAmount(line.supplementary, information.originalAmount),
    supersedes: undefined,
    sourceStatus: undefined,
    sourceEntryIds: undefined,
    raw,
  })
}

/** Some banks put nothing but the other account's IBAN into the supplementary details. */
function counterparty(line: Mt940StatementLine, information: Mt940Information): Counterparty | undefined {
  const supplementary = line.supplementary ?? ''
  const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(supplementary) ? supplementary : undefined
  const account = information.counterpartyAccount ?? iban
  if (information.counterpartyName === undefined && account === undefined) return undefined
  return presentFields<Counterparty>({ name: information.counterpartyName, account })
}

function reasonOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /\b(A[CGM]\d\d|M[DS]\d\d)\b/.exec(text)?.[1]
}

/** `/OCMT/CAD47,11` of field 61, or the keyword of field 86. */
function originalAmount(supplementary: string | undefined, keyword: string | undefined): Money | undefined {
  const found =
    /\/OCMT\/([A-Z]{3})([\d,]{1,20})/.exec(supplementary ?? '') ?? /^([A-Z]{3}) ?([\d,]{1,20})$/.exec(keyword ?? '')
  if (found === null) return undefined
  const parsed = parseMoney((found[2] ?? '').replace(/,$/, ''), { currency: found[1] ?? '', decimalMark: ',' })
  return parsed.ok ? parsed.value : undefined
}
