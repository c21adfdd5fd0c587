import { type BankField, bankFields, type LedgerField, ledgerFields } from '../column-mapping/column-mapping.ts'
import { headerKey } from '../column-mapping/header-key.ts'

/** Other names of the canonical columns, as header keys. A file that has the canonical name itself never uses these. */
const bankSynonyms: Readonly<Partial<Record<BankField, readonly string[]>>> = {
  id: ['lineid', 'banklineid', 'transactionid', 'statementlineid', 'uniqueid', 'fitid'],
  account: ['accountid', 'accountnumber', 'bankaccount', 'accountno', 'iban'],
  bookingDate: [
    'date',
    'transactiondate',
    'postingdate',
    'postdate',
    'posteddate',
    'bookeddate',
    'entrydate',
    'bookdate',
  ],
  valueDate: ['value', 'effectivedate', 'valuta'],
  amount: ['transactionamount', 'signedamount', 'amt'],
  currency: ['currencycode', 'ccy', 'accountcurrency', 'transactioncurrency'],
  status: ['linestatus', 'bookingstatus', 'postingstatus'],
  instrument: ['paymentmethod', 'method', 'paymenttype', 'channel'],
  transactionCode: ['code', 'typecode', 'baicode', 'bai2code', 'transactiontype', 'transactiontypecode', 'trancode'],
  endToEndId: ['e2eid', 'endtoend', 'endtoendreference', 'e2ereference'],
  bankReference: ['bankref', 'reference', 'banktransactionid', 'traceid', 'tracenumber'],
  checkNumber: ['checkno', 'chequenumber', 'chequeno', 'checknum', 'check'],
  remittanceText: [
    'remittance',
    'remittanceinformation',
    'remittanceinfo',
    'description',
    'memo',
    'details',
    'narrative',
    'text',
  ],
  counterpartyName: ['counterparty', 'payee', 'payer', 'partnername', 'name', 'beneficiary'],
  counterpartyAccount: ['counterpartyaccountnumber', 'counterpartyiban', 'partneraccount'],
  returnCode: ['returnreason', 'returnreasoncode', 'reasoncode', 'rcode'],
  originalAmount: ['origamount', 'foreignamount', 'instructedamount'],
  originalCurrency: ['origcurrency', 'foreigncurrency', 'instructedcurrency'],
  supersedes: ['supersedesid', 'replaces', 'pendingid'],
  sourceStatus: ['reconciliationstatus', 'reconstatus', 'reconciled', 'erpstatus'],
}

const ledgerSynonyms: Readonly<Partial<Record<LedgerField, readonly string[]>>> = {
  id: ['entryid', 'ledgerid', 'ledgerentryid', 'bookentryid', 'journalid', 'transactionid', 'uniqueid'],
  account: ['accountid', 'accountnumber', 'bankaccount', 'glaccount', 'cashaccount', 'accountno', 'iban'],
  date: [
    'bookingdate',
    'transactiondate',
    'postingdate',
    'entrydate',
    'gldate',
    'accountingdate',
    'duedate',
    'paymentdate',
    'effectivedate',
  ],
  amount: ['transactionamount', 'signedamount', 'amt'],
  currency: ['currencycode', 'ccy', 'transactioncurrency'],
  instrument: ['paymentmethod', 'method', 'paymenttype', 'channel'],
  kind: ['type', 'entrykind', 'entrytype', 'transactiontype', 'recordtype'],
  paymentReference: ['paymentref', 'paymentreferencenumber', 'paymentnumber', 'reference', 'endtoendid', 'ref'],
  transactionNumber: ['transactionno', 'trxnumber', 'transactionnum', 'txnumber'],
  documentNumber: ['documentno', 'docnumber', 'invoicenumber', 'voucherno', 'vouchernumber'],
  checkNumber: ['checkno', 'chequenumber', 'chequeno', 'checknum', 'check'],
  description: ['memo', 'details', 'narrative', 'text', 'remittancetext', 'comment', 'label'],
  counterpartyName: [
    'counterparty',
    'payee',
    'payer',
    'partnername',
    'name',
    'vendor',
    'vendorname',
    'customer',
    'customername',
    'suppliername',
    'supplier',
  ],
  counterpartyAccount: ['counterpartyaccountnumber', 'counterpartyiban', 'partneraccount'],
  originalAmount: ['origamount', 'foreignamount', 'enteredamount'],
  originalCurrency: ['origcurrency', 'foreigncurrency', 'enteredcurrency'],
  source: ['sourcesystem', 'system', 'ledger', 'origin'],
  sourceStatus: ['reconciliationstatus', 'reconstatus', 'reconciled', 'erpstatus'],
}

export interface CanonicalHeader<Field extends string> {
  /** Cell index of each field that the header names. */
  readonly indexes: ReadonlyMap<Field, number>
  /** Header texts that name no field, in file order. */
  readonly extra: readonly string[]
  /** Fields that two columns name: nothing says which one is meant. */
  readonly twice: readonly Field[]
  /** Required fields that no column names. */
  readonly missing: readonly Field[]
}

function readHeader<Field extends string>(
  header: readonly string[],
  fields: readonly Field[],
  synonyms: Readonly<Partial<Record<Field, readonly string[]>>>,
  required: readonly Field[],
): CanonicalHeader<Field> {
  const keys = header.map(headerKey)
  const indexes = new Map<Field, number>()
  const taken = new Set<number>()
  const twice: Field[] = []
  const claim = (field: Field, wanted: (key: string) => boolean) => {
    const found = keys.flatMap((key, index) => (!taken.has(index) && wanted(key) ? [index] : []))
    const first = found[0]
    if (first === undefined) return
    if (found.length > 1) twice.push(field)
    indexes.set(field, first)
    taken.add(first)
  }
  for (const field of fields) claim(field, (key) => key === headerKey(field))
  for (const field of fields) {
    if (indexes.has(field)) continue
    // The first synonym present wins, so a column further down the list stays free for another field.
    const name = synonyms[field]?.find((synonym) => keys.some((key, index) => key === synonym && !taken.has(index)))
    if (name !== undefined) claim(field, (key) => key === name)
  }
  const extra = header.filter((text, index) => !taken.has(index) && text.trim() !== '')
  return { indexes, extra, twice, missing: required.filter((field) => !indexes.has(field)) }
}

/** Reads the header of a bank CSV. Only `id`, `amount`, `currency` and `bookingDate` are required. */
export function readBankHeader(header: readonly string[]): CanonicalHeader<BankField> {
  return readHeader(header, bankFields, bankSynonyms, ['id', 'bookingDate', 'amount', 'currency'])
}

/** Reads the header of a ledger CSV. Only `id`, `amount`, `currency` and `date` are required. */
export function readLedgerHeader(header: readonly string[]): CanonicalHeader<LedgerField> {
  return readHeader(header, ledgerFields, ledgerSynonyms, ['id', 'date', 'amount', 'currency'])
}

/** The canonical names themselves: no bank calls all of its columns that. */
export function isCanonicalHeader(header: readonly string[]): boolean {
  const keys = new Set(header.map(headerKey))
  return keys.has('id') && keys.has('amount') && keys.has('currency') && (keys.has('bookingdate') || keys.has('date'))
}

/** Words of card exports, whose amounts have the other sign: such a header is no canonical one under other names. */
export function isCardHeader(header: readonly string[]): boolean {
  return header.some((text) => /card|merchant|kart|carta/i.test(text))
}
