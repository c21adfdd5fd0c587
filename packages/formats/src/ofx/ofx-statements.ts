import type { Balance } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { StatementAssembly } from '../statement-assembly.ts'
import { announceDeletion, readOfxCorrection, warnOfReplacement } from './ofx-correction.ts'
import { FitidTrail } from './ofx-fitid-trail.ts'
import type { OfxTokenSink } from './ofx-tokens.ts'
import { type OfxTransaction, readOfxTransaction } from './ofx-transaction.ts'
import { readOfxAmount, readOfxDate } from './ofx-values.ts'

/** One open aggregate with the leaves read so far; the first of two equal names counts. */
export interface OfxAggregate {
  readonly name: string
  readonly line: number
  readonly leaves: Map<string, string>
  /** Closed aggregates inside, by name; the last of two equal names counts. */
  readonly inside: Map<string, OfxAggregate>
}

const statementNames = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS'])
const balanceNames = new Set(['LEDGERBAL', 'AVAILBAL'])
const listNames = new Set(['BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST', 'INVBANKTRAN'])
const transactionNames = new Set(['STMTTRN', 'STMTTRNP'])
/** Aggregates that matter; every other tag is a leaf, or transparent: its leaves count to what is around it. */
const aggregateNames = new Set([
  ...statementNames,
  ...transactionNames,
  'OFX',
  'STATUS',
  'SONRS',
  'STMTTRNRS',
  'CCSTMTTRNRS',
  'INVSTMTTRNRS',
  'FI',
  'BANKACCTFROM',
  'CCACCTFROM',
  'INVACCTFROM',
  'BANKACCTTO',
  'CCACCTTO',
  'BANKTRANLIST',
  'BANKTRANLISTP',
  'INVTRANLIST',
  'INVBANKTRAN',
  'LEDGERBAL',
  'AVAILBAL',
  'BALLIST',
  'CURRENCY',
  'ORIGCURRENCY',
  'PAYEE',
  'IMAGEDATA',
  'INVPOSLIST',
  'INVBAL',
  'SECLIST',
  'INVOOLIST',
  'ACCTINFO',
])
const messageSet = /^[A-Z0-9]{1,24}MSGSR[SQ]V\d$/
const investmentActivity =
  /^(?:BUY|SELL)[A-Z]+$|^(?:INCOME|REINVEST|TRANSFER|INVEXPENSE|RETOFCAP|SPLIT|MARGININTEREST|JRNLFUND|JRNLSEC|CLOSUREOPT)$/
const noStatement =
  'The file holds no account statement: it is a sign-on, a profile, a list of accounts or an error answer. Download the statement again.'

/** Builds statements from the tags of an OFX file. */
export class OfxStatements implements OfxTokenSink {
  readonly #context: ReaderContext
  readonly #assembly: StatementAssembly
  readonly #stack: OfxAggregate[] = []
  #rootSeen = false
  #rootClosed = false
  #messageSets = 0
  #investments = 0
  #fitids = new FitidTrail()
  #repeatedFitids = 0
  /** The first of them, for the one warning there is about them all. */
  #repeatedAt: { fitid: string; line: number }[] = []
  /** Lines in another currency than their statement's; they become statements of their own. */
  #foreign: OfxTransaction[] = []

  constructor(context: ReaderContext) {
    this.#context = context
    this.#assembly = new StatementAssembly(context)
  }

  header(_text: string): void {
    // Nothing in the header changes how the body is read; the charset was found from the bytes.
  }

