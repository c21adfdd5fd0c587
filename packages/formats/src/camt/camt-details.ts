import type { BankReferences, Counterparty, Money } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import { presentFields } from '../present-fields.ts'
import { creditOrDebit, moneyOf } from './camt-amount.ts'
import { type CamtCharge, readCharges } from './camt-charges.ts'
import { type CamtTransactionCode, camtTransactionCode } from './camt-transaction-code.ts'
import { child, childrenOf, descendant, textAt, type XmlNode } from './camt-xml.ts'

/** One payment of an entry (`TxDtls`), reduced to what a line needs. */
export interface CamtDetail {
  /** In the currency written, unsigned; undefined where the bank gives none. */
  readonly amount: Money | undefined
  readonly direction: 'CRDT' | 'DBIT' | undefined
  readonly references: BankReferences
  readonly debtor: Counterparty
  readonly creditor: Counterparty
  readonly returnCode: string | undefined
  readonly instructed: Money | undefined
  readonly code: CamtTransactionCode | undefined
  readonly charges: readonly CamtCharge[]
  readonly raw: string | undefined
}

export function readDetail(node: XmlNode, context: ReaderContext): CamtDetail {
  const returned = child(node, 'RtrInf')
  const code = child(node, 'BkTxCd')
  return {
    amount: moneyOf(child(node, 'Amt')) ?? moneyOf(descendant(node, 'AmtDtls/TxAmt/Amt')) ?? undefined,
    direction: creditOrDebit(node, context),
    references: detailReferences(node),
    debtor: party(node, 'Dbtr', 'UltmtDbtr'),
    creditor: party(node, 'Cdtr', 'UltmtCdtr'),
    returnCode: textAt(returned, 'Rsn/Cd') ?? textAt(returned, 'Rsn/Prtry') ?? textAt(returned, 'RtrRsn/Cd'),
    instructed: moneyOf(descendant(node, 'AmtDtls/InstdAmt/Amt')) ?? moneyOf(descendant(node, 'AmtDtls/TxAmt/Amt')),
    code: code === undefined ? undefined : camtTransactionCode(code),
    charges: readCharges(node),
    raw: node.raw,
  }
}

function detailReferences(node: XmlNode): BankReferences {
  const refs = child(node, 'Refs')
  const remittance = child(node, 'RmtInf')
  const structured = childrenOf(remittance, 'Strd')
  const unstructured = childrenOf(remittance, 'Ustrd').map((line) => line.text)
  const further = structured.flatMap((line) => childrenOf(line, 'AddtlRmtInf').map((info) => info.text))
  return presentFields<BankReferences>({
    endToEndId: given(textAt(refs, 'EndToEndId')),
    checkNumber: given(textAt(refs, 'ChqNb')),
    bankReference: given(textAt(refs, 'AcctSvcrRef')),
    customerReference: given(textAt(refs, 'InstrId')) ?? given(textAt(refs, 'TxId')),
    structuredReference: first(
      structured,
      (line) => textAt(line, 'CdtrRefInf/Ref') ?? textAt(line, 'CdtrRefInf/CdtrRef'),
    ),
    mandateId: given(textAt(refs, 'MndtId')),
    batchId: given(textAt(refs, 'PmtInfId')),
    structureId: undefined,
    remittanceText: [...unstructured, ...further].join('\n') || textAt(node, 'AddtlTxInf'),
  })
}

/** `NOTPROVIDED` is the schemes' word for nothing. */
function given(reference: string | undefined): string | undefined {
  return reference === undefined || reference.toUpperCase() === 'NOTPROVIDED' || reference === 'NONREF'
    ? undefined
    : reference
}

function first<Item, Value>(items: readonly Item[], take: (item: Item) => Value | undefined): Value | undefined {
  for (const item of items) {
    const value = take(item)
    if (value !== undefined) return value
  }
  return undefined
}

/** Names stand in `Dbtr/Nm` up to version 7 and in `Dbtr/Pty/Nm` from version 8. */
function party(node: XmlNode, role: 'Dbtr' | 'Cdtr', ultimate: string): Counterparty {
  const parties = child(node, 'RltdPties')
  const account = child(parties, `${role}Acct`)
  const nameOf = (element: string) => textAt(parties, `${element}/Nm`) ?? textAt(parties, `${element}/Pty/Nm`)
  return presentFields<Counterparty>({
    name: nameOf(role) ?? nameOf(ultimate),
    account: accountId(account),
  })
}

/** IBAN, or whatever other number identifies the account; version 1 writes it elsewhere. */
export function accountId(account: XmlNode | undefined): string | undefined {
  const id = child(account, 'Id')
  return (
    textAt(id, 'IBAN') ??
    textAt(id, 'Othr/Id') ??
    textAt(id, 'BBAN') ??
    textAt(id, 'UPIC') ??
    textAt(id, 'PrtryAcct/Id')
  )
}
