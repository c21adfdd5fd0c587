import { type Balance, type IsoDate, isCurrency, toMinorUnits } from '@recon/core'
import { type OpenReader, type ReaderContext, refusedFile } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { PageTrail } from '../page-trail.ts'
import { StatementAssembly } from '../statement-assembly.ts'
import { camtDate } from './camt-amount.ts'
import { checkBalances, closingBalance, openingBalance, readBalance } from './camt-balance.ts'
import { type CamtCharge, chargeNotice, readCharges } from './camt-charges.ts'
import { accountId, type CamtDetail, readDetail } from './camt-details.ts'
import { type CamtEntry, type CamtOwner, lineOfEntry, paymentsOf, readEntry } from './camt-entry.ts'
import { type CamtTally, checkSummary } from './camt-summary.ts'
import { child, textAt, type XmlHandler, type XmlNode, xmlReader } from './camt-xml.ts'

const messageElements: Readonly<Record<string, { format: string; part: string }>> = {
  BkToCstmrAcctRpt: { format: 'camt.052', part: 'Rpt' },
  BkToCstmrStmt: { format: 'camt.053', part: 'Stmt' },
  BkToCstmrDbtCdtNtfctn: { format: 'camt.054', part: 'Ntfctn' },
}
const namespacePattern = /^urn:iso:std:iso:20022:tech:xsd:(camt\.05[234])\.001\.\d{2}$/
const keptFields = new Set(
  'Id ElctrncSeqNb LglSeqNb CreDtTm FrToDt TxsSummry StmtPgntn RptPgntn NtfctnPgntn'.split(' '),
)
const knownStatuses = new Set(['BOOK', 'PDNG', 'INFO', 'FUTR'])

/** Reads camt.052, camt.053 and camt.054 of every version by local element names. */
export const openCamt: OpenReader = (context) => xmlReader(context, new CamtMachine(context))

/** Pages say which is the last; one that says nothing stands alone. */
function isLastPage(pagination: XmlNode | undefined): boolean {
  const text = textAt(pagination, 'LastPgInd')
  return text !== 'false' && text !== '0'
}

interface OpenStatement {
  readonly node: XmlNode
  account: string | undefined
  /** The account's own, or where the bank leaves it out, that of the first entry. */
  currency: string | undefined
  balanceCurrency: string | undefined
  readonly balances: Balance[]
  readonly fields: Map<string, XmlNode>
  readonly tally: CamtTally
  readonly warned: Set<string>
}

class CamtMachine implements XmlHandler {
  readonly captured = new Set(['Ntry', 'TxDtls'])
  private readonly context: ReaderContext
  private readonly assembly: StatementAssembly
  private readonly pages: PageTrail
  /** The pages of the message, where it has several and its statements are not numbered by page themselves. */
  private messagePages: XmlNode | undefined
  private message: { format: string; part: string } | undefined
  private statement: OpenStatement | undefined
  private details: CamtDetail[] = []
  private created: IsoDate | undefined

  constructor(context: ReaderContext) {
    this.context = context
    this.assembly = new StatementAssembly(context)
    this.pages = new PageTrail(context)
  }

  open(node: XmlNode, parent: XmlNode | undefined): void {
    if (parent === undefined) this.checkNamespace(node)
    if (this.message === undefined) this.openMessage(node)
    else if (node.name === this.message.part && this.statement === undefined) {
      this.assembly.begin(this.context.format !== 'camt.053', this.context.format === 'camt.052')
      this.statement = {
        node,
        account: undefined,
        currency: undefined,
        balanceCurrency: undefined,
        balances: [],
        fields: new Map(),
        tally: { credits: 0n, debits: 0n, creditCount: 0, debitCount: 0 },
        warned: new Set(),
      }
    }
  }

  private openMessage(node: XmlNode): void {
    const message = messageElements[node.name.replace(/V\d\d$/, '')]
    if (message !== undefined && message.format !== this.context.format)
      throw refusedFile(this.context.format, 'STRUCTURE_INVALID', {
        line: node.line,
        message: `Line ${node.line}: the file holds a ${message.format} message.`,
        expected: this.context.format,
      })
    this.message = message
  }

  close(node: XmlNode, parent: XmlNode | undefined): boolean {
    const { statement } = this
    if (statement === undefined) {
      if (node.name !== 'GrpHdr') return false
      this.created = camtDate(child(node, 'CreDtTm'), this.context)
      const pages = child(node, 'MsgPgntn')
      if (Number(textAt(pages, 'PgNb')) > 1 || !isLastPage(pages)) this.messagePages = pages
      return true
    }
    if (node === statement.node) {
      this.finish(statement)
      this.statement = undefined
      return true
    }
    if (node.name === 'TxDtls') {
      this.details.push(readDetail(node, this.context))
      withinLimit(this.context.limits, 'maxParts', this.details.length, `line ${node.line}`)
      return true
    }
    if (parent !== statement.node) return false
    if (node.name === 'Ntry') this.entry(node, statement)
    else if (node.name === 'Bal') this.balance(node, statement)
    else if (node.name === 'Acct') this.account(node, statement)
    else if (keptFields.has(node.name)) statement.fields.set(node.name, node)
    return true
  }

