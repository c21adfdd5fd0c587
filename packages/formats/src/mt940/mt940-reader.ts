import { type Balance, type BalanceKind, toMinorUnits } from '@recon/core'
import type { BankProfile } from '../bank-profile.ts'
import { bankProfile } from '../bank-profiles.ts'
import { type OpenReader, type ReaderContext, refusedFile } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { PageTrail } from '../page-trail.ts'
import { StatementAssembly } from '../statement-assembly.ts'
import { lineReader } from '../text-lines.ts'
import { swiftBalance, swiftCurrency } from './mt940-amount.ts'
import { type Mt940Field, Mt940FieldAssembler } from './mt940-field.ts'
import { lineOfFields } from './mt940-line-draft.ts'
import { checkBalances, checkChain, checkSums, isIntraday, type Mt940Message, takePage } from './mt940-message.ts'
import { type Mt940StatementLine, readStatementLine } from './mt940-statement-line.ts'

const balanceKindOf: Readonly<Record<string, BalanceKind>> = {
  '60': 'OPENING_BOOKED',
  '62': 'CLOSING_BOOKED',
  '64': 'CLOSING_AVAILABLE',
  '65': 'FORWARD_AVAILABLE',
}

/** Reads MT940 statements and MT942 interim reports, in their SWIFT envelope or without. */
export const openMt940: OpenReader = (context) => {
  const machine = new Mt940Machine(context)
  const fields = new Mt940FieldAssembler(
    context,
    (field) => machine.take(field),
    (line) => machine.endMessage(line),
  )
  return lineReader(context, {
    line: (text, number) => fields.take(text, number),
    end() {
      fields.end()
      machine.end()
    },
  })
}

class Mt940Machine {
  private readonly context: ReaderContext
  private readonly assembly: StatementAssembly
  private readonly pages: PageTrail
  private readonly profile: BankProfile
  private message: Mt940Message | undefined
  private pending: { line: Mt940StatementLine; information: Mt940Field[]; field: Mt940Field } | undefined
  private previous: Mt940Message | undefined

  constructor(context: ReaderContext) {
    this.context = context
    this.assembly = new StatementAssembly(context)
    this.pages = new PageTrail(context)
    this.profile = bankProfile(context.options.profile)
  }

  take(field: Mt940Field): void {
    if (field.tag === '20') this.endMessage(field.line)
    if (field.tag === '86' || field.tag === 'NS') {
      this.information(field)
      return
    }
    if (field.tag === '940' || field.tag === '942' || !/^\d/.test(field.tag)) return
    this.flushLine()
    const message = this.open(field)
    const text = field.lines.join('').trim()
    const number = field.tag.slice(0, 2)
    if (number === '20') message.reference = text
    else if (number === '25') message.account = text
    else if (number === '28') [message.number = '', message.page = ''] = text.split('/')
    else if (number === '61') this.statementLine(field, message)
    else if (number in balanceKindOf) this.balance(field, number, message)
    else if (number === '34' || number === '90') this.intradayFigure(field, text, message)
    else if (number === '13') message.intraday = true
  }

  endMessage(line: number): void {
    this.flushLine()
    const { message } = this
    this.message = undefined
    if (message !== undefined) this.finish(message, line)
  }

  end(): void {
    this.endMessage(0)
    this.pages.end()
    if (this.assembly.statements > 0) return
    throw refusedFile(this.context.format, 'NO_STATEMENT', {
      message: 'The file holds no statement.',
      expected: 'at least fields 20, 25, 28C and balances',
    })
  }

  private open(field: Mt940Field): Mt940Message {
    if (this.message === undefined) {
      this.assembly.begin(false, this.context.format === 'mt942')
      this.message = {
        reference: '',
        account: '',
        number: '',
        page: '',
        currency: this.context.options.currency,
        opening: undefined,
        closing: undefined,
        balances: [],
        intraday: false,
        lines: 0,
        sums: [],
        line: field.line,
      }
    }
    return this.message
  }

  private misplaced(field: Mt940Field, message: string, expected: string): void {
    this.context.defect('RECORD_MISPLACED', { line: field.line, message: `Line ${field.line}: ${message}`, expected })
  }

  private balance(field: Mt940Field, number: string, message: Mt940Message): void {
    const read = swiftBalance(field, message.currency, number === '60' || number === '62', this.context)
    if (read === undefined) return
    const balance: Balance = {
      kind: balanceKindOf[number] ?? 'OTHER',
      amount: read.amount,
      code: field.tag,
      ...(read.date === undefined ? {} : { date: read.date }),
    }
    if ((number === '60' && message.opening !== undefined) || (number === '62' && message.closing !== undefined))
      this.misplaced(field, `a second :${field.tag}: in one statement.`, 'one opening and one closing balance')
    if (number === '60') message.opening = balance
    if (number === '62') message.closing = balance
    message.currency ??= read.amount.currency
    message.balances.push(balance)
    withinLimit(this.context.limits, 'maxParts', message.balances.length, `line ${field.line}`)
  }

