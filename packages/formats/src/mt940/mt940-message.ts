import { type Balance, fromMinorUnits, parseMoney, toMinorUnits } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import type { PageTrail } from '../page-trail.ts'
import type { StatementAssembly } from '../statement-assembly.ts'
import type { Mt940Field } from './mt940-field.ts'

/** One message while it is read: what its fields say about the statement. */
export interface Mt940Message {
  reference: string
  account: string
  number: string
  page: string
  currency: string | undefined
  opening: Balance | undefined
  closing: Balance | undefined
  readonly balances: Balance[]
  intraday: boolean
  lines: number
  readonly sums: { field: Mt940Field; count: number; amount: string }[]
  readonly line: number
}

/** MT942: interim figures and no opening balance. */
export function isIntraday({ intraday, opening }: Mt940Message): boolean {
  return intraday && opening === undefined
}

/** Follows the pages of a statement: a page that opens with 60M has others before it, one that closes with 62M after it. */
export function takePage(message: Mt940Message, currency: string, pages: PageTrail): void {
  const page = Number(message.page)
  if (message.page === '' || !Number.isInteger(page) || message.number === '') return
  pages.take({
    key: `${message.account}\u001f${currency}\u001f${message.number}`,
    name: `${message.number.slice(0, 20)} of account ${message.account.slice(0, 40)}`,
    page,
    first: message.opening?.code !== '60M',
    last: message.closing?.code !== '62M',
    line: message.line,
  })
}

/** Opening plus lines must be closing; a missing balance only warns, since fragments are passed around as files. */
export function checkBalances(
  message: Mt940Message,
  currency: string,
  assembly: StatementAssembly,
  context: ReaderContext,
): void {
  const { opening, closing } = message
  if (opening === undefined || closing === undefined) {
    context.warn(
      'BALANCE_MISSING',
      `The statement has no ${opening === undefined ? 'opening' : 'closing'} balance, so nothing proves it complete.`,
      message.line,
    )
    return
  }
  const reached = toMinorUnits(opening.amount) + assembly.credits - assembly.debits
  if (opening.amount.currency === closing.amount.currency && reached === toMinorUnits(closing.amount)) return
  const expected = `${fromMinorUnits(reached, currency).amount} ${currency}`
  context.defect('BALANCE_MISMATCH', {
    line: message.line,
    message: `Statement of account ${message.account}: the opening balance ${opening.amount.amount} and the lines make ${expected}, the closing balance is ${closing.amount.amount} ${closing.amount.currency}.`,
    expected,
    found: closing.amount.amount,
  })
}

/** Pages of one statement hand their balance on: 62M of one is 60M of the next. */
export function checkChain(message: Mt940Message, previous: Mt940Message | undefined, context: ReaderContext): void {
  if (previous === undefined || message.opening?.code !== '60M' || previous.closing?.code !== '62M') return
  if (previous.account !== message.account || previous.number !== message.number) return
  if (Number(message.page) !== Number(previous.page) + 1) return
  if (previous.closing.amount.amount === message.opening.amount.amount) return
  context.defect('BALANCE_CHAIN_BROKEN', {
    line: message.line,
    message: `Page ${message.page} of statement ${message.number} opens with ${message.opening.amount.amount}, the page before closed with ${previous.closing.amount.amount}.`,
    expected: previous.closing.amount.amount,
    found: message.opening.amount.amount,
  })
}

/** 90D and 90C: banks count what was not sent as well, so a difference only warns. */
export function checkSums(
  message: Mt940Message,
  currency: string,
  assembly: StatementAssembly,
  context: ReaderContext,
): void {
  for (const { field, count, amount } of message.sums) {
    const parsed = parseMoney(amount.startsWith(',') ? `0${amount}` : amount.replace(/,$/, '') || '0', {
      currency,
      decimalMark: ',',
    })
    const held = field.tag === '90D' ? assembly.debits : assembly.credits
    if (parsed.ok && toMinorUnits(parsed.value) === held) continue
    context.warn(
      'CONTROL_TOTAL_WRONG',
      `Field :${field.tag}: states ${count} entries of ${amount} ${currency}, the report holds ${fromMinorUnits(held, currency).amount}.`,
      field.line,
    )
  }
}