  cutOff(): void {
    if (this.statement !== undefined) this.finish(this.statement)
    this.statement = undefined
  }

  end(): void {
    this.pages.end()
    if (this.assembly.statements > 0) return
    throw refusedFile(this.context.format, 'NO_STATEMENT', {
      message: 'The file holds no statement, report or notification.',
      expected: 'at least one Stmt, Rpt or Ntfctn',
    })
  }

  private checkNamespace(root: XmlNode): void {
    const colon = Object.keys(root.attributes).find(
      (name) => name.startsWith('xmlns:') && namespacePattern.test(root.attributes[name] ?? ''),
    )
    const namespace = root.attributes.xmlns ?? (colon === undefined ? undefined : root.attributes[colon])
    if (namespace !== undefined && namespacePattern.exec(namespace)?.[1] === this.context.format) return
    this.context.warn(
      'NAMESPACE_UNKNOWN',
      namespace === undefined
        ? 'The file declares no camt namespace; it is read by its element names.'
        : `The namespace "${namespace.slice(0, 80)}" is not that of ${this.context.format}; the file is read by its element names.`,
      root.line,
    )
  }

  private account(node: XmlNode, statement: OpenStatement): void {
    statement.account = accountId(node)
    const currency = textAt(node, 'Ccy')
    if (currency === undefined) return
    if (!isCurrency(currency))
      throw refusedFile(this.context.format, 'CURRENCY_INVALID', {
        line: node.line,
        message: `Line ${node.line}: "${currency.slice(0, 12)}" is no currency.`,
        expected: 'an ISO 4217 code',
      })
    statement.currency = currency
  }

  private balance(node: XmlNode, statement: OpenStatement): void {
    const balance = readBalance(node, statement.currency ?? statement.balanceCurrency, this.context)
    statement.balanceCurrency ??= balance.amount.currency
    statement.balances.push(balance)
    withinLimit(this.context.limits, 'maxParts', statement.balances.length, `line ${node.line}`)
  }

  private entry(node: XmlNode, statement: OpenStatement): void {
    const details = this.details
    this.details = []
    const owner: CamtOwner = {
      account: statement.account ?? this.context.options.account ?? '',
      currency: statement.currency ?? statement.balanceCurrency,
      date: this.statementDate(statement),
    }
    const entry = readEntry(node, owner, this.context)
    statement.currency ??= entry.amount.currency
    this.checkEntry(entry, details, statement)
    const minor = toMinorUnits(entry.amount)
    if (entry.direction === 'CRDT') {
      statement.tally.credits += minor
      statement.tally.creditCount += 1
    } else {
      statement.tally.debits -= minor
      statement.tally.debitCount += 1
    }
    this.announceCharges(node, details, owner.account)
    const payments = this.context.options.batches === 'bookings' ? undefined : paymentsOf(entry, details)
    if (payments === undefined) {
      if (details.length > 1 && this.context.options.batches !== 'bookings')
        this.warnOnce(
          statement,
          'BATCH_TOTAL_DIFFERS',
          `The ${details.length} payments of a booking do not make its amount; it stays one line.`,
          entry.line,
        )
      const only = details.length === 1 ? details[0] : undefined
      this.assembly.line(lineOfEntry(entry, only, entry.amount, owner, this.context), minor, owner.account)
      return
    }
    payments.forEach((amount, index) => {
      const draft = lineOfEntry(entry, details[index], amount, owner, this.context)
      this.assembly.line(draft, toMinorUnits(amount), owner.account, details[index]?.references.bankReference ?? null)
    })
  }

  private announceCharges(node: XmlNode, details: readonly CamtDetail[], account: string): void {
    const announce = (charge: CamtCharge, reference: string | undefined) =>
      this.context.emit({ type: 'notice', notice: chargeNotice(charge, account, reference, node.line) })
    for (const charge of readCharges(node)) announce(charge, textAt(node, 'AcctSvcrRef'))
    for (const { charges, references } of details)
      for (const charge of charges) announce(charge, references.bankReference ?? references.endToEndId)
  }

