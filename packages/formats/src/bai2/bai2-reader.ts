import type { IsoDate } from '@recon/core'
import type { BankProfile } from '../bank-profile.ts'
import { bankProfile } from '../bank-profiles.ts'
import { type OpenReader, type ReaderContext, refusedFile } from '../format-reader.ts'
import { writtenInteger } from '../implied-amount.ts'
import { StatementAssembly } from '../statement-assembly.ts'
import { lineReader } from '../text-lines.ts'
import { readSummary } from './bai2-account.ts'
import { checkTrailer } from './bai2-control.ts'
import { lineOfDetail, readDetail } from './bai2-detail.ts'
import { type Bai2GroupHeader, readCurrency, readFileHeader, readGroupHeader } from './bai2-header.ts'
import { type Bai2Record, Bai2RecordAssembler, plainFields } from './bai2-record.ts'
import { announceStatement, type Bai2AccountHead, isInterim } from './bai2-statement.ts'

interface Level {
  total: bigint
  records: number
  parts: number
}

type Bai2Group = Bai2GroupHeader & Level
type Bai2Account = Bai2AccountHead & Level

/** Reads BAI Version 2 files: every record, every funds type, continuations of any record, control totals at three levels. */
export const openBai2: OpenReader = (context) => {
  const machine = new Bai2Machine(context)
  const records = new Bai2RecordAssembler(context, (record) => machine.take(record))
  return lineReader(context, {
    line: (text, number) => records.take(text, number),
    end() {
      records.end()
      machine.end()
    },
  })
}

class Bai2Machine {
  private readonly context: ReaderContext
  private readonly profile: BankProfile
  private readonly assembly: StatementAssembly
  private file: (Level & { date: IsoDate | undefined }) | undefined
  private group: Bai2Group | undefined
  private account: Bai2Account | undefined
  private files = 0
  private line = 0

  constructor(context: ReaderContext) {
    this.context = context
    this.profile = bankProfile(context.options.profile)
    this.assembly = new StatementAssembly(context)
  }

  take(record: Bai2Record): void {
    this.line = record.line
    if (record.code === '01') this.openFile(record)
    else if (record.code === '02') this.openGroup(record)
    else if (record.code === '03') this.openAccount(record)
    else if (record.code === '16') this.detail(record)
    else if (record.code === '49') this.closeAccount(record)
    else if (record.code === '98') this.closeGroup(record)
    else this.closeFile(record)
  }

  end(): void {
    if (this.files === 0)
      throw refusedFile('bai2', 'NO_STATEMENT', {
        message: 'The file holds no BAI2 record.',
        expected: 'a 01 file header',
      })
    if (this.file === undefined) return
    this.context.defect('TRUNCATED', {
      line: this.line,
      message: 'The file ends without its trailer: it was cut off, or written to be continued.',
      expected: 'a 99 file trailer',
    })
    if (this.account !== undefined) this.announce(this.account)
    this.account = undefined
  }

  private misplaced(record: Bai2Record, message: string, expected: string): void {
    this.context.defect('RECORD_MISPLACED', { line: record.line, message: `Line ${record.line}: ${message}`, expected })
  }

  private openFile(record: Bai2Record): void {
    if (this.file !== undefined) {
      this.misplaced(record, 'a file begins before the one before it ended.', 'a 99 file trailer first')
      this.abandonAccount()
      this.group = undefined
    }
    this.files += 1
    this.file = { total: 0n, records: record.physical, parts: 0, date: readFileHeader(record, this.context) }
  }

  private openGroup(record: Bai2Record): void {
    if (this.file === undefined) {
      this.misplaced(record, 'a group begins outside a file.', 'a 01 file header first')
      this.files += 1
      this.file = { total: 0n, records: 0, parts: 0, date: undefined }
    }
    if (this.group !== undefined) {
      this.misplaced(record, 'a group begins before the one before it ended.', 'a 98 group trailer first')
      this.abandonAccount()
    }
    this.file.parts += 1
    this.group = {
      ...readGroupHeader(record, this.file.date, this.context),
      total: 0n,
      records: record.physical,
      parts: 0,
    }
  }

