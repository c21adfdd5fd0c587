import { type BankReferences, currencyExponent, isCurrency, toMinorUnits } from '@recon/core'
import { type AmountNotation, parseAmount } from '../column-mapping/amount-notation.ts'
import { type DateOrder, proveDateOrder, readDateInOrder } from '../column-mapping/date-order.ts'
import { proveNotation } from '../column-mapping/notation-proof.ts'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import { presentFields } from '../present-fields.ts'
import { type LineDraft, StatementAssembly } from '../statement-assembly.ts'
import { type QifRecord, readQifNumber } from './qif-record.ts'

export interface QifAccount {
  /** As the file names it, where it does. */
  readonly name: string | undefined
  readonly investment: boolean
  readonly records: readonly QifRecord[]
  readonly line: number
}

interface QifConventions {
  readonly order: DateOrder
  readonly notation: AmountNotation
  readonly currency: string
}

/** The date order of the file: declared, or proven by its dates. @throws ReconError FORMAT_INVALID DATE_ORDER_UNKNOWN */
function dateOrderOf(records: readonly QifRecord[], context: ReaderContext): DateOrder {
  if (context.options.dateOrder !== undefined) return context.options.dateOrder
  const dated = records.filter((record) => record.date !== undefined)
  const proof = proveDateOrder(dated.map((record) => record.date ?? ''))
  if (proof.kind === 'proven') return proof.order
  if (proof.kind === 'impossible') {
    throw refusedFile(context.format, 'DATE_INVALID', {
      message: `"${proof.example.slice(0, 40)}" is no date, or its numbers stand in another order than in the dates above it.`,
      ...lineOf(dated[proof.index]),
    })
  }
  throw refusedFile(context.format, 'DATE_ORDER_UNKNOWN', {
    message: `"${proof.example}" may be ${proof.orders.map((order) => readDateInOrder(proof.example, order)).join(' or ')}, and no date of the file decides it. Declare dateOrder: '${proof.orders.join("' or '")}'.`,
    ...lineOf(dated.find((record) => record.date === proof.example)),
  })
}

function lineOf(record: QifRecord | undefined): { readonly line?: number } {
  return record === undefined ? {} : { line: record.line }
}

function notationOf(records: readonly QifRecord[], currency: string, context: ReaderContext): AmountNotation {
  const amounts = records.flatMap((record) => (record.amount === undefined ? [] : [record.amount]))
  const proof = proveNotation(amounts, isCurrency(currency) ? currencyExponent(currency) : 2)
  if (proof.kind === 'proven') return proof.notation
  const example = proof.kind === 'ambiguous' ? proof.example : proof.examples[1]
  throw refusedFile(context.format, 'AMOUNT_INVALID', {
    message:
      proof.kind === 'ambiguous'
        ? `"${example}" may hold thousands or three decimals, and no amount of the file decides it.`
        : `"${proof.examples[0]}" and "${example}" use one mark in two ways.`,
    ...lineOf(records.find((record) => record.amount === example)),
  })
}

/** Announces one statement for each account of the file. */
export function announceQifStatements(accounts: readonly QifAccount[], context: ReaderContext): void {
  const banks = accounts.filter((account) => !account.investment)
  const records = banks.flatMap((account) => account.records)
  const securities = accounts.flatMap((account) => (account.investment ? account.records : []))
  for (const record of securities) {
    context.emit({
      type: 'notice',
      notice: { kind: 'INFORMATION_ENTRY', text: record.raw.slice(0, 2000), line: record.line },
    })
  }
  if (securities.length > 0) {
    context.warn(
      'INVESTMENTS_NOT_READ',
      `${securities.length} purchases, sales and other movements of securities are not bank lines; they are notices.`,
      securities[0]?.line,
    )
  }
  if (records.length === 0) {
    if (securities.length === 0)
      context.warn('NO_STATEMENT', 'The file holds lists (categories, accounts, classes) and no transactions.')
    return
  }
  const currency = context.options.currency ?? 'XXX'
  if (context.options.currency === undefined) {
    context.warn('CURRENCY_UNKNOWN', 'QIF names no currency: the amounts carry XXX until one is declared (currency).')
  }
  const conventions = {
    order: dateOrderOf([...records, ...securities], context),
    notation: notationOf(records, currency, context),
    currency,
  }
  const assembly = new StatementAssembly(context)
  for (const account of banks) announce(account, conventions, assembly, context)
}

