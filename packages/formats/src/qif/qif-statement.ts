import { type BankReferences, toMinorUnits } from '@recon/core'
import { parseAmount } from '../column-mapping/amount-notation.ts'
import { readDateInOrder } from '../column-mapping/date-order.ts'
import type { ReaderContext } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { presentFields } from '../present-fields.ts'
import { type LineDraft, StatementAssembly } from '../statement-assembly.ts'
import { type QifConventions, QifEvidence } from './qif-conventions.ts'
import { type QifRecord, readQifNumber } from './qif-record.ts'

/** Where a record stands. */
export interface QifPlace {
  /** As the file names it, where it does. */
  readonly account: string | undefined
  readonly investment: boolean
  /** The line the section begins on. */
  readonly line: number
}

interface OpenAccount {
  readonly name: string
  readonly group: string
  readonly line: number
  readonly assembly: StatementAssembly
  first: string | undefined
  last: string | undefined
}

/**
 * Records a file may hold before one of them proves the order of its dates. Files are sorted by date, so that a day beyond
 * 12 comes soon where there is one at all.
 */
const mostUnproven = 20_000

/**
 * Announces one statement for each account of a file. Records wait until the file has proven how it writes dates and
 * amounts; from there on each is announced as it comes, and held to what was proven.
 */
export class QifStatements {
  readonly #context: ReaderContext
  readonly #evidence: QifEvidence
  readonly #accounts = new Map<string, OpenAccount>()
  #waiting: { readonly place: QifPlace; readonly record: QifRecord }[] = []
  #conventions: QifConventions | undefined
  #securities = 0
  #firstSecurity: number | undefined
  #records = 0

  constructor(context: ReaderContext) {
    this.#context = context
    this.#evidence = new QifEvidence(context)
  }

  take(place: QifPlace, record: QifRecord): void {
    if (place.investment) this.#security(record)
    else if (this.#conventions !== undefined) this.#announce(place, record, this.#conventions)
    else {
      this.#evidence.amount(record)
      this.#waiting.push({ place, record })
    }
    if (this.#conventions !== undefined) return
    this.#evidence.date(record)
    if (this.#evidence.settled || this.#waiting.length >= mostUnproven) this.#settle()
  }

  end(): void {
    this.#settle()
    if (this.#securities > 0) {
      this.#context.warn(
        'INVESTMENTS_NOT_READ',
        `${this.#securities} purchases, sales and other movements of securities are not bank lines; they are notices.`,
        this.#firstSecurity,
      )
    }
    if (this.#records === 0 && this.#securities === 0)
      this.#context.warn('NO_STATEMENT', 'The file holds lists (categories, accounts, classes) and no transactions.')
    for (const account of this.#accounts.values()) this.#finish(account)
  }

  #security(record: QifRecord): void {
    this.#securities++
    this.#firstSecurity ??= record.line
    this.#context.emit({
      type: 'notice',
      notice: { kind: 'INFORMATION_ENTRY', text: record.raw.slice(0, 2000), line: record.line },
    })
  }

  #settle(): void {
    if (this.#waiting.length === 0) return
    this.#conventions ??= this.#evidence.conventions()
    const waiting = this.#waiting
    this.#waiting = []
    for (const { place, record } of waiting) this.#announce(place, record, this.#conventions)
  }

  #account(place: QifPlace): OpenAccount {
    const name = place.account ?? this.#context.options.account ?? ''
    const known = this.#accounts.get(name)
    if (known !== undefined) return known
    if (name === '') {
      const message = 'The section names no account. Declare one for the file (account).'
      this.#context.warn('ACCOUNT_MISSING', message, place.line)
    }
    const group = `qif:${name}`
    const assembly = new StatementAssembly(this.#context, group)
    assembly.begin()
    const account = { name, group, line: place.line, assembly, first: undefined, last: undefined }
    this.#accounts.set(name, account)
    withinLimit(this.#context.limits, 'maxParts', this.#accounts.size, `line ${place.line}`)
    return account
  }

  #announce(place: QifPlace, record: QifRecord, conventions: QifConventions): void {
    if (this.#records === 0 && this.#context.options.currency === undefined) {
      const message = 'QIF names no currency: the amounts carry XXX until one is declared (currency).'
      this.#context.warn('CURRENCY_UNKNOWN', message)
    }
    this.#records++
    const account = this.#account(place)
    const line = lineFrom(record, account.name, conventions, this.#context)
    if (line === undefined) return
    if (account.first === undefined || line.bookingDate < account.first) account.first = line.bookingDate
    if (account.last === undefined || line.bookingDate > account.last) account.last = line.bookingDate
    account.assembly.line(line, toMinorUnits(line.amount), account.name)
  }

  #finish({ name, line, assembly, first, last }: OpenAccount): void {
    const currency = this.#conventions?.currency ?? 'XXX'
    assembly.finish(
      {
        account: name,
        currency,
        balances: [],
        provisional: false,
        ...(first !== undefined && { periodStart: first }),
        ...(last !== undefined && { periodEnd: last }),
      },
      ['qif', name, currency, first, last],
      line,
    )
  }
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
