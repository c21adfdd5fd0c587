import {
  type BankLine,
  type BookEntry,
  type BookEntryKind,
  fromMinorUnits,
  type Instrument,
  type IsoDate,
  isCurrency,
  isIsoDate,
  type Money,
  type ProviderWarning,
  ReconError,
} from '@recon/core'
import type {
  ModernTreasuryTransactable,
  ModernTreasuryTransaction,
  RuleVariables,
  TransactablePath,
} from './modern-treasury-api.ts'

const provider = 'modern-treasury'

function invalid(what: string, why: string): ReconError {
  return new ReconError('PROVIDER_RESPONSE_INVALID', `modern-treasury: ${what} ${why}.`, { provider })
}

/** Integers of the currency's minor unit, as ISO 4217 counts it. */
function amountOf(minor: string | null | undefined, currency: string | null | undefined, what: string): Money {
  const code = currency?.toUpperCase() ?? ''
  if (!minor || !/^-?\d{1,18}$/.test(minor)) throw invalid(what, `came with the amount "${minor?.slice(0, 30) ?? ''}"`)
  if (!isCurrency(code)) throw invalid(what, `came with the currency "${code.slice(0, 10)}"`)
  return fromMinorUnits(BigInt(minor), code)
}

function signed(value: Money, incoming: boolean): Money {
  return incoming
    ? value
    : {
        ...value,
        amount: value.amount.startsWith('-')
          ? value.amount.slice(1)
          : /[1-9]/.test(value.amount)
            ? `-${value.amount}`
            : value.amount,
      }
}

function dateOf(candidates: readonly (string | null | undefined)[], what: string): IsoDate {
  for (const candidate of candidates) {
    const day = candidate?.slice(0, 10)
    if (day && isIsoDate(day)) return day
  }
  throw invalid(what, 'came without a date')
}

const instrumentsByType: Readonly<Record<string, Instrument>> = {
  ach: 'EFT',
  bacs: 'EFT',
  sepa: 'EFT',
  eft: 'EFT',
  neft: 'EFT',
  rtp: 'EFT',
  card: 'CARD',
  check: 'CHECK',
  wire: 'WIRE',
  cross_border: 'WIRE',
  interest: 'INTEREST',
}

export function lineOfTransaction(row: ModernTreasuryTransaction): BankLine {
  const what = `transaction ${row.id}`
  const amount = amountOf(row.amount_string ?? row.amount, row.currency, what)
  const instrument = row.type ? instrumentsByType[row.type] : undefined
  if (row.direction !== 'credit' && row.direction !== 'debit')
    throw invalid(what, `came with the direction "${row.direction.slice(0, 20)}"`)
  return {
    id: row.id,
    bookingDate: dateOf([row.as_of_date, row.created_at], what),
    amount: signed(amount, row.direction === 'credit'),
    status: row.posted ? 'POSTED' : 'PENDING',
    references: {
      ...(row.vendor_id ? { bankReference: row.vendor_id } : {}),
      ...(row.vendor_customer_id ? { customerReference: row.vendor_customer_id } : {}),
      ...(row.vendor_description ? { remittanceText: row.vendor_description } : {}),
    },
    ...(row.internal_account_id ? { account: row.internal_account_id } : {}),
    ...(row.vendor_code ? { transactionCode: row.vendor_code } : {}),
    ...(instrument === undefined ? {} : { instrument }),
    ...(row.reconciled ? { sourceStatus: 'RECONCILED' as const } : {}),
  }
}

const kinds: Readonly<Record<TransactablePath, BookEntryKind>> = {
  payment_orders: 'PAYMENT_ORDER',
  expected_payments: 'EXPECTED_PAYMENT',
  incoming_payment_details: 'INCOMING_PAYMENT_DETAIL',
  returns: 'RETURN',
  paper_items: 'PAPER_ITEM',
}

/** States in which a transactable no longer waits for money. */
const closed = new Set(['archived', 'cancelled', 'denied', 'failed', 'reversed', 'stopped', 'returned'])

/**
 * Whether the money comes in. A payment order of direction credit pushes money out; an expected payment or incoming detail of
 * direction credit is money received. A return carries no direction: what is returned to us comes in, what we return goes out.
 */
function isIncoming(
  path: TransactablePath,
  direction: string | null | undefined,
  row: ModernTreasuryTransactable,
): boolean {
  if (path === 'payment_orders') return direction === 'debit'
  // A paper item is a check deposited through the lockbox: money in, whether or not the old object says so.
  if (path === 'paper_items') return direction !== 'debit'
  if (path === 'returns') return row.returnable_type !== 'incoming_payment_detail'
  return direction === 'credit'
}

export interface ConvertedTransactable {
  readonly entry: BookEntry
  readonly warnings: readonly ProviderWarning[]
}

export function entryOfTransactable(path: TransactablePath, row: ModernTreasuryTransactable): ConvertedTransactable {
  const rules = row.reconciliation_rule_variables ?? []
  const rule = rules[0]
  const what = `${path.slice(0, -1)} ${row.id}`
  const currency = rule?.currency ?? row.currency
  const incoming = isIncoming(path, rule?.direction ?? row.direction, row)
  const lower = rule?.amount_lower_bound ?? row.amount_lower_bound ?? row.amount
  const upper = rule?.amount_upper_bound ?? row.amount_upper_bound ?? row.amount
  const amount = signed(amountOf(lower ?? upper, currency, what), incoming)
  const other = signed(amountOf(upper ?? lower, currency, what), incoming)
  const account = rule?.internal_account_id ?? row.internal_account_id ?? row.originating_account_id
  const entry: BookEntry = {
    id: row.id,
    date: dateOf(
      [rule?.date_upper_bound, row.date_upper_bound, row.effective_date, row.as_of_date, row.created_at],
      what,
    ),
    amount,
    kind: kinds[path],
    references: referencesOf(row),
    source: provider,
    ...(amount.amount === other.amount
      ? {}
      : { amountBounds: incoming ? { minimum: amount, maximum: other } : { minimum: other, maximum: amount } }),
    ...boundsOf(rule, row),
    ...(account ? { account } : {}),
    ...(row.receiving_account_name ? { counterparty: { name: row.receiving_account_name } } : {}),
    ...(row.status && closed.has(row.status) ? { status: 'CLOSED' as const } : {}),
    ...(row.reconciliation_status === 'reconciled' || row.status === 'reconciled'
      ? { sourceStatus: 'RECONCILED' as const }
      : {}),
  }
  const warnings =
    rules.length > 1
      ? [
          {
            code: 'FIRST_RULE_USED',
            message: `${what} has ${rules.length} rules; the first one is compared.`,
            recordId: row.id,
          },
        ]
      : []
  return { entry, warnings }
}

function referencesOf(row: ModernTreasuryTransactable) {
  const description = [row.remittance_information, row.statement_descriptor, row.description].filter(Boolean).join(' ')
  return {
    transactionNumber: row.id,
    ...(row.external_id || row.vendor_id ? { paymentReference: row.external_id || row.vendor_id || '' } : {}),
    ...(row.returnable_id ? { documentNumber: row.returnable_id } : {}),
    ...(description === '' ? {} : { description }),
  }
}

function boundsOf(rule: RuleVariables | undefined, row: ModernTreasuryTransactable) {
  const earliest = rule?.date_lower_bound ?? row.date_lower_bound
  const latest = rule?.date_upper_bound ?? row.date_upper_bound
  return earliest && latest && isIsoDate(earliest) && isIsoDate(latest) ? { dateBounds: { earliest, latest } } : {}
}