  private checkEntry(entry: CamtEntry, details: readonly CamtDetail[], statement: OpenStatement): void {
    const { context } = this
    if (entry.status === '')
      this.warnOnce(statement, 'FIELD_MISSING', 'Entries have no status; they are read as booked.', entry.line)
    else if (!knownStatuses.has(entry.status))
      context.defect('FIELD_INVALID', {
        line: entry.line,
        message: `Line ${entry.line}: entry status "${entry.status.slice(0, 12)}" is not known.`,
        expected: 'BOOK, PDNG, INFO or FUTR',
        found: entry.status.slice(0, 12),
      })
    if (entry.status === 'INFO')
      this.warnOnce(
        statement,
        'INFORMATION_ENTRY',
        'Entries for information only are read as pending; the bank never books them.',
        entry.line,
      )
    if (entry.amount.currency !== statement.currency)
      context.defect('CURRENCY_MISMATCH', {
        line: entry.line,
        message: `Line ${entry.line}: the entry is in ${entry.amount.currency}, the account in ${statement.currency ?? 'none'}.`,
        expected: statement.currency ?? 'the currency of the account',
        found: entry.amount.currency,
      })
    if (details.length > 0 && entry.batchCount !== undefined && entry.batchCount !== details.length)
      this.warnOnce(
        statement,
        'BATCH_COUNT_DIFFERS',
        `A batch states ${entry.batchCount} payments and details ${details.length}.`,
        entry.line,
      )
  }

  private takePage(statement: OpenStatement, pagination: XmlNode, page: number, currency: string): void {
    const { fields } = statement
    const number = fields.get('ElctrncSeqNb')?.text || fields.get('LglSeqNb')?.text || fields.get('Id')?.text || ''
    this.pages.take({
      key: `${statement.account ?? ''}\u001f${currency}\u001f${number}`,
      name: `${number.slice(0, 40)} of account ${(statement.account ?? '').slice(0, 40)}`,
      page,
      first: page <= 1,
      last: isLastPage(pagination),
      line: statement.node.line,
    })
  }

  private warnOnce(statement: OpenStatement, code: string, message: string, line: number): void {
    if (statement.warned.has(code)) return
    statement.warned.add(code)
    this.context.warn(code, message, line)
  }

  private statementDate(statement: OpenStatement): IsoDate | undefined {
    const { fields } = statement
    const closing = statement.balances.find((balance) => balance.date !== undefined)?.date
    return this.period(statement).end ?? closing ?? camtDate(fields.get('CreDtTm'), this.context) ?? this.created
  }

  private period(statement: OpenStatement): { start: IsoDate | undefined; end: IsoDate | undefined } {
    const period = statement.fields.get('FrToDt')
    return {
      start: camtDate(child(period, 'FrDtTm') ?? child(period, 'FrDt'), this.context),
      end: camtDate(child(period, 'ToDtTm') ?? child(period, 'ToDt'), this.context),
    }
  }

  private finish(statement: OpenStatement): void {
    const { context, assembly } = this
    const { node, balances, fields } = statement
    const account = statement.account ?? context.options.account
    if (account === undefined) context.warn('FIELD_MISSING', 'The statement names no account.', node.line)
    const currency = statement.currency ?? statement.balanceCurrency ?? context.options.currency
    if (currency === undefined)
      throw refusedFile(context.format, 'CURRENCY_INVALID', {
        line: node.line,
        message: `Line ${node.line}: nothing in the statement tells its currency.`,
        expected: 'Acct/Ccy, a balance or an entry; or the currency option',
      })
    const summary = fields.get('TxsSummry')
    if (summary !== undefined) checkSummary(summary, statement.tally, currency, context)
    checkBalances(account ?? '', balances, assembly.credits - assembly.debits, currency, node.line, context)
    const sequence = fields.get('ElctrncSeqNb')?.text ?? fields.get('LglSeqNb')?.text
    const pagination =
      fields.get('StmtPgntn') ?? fields.get('RptPgntn') ?? fields.get('NtfctnPgntn') ?? this.messagePages
    const page = Number(textAt(pagination, 'PgNb'))
    const paged = pagination !== undefined && Number.isInteger(page)
    if (paged) this.takePage(statement, pagination, page, currency)
    const { start, end } = this.period(statement)
    const opening = openingBalance(balances)
    const closing = closingBalance(balances)
    assembly.finish(
      {
        account: account ?? '',
        currency,
        ...(opening === undefined ? {} : { openingBalance: opening }),
        ...(closing === undefined ? {} : { closingBalance: closing }),
        balances,
        ...(sequence === undefined || sequence === '' ? {} : { sequence }),
        ...(paged ? { page, lastPage: isLastPage(pagination) } : {}),
        ...(start === undefined ? {} : { periodStart: start }),
        ...(end === undefined ? {} : { periodEnd: end }),
        provisional: assembly.provisional,
      },
      [context.format, account, currency, fields.get('Id')?.text, sequence, String(page)],
      node.line,
    )
  }
}
