import { type BankReferences, type Counterparty, fromMinorUnits, type Instrument, type IsoDate } from '@recon/core'
import { type OpenReader, type ReaderContext, refusedFile } from '../format-reader.ts'
import { withinLimit } from '../input-limits.ts'
import { presentFields } from '../present-fields.ts'
import { type LineDraft, StatementAssembly } from '../statement-assembly.ts'
import { checkAddenda, type NachaAddendaFacts, readAddenda } from './nacha-addenda.ts'
import { headlessBatch, type NachaBatch, type NachaTotals, nachaDate, noTotals, openBatch } from './nacha-batch.ts'
import { isNonMonetary } from './nacha-code.ts'
import { checkBatchControl, checkFileControl } from './nacha-control.ts'
import { type NachaEntry, readEntry } from './nacha-entry.ts'
import { type NachaRecord, recordReader } from './nacha-record.ts'

/** Reads NACHA files: returns, notifications of change, dishonored and contested returns, and the payments themselves. */
export const openNacha: OpenReader = (context) => {
  const machine = new NachaMachine(context)
  return recordReader(context, {
    record: (record) => machine.take(record),
    end: () => machine.end(),
  })
}

class NachaMachine {
  private readonly context: ReaderContext
  private readonly assembly: StatementAssembly
  private readonly totals: NachaTotals = noTotals()
  private batches = 0
  private created: IsoDate | undefined
  private sawHeader = false
  private sawControl = false
  private wide = false
  private batch: NachaBatch | undefined
  private entry: NachaEntry | undefined
  private line = 0

  constructor(context: ReaderContext) {
    this.context = context
    this.assembly = new StatementAssembly(context)
  }

  take(record: NachaRecord): void {
    this.line = record.line
    if (this.sawControl) {
      this.misplaced(record, 'a record after the file control.', 'nothing but padding')
      return
    }
    if (record.type !== '1' && !this.sawHeader) {
      this.misplaced(record, 'the file has no header.', 'a file header, record 1')
      this.sawHeader = true
    }
    if (record.type === '1') this.header(record)
    else if (record.type === '5') this.openBatch(record)
    else if (record.type === '6') this.openEntry(record)
    else if (record.type === '7') this.addenda(record)
    else if (record.type === '8') this.closeBatch(record)
    else if (record.type === '9') this.closeFile(record)
    else
      this.context.defect('RECORD_UNKNOWN', {
        line: record.line,
        message: `Record ${record.line} starts with "${record.type}".`,
        expected: '1, 5, 6, 7, 8 or 9',
        found: record.type,
      })
  }

  end(): void {
    if (this.batch !== undefined) this.abandonBatch(this.batch)
    if (!this.sawHeader)
      throw refusedFile('nacha', 'NO_STATEMENT', {
        message: 'The file holds no NACHA record.',
        expected: 'a file header, record 1',
      })
    if (!this.sawControl)
      this.context.defect('TRUNCATED', {
        line: this.line,
        message: 'The file ends without its control record: it was cut off, or is a bare batch.',
        expected: 'a file control, record 9',
      })
  }

  private misplaced(record: NachaRecord, message: string, expected: string): void {
    this.context.defect('RECORD_MISPLACED', {
      line: record.line,
      message: `Record ${record.line}: ${message}`,
      expected,
    })
  }

  private header(record: NachaRecord): void {
    if (this.sawHeader) this.misplaced(record, 'a second file header.', 'one header to a file')
    this.sawHeader = true
    this.created = nachaDate(record.columns(24, 29))
    if (this.created === undefined)
      this.context.defect('DATE_INVALID', {
        line: record.line,
        message: `Record ${record.line}: the file creation date "${record.columns(24, 29)}" is no date.`,
        expected: 'YYMMDD',
        found: record.columns(24, 29),
      })
  }

  private openBatch(record: NachaRecord): void {
    if (this.batch !== undefined) this.abandonBatch(this.batch)
    this.batch = openBatch(record, this.created, this.context)
    if (!/^[A-Z]{3}$/.test(this.batch.secCode))
      this.context.defect('FIELD_INVALID', {
        line: record.line,
        message: `Record ${record.line}: "${this.batch.secCode}" is no standard entry class.`,
        expected: 'three letters such as PPD, CCD or WEB',
        found: this.batch.secCode,
      })
    if (this.batch.secCode === 'ADV') this.wide = true
    this.assembly.begin(true)
  }

  private openEntry(record: NachaRecord): void {
    if (this.batch === undefined) {
      this.misplaced(record, 'an entry outside a batch.', 'a batch header, record 5')
      this.batch = headlessBatch(this.created)
      this.assembly.begin(true)
    }
    this.closeEntry(this.batch)
    this.entry = readEntry(record, this.batch, this.context)
  }

  private addenda(record: NachaRecord): void {
    const { batch, entry } = this
    if (batch === undefined || entry === undefined) {
      this.misplaced(record, 'an addenda without its entry.', 'an entry, record 6')
      return
    }
    batch.totals.count += 1
    checkAddenda(record, entry, batch, this.context)
    entry.addenda.push(record)
    withinLimit(this.context.limits, 'maxParts', entry.addenda.length, `record ${record.line}`)
  }

  private closeBatch(record: NachaRecord): void {
    const { batch } = this
    if (batch === undefined) {
      this.misplaced(record, 'a batch control without its batch.', 'a batch header, record 5')
      return
    }
    this.closeEntry(batch)
    if (batch.header !== undefined) checkBatchControl(record, batch, this.context)
    this.announce(batch)
  }

