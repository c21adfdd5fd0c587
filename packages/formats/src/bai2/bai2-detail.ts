import {
  type BankReferences,
  type Counterparty,
  fromMinorUnits,
  type IsoDate,
  type Money,
  parseMoney,
} from '@recon/core'
import type { BankProfile } from '../bank-profile.ts'
import type { ReaderContext } from '../format-reader.ts'
import { impliedMinor } from '../implied-amount.ts'
import { presentFields } from '../present-fields.ts'
import { factsOfText, type TextFacts } from '../reference-text.ts'
import type { LineDraft } from '../statement-assembly.ts'
import { bai2Date } from './bai2-date.ts'
import { type Bai2FundsType, readFundsType } from './bai2-funds-type.ts'
import { type Bai2Record, FieldCursor } from './bai2-record.ts'
import { type Bai2TypeCode, bai2TypeCode } from './bai2-type-code.ts'

/** Codes whose customer reference is the check's number (Appendix A). */
const checkNumberCodes = new Set(['474', '475', '395'])

/** Rejections and reversals carry the parties of the payment they undo, so the sides are turned round. */
const undoingCodes = new Set(['252', '261', '552', '561'])

/** A 16 record in its fields. */
export interface Bai2Detail {
  readonly code: Bai2TypeCode
  readonly amount: string
  readonly funds: Bai2FundsType
  readonly bankReference: string
  readonly customerReference: string
  readonly text: readonly string[]
}

/** Splits a 16 record. Undefined when a tolerated defect leaves nothing to load. */
export function readDetail(record: Bai2Record, context: ReaderContext, profile: BankProfile): Bai2Detail | undefined {
  const cursor = new FieldCursor(record)
  const next = () => cursor.next()
  const typeCode = next()
  const code = bai2TypeCode(typeCode, profile)
  if (code === undefined) {
    context.defect('DIRECTION_UNKNOWN', {
      line: record.line,
      message: `Line ${record.line}: type code "${typeCode.slice(0, 12)}" does not say whether money came or went.`,
      expected: 'a three-digit code of the standard, of 920-999, or of the profile',
      found: typeCode.slice(0, 12),
    })
    return undefined
  }
  if (!code.known)
    context.warn(
      'CODE_UNKNOWN',
      `Type code ${code.code} is not in the standard; its range says ${code.direction}.`,
      record.line,
    )
  const amount = next()
  const funds = readFundsType(next)
  if (funds === undefined)
    context.defect('FIELD_INVALID', {
      line: record.line,
      message: `Line ${record.line}: the funds type is none of 0, 1, 2, V, S, D, Z.`,
      expected: 'a funds type; the references behind it cannot be found without',
    })
  const bankReference = next()
  const customerReference = next()
  return { code, amount, funds: funds ?? { type: 'Z' }, bankReference, customerReference, text: cursor.restOfText() }
}

/** The line a detail stands for; the date is the group's as-of date. */
export function lineOfDetail(
  detail: Bai2Detail,
  account: { readonly account: string; readonly currency: string; readonly date: IsoDate; readonly withdrawn: boolean },
  record: Bai2Record,
  context: ReaderContext,
  profile: BankProfile,
): { draft: LineDraft; minor: bigint } {
  const { code } = detail
  const minor = signedMinor(detail, account.currency, record, context, profile)
  const paidOut = (code.direction === 'DEBIT') !== undoingCodes.has(code.code)
  const facts = factsOfText(detail.text, paidOut ? 'DEBIT' : 'CREDIT', profile)
  const draft = presentFields<LineDraft>({
    account: account.account,
    bookingDate: account.date,
    valueDate: valueDate(detail.funds, record, context),
    amount: fromMinorUnits(minor, account.currency),
    status: account.withdrawn ? 'WITHDRAWN' : 'POSTED',
    instrument: code.instrument,
    transactionCode: code.code,
    references: references(detail, facts, profile),
    counterparty: counterparty(facts),
    returnCode: facts.returnCode,
    originalAmount: facts.originalAmount === undefined ? undefined : settledAmount(facts.originalAmount),
    supersedes: undefined,
    sourceStatus: undefined,
    sourceEntryIds: undefined,
    raw: record.raw,
  })
  return { draft, minor }
}

function signedMinor(
  detail: Bai2Detail,
  currency: string,
  record: Bai2Record,
  context: ReaderContext,
  profile: BankProfile,
): bigint {
  const written = detail.amount === '' ? 0n : impliedMinor(detail.amount, currency, profile)
  if (detail.amount === '')
    context.warn('FIELD_MISSING', 'The amount is left out; the standard reads that as zero.', record.line)
  if (written === undefined) {
    context.defect('AMOUNT_INVALID', {
      line: record.line,
      message: `Line ${record.line}: "${detail.amount.slice(0, 24)}" is no amount.`,
      expected: 'up to 18 digits without a decimal point',
      found: detail.amount.slice(0, 24),
    })
    return 0n
  }
  if (written < 0n)
    context.defect('AMOUNT_SIGNED', {
      line: record.line,
      message: `Line ${record.line}: a detail amount is negative; its direction comes from the type code.`,
      expected: 'an amount without a sign',
      found: detail.amount.slice(0, 24),
    })
  return detail.code.direction === 'DEBIT' ? -written : written
}

function valueDate(funds: Bai2FundsType, record: Bai2Record, context: ReaderContext): IsoDate | undefined {
  if (funds.valueDate === undefined || funds.valueDate === '') return undefined
  const date = bai2Date(funds.valueDate)
  if (date === undefined)
    context.defect('DATE_INVALID', {
      line: record.line,
      message: `Line ${record.line}: value date "${funds.valueDate.slice(0, 12)}" is no date.`,
      expected: 'YYMMDD',
      found: funds.valueDate.slice(0, 12),
    })
  return date
}

function references(detail: Bai2Detail, facts: TextFacts, profile: BankProfile): BankReferences {
  const customer = detail.customerReference || facts.customerReference
  const isCheck = checkNumberCodes.has(detail.code.code)
  const fromCustomer =
    profile.customerReferenceIsEndToEndId === true && !isCheck && detail.customerReference !== ''
      ? detail.customerReference
      : undefined
  return presentFields<BankReferences>({
    endToEndId: facts.endToEndId ?? fromCustomer,
    checkNumber: isCheck ? detail.customerReference : undefined,
    bankReference: detail.bankReference || facts.bankReference,
    customerReference: customer,
    structuredReference: facts.structuredReference,
    mandateId: facts.mandateId,
    batchId: facts.batchId,
    structureId: facts.structureId,
    remittanceText: detail.text.join('\n').trim(),
  })
}

function counterparty(facts: TextFacts): Counterparty | undefined {
  if (facts.counterpartyName === undefined && facts.counterpartyAccount === undefined) return undefined
  return presentFields<Counterparty>({ name: facts.counterpartyName, account: facts.counterpartyAccount })
}

/** `EUR 322.00` as banks write it into the text of a conversion; undefined when it reads otherwise. */
function settledAmount(text: string): Money | undefined {
  const parsed = parseMoney(text.slice(3).trim(), { currency: text.slice(0, 3), decimalMark: '.', groupMarks: [','] })
  return parsed.ok ? parsed.value : undefined
}