  declaration(line: number): void {
    this.#context.defect('ENTITY_DECLARED', {
      message: 'The file declares a document type or entities, which OFX has no use for. It is not read, for safety.',
      line,
    })
  }

  open(name: string, text: string, line: number): void {
    if (name === 'OFX') this.#rootSeen = true
    if (messageSet.test(name)) this.#messageSets++
    const top = this.#stack.at(-1)
    if (aggregateNames.has(name)) {
      this.#endWhatCannotHold(name, line)
      this.#stack.push({ name, line, leaves: new Map(), inside: new Map() })
      withinLimit(this.#context.limits, 'maxDepth', this.#stack.length, `line ${line}`)
      if (statementNames.has(name)) this.#beginStatement()
      return
    }
    if (top === undefined) return
    if (top.name === 'INVTRANLIST' && investmentActivity.test(name)) this.#investments++
    if (!top.leaves.has(name)) top.leaves.set(name, text)
  }

  close(name: string, line: number): void {
    if (name === 'OFX') this.#rootClosed = true
    if (!this.#stack.some((aggregate) => aggregate.name === name)) return
    for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) {
      if (top.name !== name) {
        this.#missingEnd(top, line)
        continue
      }
      this.#end(top)
      return
    }
  }

  finish(): void {
    if (!this.#rootSeen) {
      this.#context.defect('STRUCTURE_INVALID', { message: 'There is no <OFX> element: this is not an OFX file.' })
    }
    const open = this.#stack.at(-1)
    if (!this.#rootClosed || open !== undefined) {
      this.#context.defect('TRUNCATED', {
        message: `The file ends inside <${open?.name ?? 'OFX'}>: it was cut off.`,
        ...(open && { line: open.line }),
        expected: '</OFX> at the end',
      })
      for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) this.#end(top)
    }
    if (this.#messageSets === 0) this.#context.defect('NO_STATEMENT', { message: 'The <OFX> element is empty.' })
    if (this.#assembly.statements === 0) this.#context.warn('NO_STATEMENT', noStatement)
  }

  /** Ends what a bank forgot to end: transactions hold no transaction, lists hold no balance. */
  #endWhatCannotHold(name: string, line: number): void {
    for (let top = this.#stack.at(-1); top !== undefined; top = this.#stack.at(-1)) {
      const transaction = transactionNames.has(top.name)
      const nested = transaction && (transactionNames.has(name) || balanceNames.has(name))
      if (!nested && !(balanceNames.has(name) && listNames.has(top.name))) return
      this.#missingEnd(top, line)
    }
  }

  #missingEnd(aggregate: OfxAggregate, line: number): void {
    this.#context.warn('TAG_NOT_CLOSED', `<${aggregate.name}> of line ${aggregate.line} has no end tag.`, line)
    this.#end(aggregate)
  }

  #end(aggregate: OfxAggregate): void {
    this.#stack.pop()
    const parent = this.#stack.at(-1)
    parent?.inside.set(aggregate.name, aggregate)
    if (aggregate.name === 'STATUS') this.#status(aggregate)
    else if (transactionNames.has(aggregate.name)) this.#transaction(aggregate)
    else if (statementNames.has(aggregate.name)) this.#statement(aggregate)
  }

  #status({ leaves, line }: OfxAggregate): void {
    const code = leaves.get('CODE') ?? ''
    if (/^0*$/.test(code)) return
    const text = `${leaves.get('SEVERITY') ?? ''} ${code}: ${leaves.get('MESSAGE') ?? 'no message'}`.slice(0, 300)
    this.#context.warn(
      'SERVER_STATUS',
      `The bank's server answered ${text}. The file may hold nothing, or not everything.`,
      line,
    )
  }

  #beginStatement(): void {
    this.#investments = 0
    this.#fitids = new FitidTrail()
    this.#repeatedFitids = 0
    this.#repeatedAt = []
    this.#foreign = []
    this.#assembly.begin()
  }

  /** The open statement's own leaves, wherever in it we are. */
  #account(): { account: string; currency: string; line: number } | undefined {
    const statement = this.#stack.findLast((aggregate) => statementNames.has(aggregate.name))
    return statement && this.#accountOf(statement)
  }

  #accountOf({ leaves, inside, line }: OfxAggregate): { account: string; currency: string; line: number } {
    const from = inside.get('BANKACCTFROM') ?? inside.get('CCACCTFROM') ?? inside.get('INVACCTFROM')
    const account = from?.leaves.get('ACCTID') || this.#context.options.account || ''
    return { account, currency: (leaves.get('CURDEF') || this.#context.options.currency || '').toUpperCase(), line }
  }

  #transaction(aggregate: OfxAggregate): void {
    const place = this.#account()
    if (place === undefined) {
      this.#context.defect('RECORD_MISPLACED', {
        message: 'A transaction stands outside every account statement.',
        line: aggregate.line,
      })
      return
    }
    const correction = readOfxCorrection(aggregate, this.#context)
    const corrected = correction && this.#fitids.lineOf(correction.fitid)
    if (correction?.action === 'DELETE') {
      announceDeletion(correction, place.account, aggregate, corrected, this.#context)
      return
    }
    const plain = readOfxTransaction(aggregate, place, this.#context)
    if (plain === undefined) return
    const read = corrected === undefined ? plain : { ...plain, line: { ...plain.line, supersedes: corrected } }
    if (corrected === undefined && correction !== undefined)
      warnOfReplacement(correction, aggregate.line, this.#context)
    const fitid = aggregate.leaves.get('FITID') ?? ''
    const own = read.line.amount.currency === place.currency
    const id = own ? this.#assembly.line(read.line, read.minor, place.account) : ''
    if (!own) this.#foreign.push(read)
    if (!/^\**$/.test(fitid) && this.#fitids.take(fitid, id)) {
      this.#repeatedFitids++
      if (this.#repeatedAt.length < 5) this.#repeatedAt.push({ fitid, line: aggregate.line })
    }
  }

  #statement(aggregate: OfxAggregate): void {
    const { account, currency, line } = this.#accountOf(aggregate)
    if (currency === '') {
      this.#context.defect('CURRENCY_INVALID', {
        message: 'The statement names no currency (CURDEF).',
        line,
        expected: 'an ISO 4217 code',
      })
    }
    if (account === '')
      this.#context.warn('ACCOUNT_MISSING', 'The statement names no account. Declare one for the file.', line)
    if (this.#investments > 0) {
      this.#context.warn(
        'INVESTMENTS_NOT_READ',
        `${this.#investments} purchases, sales and other movements of securities are not bank lines and were not read.`,
        line,
      )
    }
    this.#tellRepeatedFitids()
    const ledger = this.#balance(aggregate, 'LEDGERBAL', currency)
    const available = this.#balance(aggregate, 'AVAILBAL', currency)
    const list = aggregate.inside.get('BANKTRANLIST') ?? aggregate.inside.get('INVTRANLIST')
    const start = readOfxDate(list?.leaves.get('DTSTART') ?? '')
    const end = readOfxDate(list?.leaves.get('DTEND') ?? '')
    this.#assembly.finish(
      {
        account,
        currency,
        balances: [...(ledger ? [ledger] : []), ...(available ? [available] : [])],
        ...(ledger && { closingBalance: ledger }),
        ...(start !== undefined && { periodStart: start }),
        ...(end !== undefined && { periodEnd: end }),
        provisional: false,
      },
      ['ofx', account, currency, start ?? '', end ?? ledger?.date ?? ''],
      line,
    )
    for (const other of new Set(this.#foreign.map((read) => read.line.amount.currency))) {
      for (const read of this.#foreign) {
        if (read.line.amount.currency === other) this.#assembly.line(read.line, read.minor, account)
      }
      this.#assembly.finish(
        { account, currency: other, balances: [], provisional: false },
        ['ofx', account, other, start ?? '', end ?? ''],
        line,
      )
    }
  }

  #tellRepeatedFitids(): void {
    const [first] = this.#repeatedAt
    if (first === undefined) return
    const places = this.#repeatedAt.map(({ fitid, line }) => `${fitid.slice(0, 60)} on line ${line}`).join(', ')
    const more = this.#repeatedFitids > this.#repeatedAt.length ? ' and others' : ''
    this.#context.warn(
      'FITID_REPEATED',
      `${this.#repeatedFitids} transactions repeat a transaction id the bank used before in this account (${places}${more}); all lines are kept.`,
      first.line,
    )
  }

  #balance(statement: OfxAggregate, name: 'LEDGERBAL' | 'AVAILBAL', currency: string): Balance | undefined {
    const aggregate = statement.inside.get(name)
    if (aggregate === undefined) return undefined
    const { leaves, line } = aggregate
    const text = leaves.get('BALAMT') ?? ''
    const read = readOfxAmount(text, currency)
    if (!read.ok) {
      const why = text === '' ? 'is empty' : `cannot be read: ${read.why}`
      this.#context.warn(
        'BALANCE_MISSING',
        `The ${name === 'LEDGERBAL' ? 'ledger' : 'available'} balance ${why}. The lines cannot be checked against it.`,
        line,
      )
      return undefined
    }
    const date = readOfxDate(leaves.get('DTASOF') ?? '')
    return {
      kind: name === 'LEDGERBAL' ? 'CLOSING_BOOKED' : 'CLOSING_AVAILABLE',
      amount: read.money,
      ...(date !== undefined && { date }),
      code: name,
    }
  }
}