  private openAccount(record: Bai2Record): void {
    if (this.group === undefined) {
      this.misplaced(record, 'an account begins outside a group.', 'a 02 group header first')
      const date = this.file?.date
      if (this.file === undefined || date === undefined)
        throw refusedFile('bai2', 'RECORD_MISPLACED', {
          line: record.line,
          message: `Line ${record.line}: no header gives this account a date.`,
        })
      this.group = { date, currency: 'USD', status: '1', modifier: '', total: 0n, records: 0, parts: 0 }
    }
    if (this.account !== undefined) {
      this.misplaced(record, `account ${this.account.account} has no trailer.`, 'a 49 account trailer first')
      this.abandonAccount()
    }
    const group = this.group
    const [account = '', ownCurrency = ''] = plainFields(record)
    if (account === '')
      this.context.defect('FIELD_MISSING', {
        line: record.line,
        message: `Line ${record.line}: the account number is missing.`,
        expected: 'an account number',
      })
    const currency = readCurrency(ownCurrency, group.currency, record)
    const summary = readSummary(record, currency, group.date, this.context, this.profile)
    group.parts += 1
    const interim = this.group !== undefined && isInterim(this.group)
    this.assembly.begin(interim, interim)
    this.account = {
      account,
      currency,
      balances: summary.balances,
      line: record.line,
      total: summary.total,
      records: record.physical,
      parts: 0,
    }
  }

  private detail(record: Bai2Record): void {
    const { account, group } = this
    if (account === undefined || group === undefined) {
      this.misplaced(record, 'a transaction stands outside an account.', 'a 03 account record first')
      return
    }
    account.records += record.physical
    const detail = readDetail(record, this.context, this.profile)
    if (detail === undefined) return
    const written = writtenInteger(detail.amount)
    if (written !== undefined) account.total += written
    if (detail.code.level === 'MESSAGE') {
      this.context.emit({
        type: 'notice',
        notice: {
          kind: 'MESSAGE',
          account: account.account,
          code: detail.code.code,
          text: detail.text.join('\n').trim(),
          date: group.date,
          line: record.line,
        },
      })
      return
    }
    if (detail.code.level === 'STATUS' || detail.code.code === '100' || detail.code.code === '400') {
      this.misplaced(
        record,
        `code ${detail.code.code} is no transaction.`,
        'a detail code; status and totals belong into 03',
      )
      return
    }
    if (detail.code.level === 'SUMMARY')
      this.context.warn(
        'SUMMARY_CODE_IN_DETAIL',
        `Code ${detail.code.code} is a summary code, used here for a transaction.`,
        record.line,
      )
    const owner = {
      account: account.account,
      currency: account.currency,
      date: group.date,
      withdrawn: group.status === '2',
    }
    const { draft, minor } = lineOfDetail(detail, owner, record, this.context, this.profile)
    if (group.status !== '4') this.assembly.line(draft, minor, account.account)
  }

  private closeAccount(record: Bai2Record): void {
    const { account, group } = this
    if (account === undefined || group === undefined) {
      this.misplaced(record, 'an account trailer without its account.', 'a 03 account record first')
      return
    }
    account.records += record.physical
    const counted = { total: account.total, records: account.records }
    group.total += checkTrailer('49', plainFields(record), counted, record, this.context)
    group.records += account.records
    this.account = undefined
    this.announce(account)
  }

  private closeGroup(record: Bai2Record): void {
    const { group, file } = this
    if (group === undefined || file === undefined) {
      this.misplaced(record, 'a group trailer without its group.', 'a 02 group header first')
      return
    }
    if (this.account !== undefined) {
      this.misplaced(record, `account ${this.account.account} has no trailer.`, 'a 49 account trailer first')
      this.abandonAccount()
    }
    group.records += record.physical
    file.total += checkTrailer('98', plainFields(record), group, record, this.context)
    file.records += group.records
    this.group = undefined
  }

  private closeFile(record: Bai2Record): void {
    const { file } = this
    if (file === undefined) {
      this.misplaced(record, 'a file trailer without its file.', 'a 01 file header first')
      return
    }
    if (this.group !== undefined) {
      this.misplaced(record, 'the group before it has no trailer.', 'a 98 group trailer first')
      this.abandonAccount()
      this.group = undefined
    }
    file.records += record.physical
    checkTrailer('99', plainFields(record), file, record, this.context)
    this.file = undefined
  }

  /** An account whose trailer is missing, tolerated: what it holds is announced, its control figures count as given. */
  private abandonAccount(): void {
    if (this.account === undefined) return
    if (this.group !== undefined) {
      this.group.total += this.account.total
      this.group.records += this.account.records
    }
    this.announce(this.account)
    this.account = undefined
  }

  private announce(account: Bai2Account): void {
    if (this.group !== undefined) announceStatement(account, this.group, this.assembly, this.context)
  }
}
