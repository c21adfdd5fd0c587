import {
  type BankLineStatus,
  type BankReferences,
  type Counterparty,
  type IsoDate,
  type Money,
  toMinorUnits,
} from '@recon/core'
import { bankProfile } from '../bank-profiles.ts'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import { presentFields } from '../present-fields.ts'
import { factsOfText } from '../reference-text.ts'
import type { LineDraft } from '../statement-assembly.ts'
import { camtAmount, camtDate, creditOrDebit, signed } from './camt-amount.ts'
import type { CamtDetail } from './camt-details.ts'
import { type CamtTransactionCode, camtTransactionCode } from './camt-transaction-code.ts'
import { child, childrenOf, textAt, type XmlNode } from './camt-xml.ts'

/** What the statement gives its entries. */
export interface CamtOwner {
  readonly account: string
  readonly currency: string | undefined
  /** For entries without any date, which pending ones may be. */
  readonly date: IsoDate | undefined
}

/** An entry in the account's currency, signed. */
export interface CamtEntry {
  readonly amount: Money
  readonly direction: 'CRDT' | 'DBIT'
  readonly reversal: boolean
  /** BOOK, PDNG, INFO, FUTR. */
  readonly status: string
  readonly bookingDate: IsoDate
  readonly valueDate: IsoDate | undefined
  readonly bankReference: string | undefined
  readonly entryReference: string | undefined
  readonly text: string | undefined
  readonly code: CamtTransactionCode
  readonly batchId: string | undefined
  readonly batchCount: number | undefined
  readonly line: number
  readonly raw: string | undefined
}

export function readEntry(node: XmlNode, owner: CamtOwner, context: ReaderContext): CamtEntry {
  const direction = creditOrDebit(node, context)
  if (direction === undefined)
    throw refusedFile(context.format, 'DIRECTION_UNKNOWN', {
      line: node.line,
      message: `Line ${node.line}: the entry does not say whether it is a credit or a debit.`,
      expected: 'CdtDbtInd',
    })
  const amount = camtAmount(child(node, 'Amt'), owner.currency, context, node)
  const valueDate = camtDate(child(node, 'ValDt'), context)
  const bookingDate = camtDate(child(node, 'BookgDt'), context) ?? valueDate ?? owner.date
  if (bookingDate === undefined)
    throw refusedFile(context.format, 'DATE_INVALID', {
      line: node.line,
      message: `Line ${node.line}: the entry has no date, and the statement gives it none.`,
      expected: 'BookgDt or ValDt',
    })
  const batches = childrenOf(node, 'NtryDtls').flatMap((details) => childrenOf(details, 'Btch'))
  const batch = batches[0] ?? child(node, 'Btch')
  const count = batches.length === 1 ? Number(textAt(batch, 'NbOfTxs')) : Number.NaN
  return {
    amount: signed(amount, direction),
    direction,
    reversal: textAt(node, 'RvslInd') === 'true' || textAt(node, 'RvslInd') === '1',
    status: textAt(node, 'Sts/Cd') ?? textAt(node, 'Sts/Prtry') ?? textAt(node, 'Sts') ?? '',
    bookingDate,
    valueDate,
    bankReference: textAt(node, 'AcctSvcrRef'),
    entryReference: textAt(node, 'NtryRef'),
    text: textAt(node, 'AddtlNtryInf'),
    code: camtTransactionCode(child(node, 'BkTxCd')),
    batchId: textAt(batch, 'PmtInfId') ?? textAt(batch, 'MsgId'),
    batchCount: Number.isInteger(count) ? count : undefined,
    line: node.line,
    raw: node.raw,
  }
}

/**
 * The payments of a booking as lines of their own, when each has an amount in the account's currency and together they make the
 * booking. Undefined when they do not: returns and charges break the sum.
 */
export function paymentsOf(entry: CamtEntry, details: readonly CamtDetail[]): Money[] | undefined {
  if (details.length < 2) return undefined
  const amounts: Money[] = []
  let sum = 0n
  for (const detail of details) {
    if (detail.amount === undefined || detail.amount.currency !== entry.amount.currency) return undefined
    const amount = signed(detail.amount, detail.direction ?? entry.direction)
    amounts.push(amount)
    sum += toMinorUnits(amount)
  }
  return sum === toMinorUnits(entry.amount) ? amounts : undefined
}

/** @param detail the payment, or the only one of the booking, or none */
export function lineOfEntry(
  entry: CamtEntry,
  detail: CamtDetail | undefined,
  amount: Money,
  owner: CamtOwner,
  context: ReaderContext,
): LineDraft {
  const status: BankLineStatus = entry.status === 'BOOK' || entry.status === '' ? 'POSTED' : 'PENDING'
  const code = entry.code.code === undefined ? (detail?.code ?? entry.code) : entry.code
  const instructed = detail?.instructed
  return presentFields<LineDraft>({
    account: owner.account,
    bookingDate: entry.bookingDate,
    valueDate: entry.valueDate,
    amount,
    status,
    instrument: detail?.code !== undefined && code.instrument === 'OTHER' ? detail.code.instrument : code.instrument,
    transactionCode: code.code,
    references: references(entry, detail, context),
    counterparty: counterparty(entry, detail, amount, owner),
    returnCode: detail?.returnCode,
    originalAmount: instructed !== undefined && instructed.currency !== amount.currency ? instructed : undefined,
    supersedes: undefined,
    sourceStatus: undefined,
    sourceEntryIds: undefined,
    raw: detail?.raw ?? entry.raw,
  })
}

function references(entry: CamtEntry, detail: CamtDetail | undefined, context: ReaderContext): BankReferences {
  const own = detail?.references
  const text = own?.remittanceText ?? entry.text
  const structureId =
    text === undefined || !/structure id/i.test(text)
      ? undefined
      : factsOfText(text.split('\n'), 'CREDIT', bankProfile(context.options.profile)).structureId
  return presentFields<BankReferences>({
    endToEndId: own?.endToEndId,
    checkNumber: own?.checkNumber,
    bankReference: own?.bankReference ?? entry.bankReference,
    customerReference: own?.customerReference ?? entry.entryReference,
    structuredReference: own?.structuredReference,
    mandateId: own?.mandateId,
    batchId: own?.batchId ?? entry.batchId,
    structureId,
    remittanceText: text,
  })
}

/**
 * The other side: who paid on money in, who was paid on money out. A reversal keeps the roles of the payment it reverses;
 * the account's own number is never the other side.
 */
function counterparty(
  entry: CamtEntry,
  detail: CamtDetail | undefined,
  amount: Money,
  owner: CamtOwner,
): Counterparty | undefined {
  if (detail === undefined) return undefined
  const moneyIn = !amount.amount.startsWith('-')
  const returned = entry.reversal || detail.returnCode !== undefined
  const [likely, other] = moneyIn !== returned ? [detail.debtor, detail.creditor] : [detail.creditor, detail.debtor]
  const own = (party: Counterparty) => party.account !== undefined && party.account === owner.account
  const chosen = own(likely) || (likely.name === undefined && likely.account === undefined) ? other : likely
  if (own(chosen) || (chosen.name === undefined && chosen.account === undefined)) return undefined
  return chosen
}
