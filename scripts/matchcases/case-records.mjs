// Items of a case as bank lines and book entries.
import { currencyExponent, isCurrency, money } from '../../packages/core/src/index.ts'
import { shift } from './case-policy.mjs'

function decimals(value) {
  const point = value == null ? -1 : String(value).indexOf('.')
  return point < 0 ? 0 : String(value).length - point - 1
}

/** How many decimal places beyond the minor unit the finest amount of the case has. */
export function caseScale(testCase) {
  const items = [...(testCase.bank ?? []), ...(testCase.ledger ?? [])]
  const surplus = items.flatMap((item) => {
    const exponent = isCurrency(item.currency) ? currencyExponent(item.currency) : 2
    return [item.amount, item.baseAmount, item.originalAmount].map((amount) => decimals(amount) - exponent)
  })
  return Math.max(0, ...surplus)
}

export function toMoney(amount, currency, scale) {
  if (amount == null || currency === undefined || !isCurrency(currency.toUpperCase())) return undefined
  const text = String(amount)
  return money(scale === 0 ? text : shift(text, scale), currency.toUpperCase())
}

function present(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
}

function counterparty(item) {
  const fields = present({ name: item.name, account: item.counterpartyIban ?? item.counterpartyAccount })
  return Object.keys(fields).length === 0 ? undefined : fields
}

function original(item, base, scale) {
  return base
    ? toMoney(item.baseAmount, item.baseCurrency, scale)
    : toMoney(item.originalAmount, item.originalCurrency, scale)
}

/** With base currencies compared, an item without a base amount is its own base where it is booked in the base currency. */
function baseOrOwn(item, base, scale, baseCurrencies) {
  const stated = original(item, base, scale)
  if (stated !== undefined || !base || item.baseCurrency !== undefined || item.baseAmount !== undefined) return stated
  return baseCurrencies.has(item.currency) ? toMoney(item.amount, item.currency, scale) : undefined
}

export function toLine(item, scale, context) {
  const amount = toMoney(item.amount, item.currency, scale)
  if (amount === undefined) return undefined
  return present({
    id: item.id,
    account: item.account,
    bookingDate: item.date.slice(0, 10),
    valueDate: item.valueDate?.slice(0, 10),
    amount,
    status:
      item.status === 'pending'
        ? 'PENDING'
        : item.status === 'cancelled' || item.isSplitParent
          ? 'WITHDRAWN'
          : 'POSTED',
    references: present({
      endToEndId: item.reference,
      checkNumber: item.checkNumber,
      bankReference: item.transactionId,
      structuredReference: item.invoiceNumber,
      customerReference: item.note,
      batchId: item.groupId,
      remittanceText: item.text,
    }),
    counterparty: counterparty(item),
    originalAmount: baseOrOwn(item, context.base, scale, context.baseCurrencies),
    sourceStatus:
      item.status === 'reconciled' || item.status === 'matched' || item.alreadyLinked ? 'RECONCILED' : undefined,
    sourceEntryIds: item.linkedTo === undefined ? undefined : [item.linkedTo].flat(),
  })
}

const closed = new Set(['cancelled', 'matched', 'closed', 'paid'])

export function toEntry(item, scale, context) {
  const amount = toMoney(item.amount, item.currency, scale)
  if (amount === undefined) return undefined
  return present({
    id: item.id,
    account: item.account ?? item.payToAccount,
    date: item.date.slice(0, 10),
    amount,
    kind: item.docType === undefined ? 'GL_ENTRY' : 'INVOICE',
    references: present({
      paymentReference: item.reference,
      transactionNumber: item.transactionId,
      documentNumber: item.invoiceNumber,
      checkNumber: item.checkNumber,
      batchId: item.groupId,
      description: [item.text, item.note].filter(Boolean).join(' '),
    }),
    counterparty: counterparty(item),
    originalAmount: baseOrOwn(item, context.base, scale, context.baseCurrencies),
    status:
      closed.has(item.status) || item.isSplitParent || (item.alreadyLinked && item.status !== 'reconciled')
        ? 'CLOSED'
        : 'OPEN',
    sourceStatus: item.status === 'reconciled' ? 'RECONCILED' : undefined,
  })
}