  private abandonBatch(batch: NachaBatch): void {
    this.context.defect('TRUNCATED', {
      line: batch.header?.line ?? this.line,
      message: `Batch ${batch.number} has no control record.`,
      expected: 'a batch control, record 8',
    })
    this.closeEntry(batch)
    this.announce(batch)
  }

  private closeFile(record: NachaRecord): void {
    if (this.batch !== undefined) this.abandonBatch(this.batch)
    checkFileControl(record, this.batches, this.totals, this.wide, this.context)
    this.sawControl = true
  }

  private closeEntry(batch: NachaBatch): void {
    const { entry, context } = this
    this.entry = undefined
    if (entry === undefined) return
    if ((entry.record.columns(79, 79) === '1') !== entry.addenda.length > 0)
      context.defect('FIELD_INVALID', {
        line: entry.record.line,
        message: `Record ${entry.record.line}: the addenda indicator says ${entry.record.columns(79, 79)}, ${entry.addenda.length} addenda follow.`,
        expected: entry.addenda.length > 0 ? '1' : '0',
      })
    const facts = readAddenda(entry, batch, context)
    for (const notice of facts.notices) context.emit({ type: 'notice', notice })
    const isChange = facts.notices.some((notice) => notice.kind === 'NOTIFICATION_OF_CHANGE')
    const hasMoney = entry.amount !== 0n && !isNonMonetary(entry.code)
    if (isChange || (!hasMoney && facts.returnReason === undefined)) {
      batch.informationEntries += 1
      if (!isChange) context.emit({ type: 'notice', notice: informationNotice(entry, batch, facts) })
      return
    }
    const date = batch.date
    if (date === undefined)
      throw refusedFile('nacha', 'DATE_INVALID', {
        line: entry.record.line,
        message: `Record ${entry.record.line}: neither batch nor file gives this entry a date.`,
        expected: 'a file header or an effective entry date',
      })
    const minor = entry.direction === 'CREDIT' ? entry.amount : -entry.amount
    this.assembly.line(draftOf(entry, batch, facts, minor, date), minor, accountOf(batch, context))
  }

  private announce(batch: NachaBatch): void {
    this.batch = undefined
    this.batches += 1
    this.totals.count += batch.totals.count
    this.totals.hash += batch.totals.hash
    this.totals.debit += batch.totals.debit
    this.totals.credit += batch.totals.credit
    const { context } = this
    this.assembly.finish(
      {
        account: accountOf(batch, context),
        currency: 'USD',
        balances: [],
        ...(batch.number === '' ? {} : { sequence: batch.number }),
        ...(batch.date === undefined ? {} : { periodStart: batch.date, periodEnd: batch.date }),
        provisional: true,
        ...(batch.informationEntries === 0 ? {} : { informationEntries: batch.informationEntries }),
      },
      ['nacha', batch.companyId, batch.odfi, batch.number, batch.secCode, this.created, batch.effectiveDate],
      batch.header?.line,
    )
  }
}

function accountOf(batch: NachaBatch, context: ReaderContext): string {
  return context.options.account ?? batch.companyId
}

const instrumentBySecCode: Readonly<Record<string, Instrument>> = {
  RCK: 'CHECK',
  ARC: 'CHECK',
  BOC: 'CHECK',
  POP: 'CHECK',
  TRC: 'CHECK',
  TRX: 'CHECK',
  XCK: 'CHECK',
  POS: 'CARD',
  SHR: 'CARD',
  MTE: 'CARD',
}

/** A return that was booked, or a payment still on its way; seen from the account the entry names. */
function draftOf(
  entry: NachaEntry,
  batch: NachaBatch,
  facts: NachaAddendaFacts,
  minor: bigint,
  date: IsoDate,
): LineDraft {
  const returned = facts.returnReason !== undefined
  const text = [batch.description, ...facts.paymentText].filter((part) => part !== '')
  const name = facts.counterpartyName ?? entry.name
  return presentFields<LineDraft>({
    account: batch.companyId,
    bookingDate: date,
    valueDate: batch.effectiveDate,
    amount: fromMinorUnits(minor, 'USD'),
    status: returned ? 'POSTED' : 'PENDING',
    instrument:
      instrumentBySecCode[batch.secCode] ?? (entry.direction === 'DEBIT' && !returned ? 'DIRECT_DEBIT' : 'EFT'),
    transactionCode: `${batch.secCode}/${entry.code}`,
    references: presentFields<BankReferences>({
      endToEndId: facts.originalTrace,
      checkNumber: instrumentBySecCode[batch.secCode] === 'CHECK' ? entry.identification : undefined,
      bankReference: entry.trace.trim(),
      customerReference: entry.identification,
      structuredReference: undefined,
      mandateId: undefined,
      batchId: batch.number,
      structureId: undefined,
      remittanceText: text.join('\n'),
    }),
    counterparty:
      name === '' && entry.account === '' ? undefined : presentFields<Counterparty>({ name, account: entry.account }),
    returnCode: facts.returnReason,
    originalAmount: facts.originalAmount,
    supersedes: undefined,
    sourceStatus: undefined,
    sourceEntryIds: undefined,
    raw: [entry.record, ...entry.addenda].map((record) => record.text.trimEnd()).join('\n'),
  })
}

function informationNotice(entry: NachaEntry, batch: NachaBatch, facts: NachaAddendaFacts) {
  return {
    kind: 'INFORMATION_ENTRY' as const,
    account: batch.companyId,
    code: `${batch.secCode}/${entry.code}`,
    text: facts.paymentText.join('\n') || entry.name,
    ...(batch.date === undefined ? {} : { date: batch.date }),
    facts: { trace: entry.trace.trim(), receivingAccount: entry.account },
    line: entry.record.line,
  }
}
