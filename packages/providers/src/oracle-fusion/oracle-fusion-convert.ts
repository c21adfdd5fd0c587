import {
  type BankLine,
  type BookEntry,
  type Instrument,
  type IsoDate,
  isIsoDate,
  type Money,
  type ProviderWarning,
  parseMoney,
  ReconError,
} from '@recon/core'
import type { FusionRow } from './fusion-export.ts'

/** How an extract writes dates and which names its columns have; both depend on the report a company built. */
export interface FusionExportOptions {
  readonly dateFormat?: 'YYYY-MM-DD' | 'MM/DD/YYYY' | 'DD/MM/YYYY'
  /** Used where a row has no currency of its own. */
  readonly currency: string
  /** Column of the extract for a field, where it is not called as in the data model. Upper case. */
  readonly columns?: Readonly<Partial<Record<FusionField, string>>>
}

const defaultColumns = {
  bankAccountId: 'BANK_ACCOUNT_ID',
  currency: 'CURRENCY_CODE',
  statementLineId: 'STATEMENT_LINE_ID',
  flow: 'FLOW_INDICATOR',
  amount: 'AMOUNT',
  bookingDate: 'BOOKING_DATE',
  valueDate: 'VALUE_DATE',
  reconStatus: 'RECON_STATUS',
  reconReference: 'RECON_REFERENCE',
  endToEndId: 'END_TO_END_ID',
  checkNumber: 'CHECK_NUMBER',
  transactionCode: 'TRX_CODE',
  transactionType: 'TRX_TYPE',
  customerReference: 'CUSTOMER_REFERENCE',
  servicerReference: 'ACCOUNT_SERVICER_REFERENCE',
  text: 'ADDENDA_TXT',
  counterpartyName: 'COUNTERPARTY_NAME',
  counterpartyIban: 'COUNTERPARTY_IBAN',
  sourceCode: 'RECON_SOURCE_CODE',
  sourceId: 'SOURCE_ID',
  sourceLineId: 'SOURCE_LINE_ID',
  journalHeaderId: 'JE_HEADER_ID',
  journalLineNumber: 'JE_LINE_NUM',
  debit: 'ENTERED_DR',
  credit: 'ENTERED_CR',
  transactionDate: 'TRANSACTION_DATE',
  paymentReference: 'PAYMENT_REFERENCE_NUMBER',
  transactionNumber: 'TRANSACTION_NUMBER',
  documentNumber: 'DOCUMENT_NUMBER',
  description: 'DESCRIPTION',
} as const
export type FusionField = keyof typeof defaultColumns

export interface FusionReading<Row> {
  readonly rows: readonly Row[]
  /** One per row that could not be read, naming its line; good rows are kept. */
  readonly warnings: readonly ProviderWarning[]
}

type Read = (field: FusionField) => string

function readRows<Row>(
  rows: readonly FusionRow[],
  options: FusionExportOptions,
  convert: (
    read: Read,
    amount: (field: FusionField) => Money | undefined,
    date: (field: FusionField) => IsoDate | undefined,
  ) => Row,
): FusionReading<Row> {
  const read: Row[] = []
  const warnings: ProviderWarning[] = []
  for (const row of rows) {
    const cell: Read = (field) => row.cells.get(options.columns?.[field] ?? defaultColumns[field]) ?? ''
    try {
      read.push(
        convert(
          cell,
          (field) => amountOf(cell, field, options),
          (field) => dateOf(cell(field), options.dateFormat ?? 'YYYY-MM-DD'),
        ),
      )
    } catch (error) {
      if (!ReconError.is(error)) throw error
      warnings.push({ code: 'ROW_NOT_READ', message: `line ${row.line}: ${error.message}`, recordId: String(row.line) })
    }
  }
  return { rows: read, warnings }
}

function amountOf(cell: Read, field: FusionField, options: FusionExportOptions): Money | undefined {
  const text = cell(field)
  if (text === '') return undefined
  const parsed = parseMoney(text, { currency: cell('currency') || options.currency, decimalMark: '.' })
  if (!parsed.ok) throw new ReconError('RECORD_INVALID', parsed.refusal.message)
  return parsed.value
}

function dateOf(text: string, format: NonNullable<FusionExportOptions['dateFormat']>): IsoDate | undefined {
  if (text === '') return undefined
  const [first = '', second = '', year = ''] = text.slice(0, 10).split('/')
  const iso =
    format === 'YYYY-MM-DD'
      ? text.slice(0, 10)
      : format === 'MM/DD/YYYY'
        ? `${year}-${first}-${second}`
        : `${year}-${second}-${first}`
  if (isIsoDate(iso)) return iso
  throw new ReconError('DATE_INVALID', `"${text.slice(0, 30)}" is not a date as ${format}.`)
}

function required<Value>(value: Value | undefined | '', what: string): Value {
  if (value === undefined || value === '') throw new ReconError('RECORD_INVALID', `${what} is missing.`)
  return value as Value
}