function announce(
  account: QifAccount,
  conventions: QifConventions,
  assembly: StatementAssembly,
  context: ReaderContext,
): void {
  const name = account.name ?? context.options.account ?? ''
  if (name === '')
    context.warn('ACCOUNT_MISSING', 'The section names no account. Declare one for the file (account).', account.line)
  assembly.begin()
  let first: string | undefined
  let last: string | undefined
  for (const record of account.records) {
    const line = lineFrom(record, name, conventions, context)
    if (line === undefined) continue
    if (first === undefined || line.bookingDate < first) first = line.bookingDate
    if (last === undefined || line.bookingDate > last) last = line.bookingDate
    assembly.line(line, toMinorUnits(line.amount), name)
  }
  assembly.finish(
    {
      account: name,
      currency: conventions.currency,
      balances: [],
      provisional: false,
      ...(first !== undefined && { periodStart: first }),
      ...(last !== undefined && { periodEnd: last }),
    },
    ['qif', name, conventions.currency, first, last],
    account.line,
  )
}

function lineFrom(
  record: QifRecord,
  account: string,
  conventions: QifConventions,
  context: ReaderContext,
): LineDraft | undefined {
  const { line } = record
  const bookingDate = record.date === undefined ? undefined : readDateInOrder(record.date, conventions.order)
  if (bookingDate === undefined) {
    const found = record.date?.slice(0, 40)
    context.defect('DATE_INVALID', {
      message:
        found === undefined
          ? 'A record has no date.'
          : `"${found}" is no date written ${conventions.order}. The record is left out.`,
      line,
      expected: conventions.order,
    })
    return undefined
  }
  const amount =
    record.amount === undefined ? undefined : parseAmount(record.amount, conventions.notation, conventions.currency)
  if (!amount?.ok) {
    context.defect('AMOUNT_INVALID', { message: amount ? amount.refusal.message : 'A record has no amount (T).', line })
    return undefined
  }
  checkSplits(record, amount.value.amount, conventions, context)
  if (/^opening balance$/i.test(record.payee ?? '')) {
    context.warn('OPENING_BALANCE_LINE', 'The opening balance is written as a transaction; it is kept as a line.', line)
  }
  const { checkNumber, instrument } = readQifNumber(record.number)
  const text = [record.payee, record.memo].filter((part) => part !== undefined && part !== '').join('\n')
  return {
    account,
    ...(instrument !== undefined && { instrument }),
    bookingDate,
    amount: amount.value,
    status: 'POSTED',
    references: presentFields<Pick<BankReferences, 'checkNumber' | 'remittanceText'>>({
      checkNumber,
      remittanceText: text,
    }),
    ...(record.payee ? { counterparty: { name: record.payee } } : {}),
    ...(/^[xr]$/i.test(record.cleared ?? '') ? { sourceStatus: 'RECONCILED' as const } : {}),
    raw: record.raw,
  }
}

function checkSplits(record: QifRecord, total: string, conventions: QifConventions, context: ReaderContext): void {
  if (record.splitAmounts.length === 0) return
  let sum = 0n
  for (const text of record.splitAmounts) {
    const part = parseAmount(text, conventions.notation, conventions.currency)
    if (!part.ok) return
    sum += toMinorUnits(part.value)
  }
  if (sum === toMinorUnits({ amount: total, currency: conventions.currency })) return
  context.warn('SPLIT_TOTAL_WRONG', `The splits do not add up to the amount ${total}; the amount counts.`, record.line)
}