  private intradayFigure(field: Mt940Field, text: string, message: Mt940Message): void {
    message.intraday = true
    const found = /^(\d{0,5})([A-Z]{3}) {0,2}([CD]?)([\d,.]{0,40})$/.exec(text.slice(0, 80))
    if (found === null) {
      this.context.defect('FIELD_INVALID', {
        line: field.line,
        message: `Line ${field.line}: field :${field.tag}: "${text.slice(0, 40)}" cannot be read.`,
        expected: 'a currency and an amount',
        found: text.slice(0, 40),
      })
      return
    }
    message.currency ??= swiftCurrency(found[2] ?? '', field, this.context)
    withinLimit(this.context.limits, 'maxParts', message.sums.length, `line ${field.line}`)
    if (field.tag.startsWith('90')) message.sums.push({ field, count: Number(found[1] || '0'), amount: found[4] ?? '' })
  }

  private statementLine(field: Mt940Field, message: Mt940Message): void {
    if (message.closing !== undefined)
      this.misplaced(field, 'a statement line after the closing balance.', 'it before :62F:')
    if (message.currency === undefined)
      throw refusedFile(this.context.format, 'CURRENCY_INVALID', {
        line: field.line,
        message: `Line ${field.line}: no balance before this line tells the currency of the account.`,
        expected: 'field 60F or 34F first, or the currency option',
      })
    const line = readStatementLine(field, message.currency, this.context)
    if (line === undefined) return
    message.lines += 1
    this.pending = { line, information: [], field }
  }

  /** Text that stands where no text belongs moves no money: it is kept, and a warning says so. */
  private information(field: Mt940Field): void {
    const { pending, message, context } = this
    if (pending !== undefined) {
      if (field.tag === '86' && pending.information.some((earlier) => earlier.tag === '86'))
        context.warn('RECORD_MISPLACED', 'A second :86: follows one statement line; both belong to it.', field.line)
      pending.information.push(field)
      withinLimit(context.limits, 'maxParts', pending.information.length, `line ${field.line}`)
      return
    }
    if (field.tag === 'NS' || message === undefined) return
    if (message.closing === undefined && !message.intraday)
      context.warn('RECORD_MISPLACED', ':86: follows no statement line; it is read as a message.', field.line)
    context.emit({
      type: 'notice',
      notice: { kind: 'MESSAGE', account: message.account, text: field.lines.join('\n').trim(), line: field.line },
    })
  }

  private flushLine(): void {
    const { pending, message } = this
    this.pending = undefined
    if (pending === undefined || message === undefined) return
    const { line } = pending
    const draft = lineOfFields(line, pending.field, pending.information, message.account, this.profile)
    this.assembly.provisional = isIntraday(message)
    this.assembly.line(draft, toMinorUnits(line.amount), message.account)
  }

  private finish(message: Mt940Message, line: number): void {
    const { context, assembly } = this
    const currency = message.currency
    const bare = message.account === '' && message.lines === 0 && message.closing === undefined
    if (bare || currency === undefined) {
      context.defect(bare ? 'STRUCTURE_INVALID' : 'CURRENCY_INVALID', {
        line: message.line,
        message: bare
          ? `Line ${message.line}: a statement with no account, no lines and no closing balance.`
          : `Line ${message.line}: nothing in the statement tells its currency.`,
        expected: 'fields 20, 25, 28C, 60F and 62F',
      })
      return
    }
    if (message.account === '')
      context.warn('FIELD_MISSING', 'The statement names no account (field 25).', message.line)
    const intraday = isIntraday(message)
    if (!intraday) checkBalances(message, currency, assembly, context)
    if (intraday) checkSums(message, currency, assembly, context)
    checkChain(message, this.previous, context)
    if (!intraday) takePage(message, currency, this.pages)
    this.previous = message
    const page = Number(message.page)
    assembly.finish(
      {
        account: message.account || (context.options.account ?? ''),
        currency,
        ...(message.opening === undefined ? {} : { openingBalance: message.opening }),
        ...(message.closing === undefined ? {} : { closingBalance: message.closing }),
        balances: message.balances,
        ...(message.number === '' ? {} : { sequence: message.number.trim() }),
        ...(message.page !== '' && Number.isInteger(page)
          ? { page, lastPage: !message.balances.some((balance) => balance.code === '62M') }
          : {}),
        ...(message.opening?.date === undefined ? {} : { periodStart: message.opening.date }),
        ...(message.closing?.date === undefined ? {} : { periodEnd: message.closing.date }),
        provisional: intraday,
      },
      [
        'swift',
        message.account,
        currency,
        message.reference,
        message.number,
        message.page,
        message.opening?.date,
        message.closing?.date,
      ],
      line === 0 ? message.line : line,
    )
  }
}