const negated = (value: Money): Money =>
  value.amount.startsWith('-')
    ? { ...value, amount: value.amount.slice(1) }
    : /[1-9]/.test(value.amount)
      ? { ...value, amount: `-${value.amount}` }
      : value

const instruments: Readonly<Record<string, Instrument>> = {
  ACH: 'EFT',
  EFT: 'EFT',
  CHK: 'CHECK',
  WIRE: 'WIRE',
  WT: 'WIRE',
  ZBA: 'SWEEP',
  BKF: 'FEE',
  FEE: 'FEE',
  INT: 'INTEREST',
}

/** Statement lines: amounts are unsigned, the flow says the direction (CRDT or DBIT). Ids say what the write-back needs. */
export function readStatementLines(rows: readonly FusionRow[], options: FusionExportOptions): FusionReading<BankLine> {
  return readRows(rows, options, (cell, amount, date) => {
    const flow = cell('flow').toUpperCase()
    if (flow !== 'CRDT' && flow !== 'DBIT')
      throw new ReconError('RECORD_INVALID', `the flow "${flow.slice(0, 20)}" is neither CRDT nor DBIT.`)
    const unsigned = required(amount('amount'), 'the amount')
    const account = required(cell('bankAccountId'), 'the bank account id')
    const valueDate = date('valueDate')
    const instrument = instruments[cell('transactionType').toUpperCase()]
    const status = cell('reconStatus').toUpperCase()
    return {
      id: `BS:${account}:${required(cell('statementLineId'), 'the statement line id')}`,
      account,
      bookingDate: required(date('bookingDate') ?? valueDate, 'the booking date'),
      amount: flow === 'DBIT' ? negated(unsigned) : unsigned,
      status: 'POSTED',
      references: bankReferences(cell),
      ...(valueDate === undefined ? {} : { valueDate }),
      ...(instrument === undefined ? {} : { instrument }),
      ...(cell('transactionCode') === '' ? {} : { transactionCode: cell('transactionCode') }),
      ...counterparty(cell),
      ...(status === ''
        ? {}
        : { sourceStatus: reconciledStatuses.has(status) ? ('RECONCILED' as const) : ('UNRECONCILED' as const) }),
    }
  })
}

/** RECON_STATUS literals for a reconciled line; the exact lookup codes differ between extracts. */
const reconciledStatuses = new Set(['REC', 'RECONCILED', 'MATCHED'])

function bankReferences(cell: Read) {
  return {
    ...(cell('endToEndId') === '' ? {} : { endToEndId: cell('endToEndId') }),
    ...(cell('checkNumber') === '' ? {} : { checkNumber: cell('checkNumber') }),
    ...(cell('servicerReference') === '' ? {} : { bankReference: cell('servicerReference') }),
    ...(cell('customerReference') || cell('reconReference')
      ? { customerReference: cell('customerReference') || cell('reconReference') }
      : {}),
    ...(cell('text') === '' ? {} : { remittanceText: cell('text') }),
  }
}

function counterparty(cell: Read) {
  const name = cell('counterpartyName')
  const account = cell('counterpartyIban')
  return name === '' && account === ''
    ? {}
    : { counterparty: { ...(name === '' ? {} : { name }), ...(account === '' ? {} : { account }) } }
}

/** Ledger rows: a debit of the cash account is money in. Journal lines are named by header and line, others by their source. */
export function readLedgerEntries(rows: readonly FusionRow[], options: FusionExportOptions): FusionReading<BookEntry> {
  return readRows(rows, options, (cell, amount, date) => {
    const debit = amount('debit')
    const credit = amount('credit')
    const value = amount('amount') ?? (credit === undefined || !/[1-9]/.test(credit.amount) ? debit : negated(credit))
    const journal = cell('journalHeaderId')
    const id =
      journal === ''
        ? `${required(cell('sourceCode'), 'the source code')}:${required(cell('sourceId'), 'the source id')}:${cell('sourceLineId')}`
        : `GL:${journal}:${required(cell('journalLineNumber'), 'the journal line')}`
    const status = cell('reconStatus').toUpperCase()
    return {
      id,
      date: required(date('transactionDate'), 'the transaction date'),
      amount: required(value, 'the amount'),
      kind: journal === '' ? 'PAYMENT' : 'GL_ENTRY',
      references: {
        ...(cell('paymentReference') === '' ? {} : { paymentReference: cell('paymentReference') }),
        ...(cell('transactionNumber') === '' ? {} : { transactionNumber: cell('transactionNumber') }),
        ...(cell('documentNumber') === '' ? {} : { documentNumber: cell('documentNumber') }),
        ...(cell('checkNumber') === '' ? {} : { checkNumber: cell('checkNumber') }),
        ...(cell('description') === '' ? {} : { description: cell('description') }),
      },
      source: 'oracle-fusion',
      ...(cell('bankAccountId') === '' ? {} : { account: cell('bankAccountId') }),
      ...counterparty(cell),
      ...(reconciledStatuses.has(status) ? { sourceStatus: 'RECONCILED' as const } : {}),
    }
  })
}
