import type { BankLine, BankStatement, IsoDate, Money } from '@recon/core'
import type { BankProfile } from './bank-profile.ts'
import type { ColumnMapping } from './column-mapping/column-mapping.ts'
import type { FormatDefectCode } from './format-defect.ts'
import type { InputLimits } from './input-limits.ts'

/** Every format that is read, by the name `detectFormat` and `ParseResult.format` use. */
export const formatNames = [
  'bai2',
  'camt.052',
  'camt.053',
  'camt.054',
  'mt940',
  'mt942',
  'nacha',
  'ofx',
  'qif',
  'csv',
  'xlsx',
] as const
export type FormatName = (typeof formatNames)[number]

/** Anything bytes come in. Text is taken as already decoded. */
export type StatementInput =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>

/** Something worth knowing that did not stop the file. `line` counts physical lines (rows, records) from 1. */
export interface ParseWarning {
  readonly code: FormatDefectCode | (string & {})
  readonly message: string
  readonly line?: number
}

/** What a file says that is no movement of money: corrections of master data, messages, entries for information only. */
export interface ParseNotice {
  readonly kind:
    | 'NOTIFICATION_OF_CHANGE'
    | 'MESSAGE'
    | 'INFORMATION_ENTRY'
    | 'RETURN_DISPUTE'
    | 'DELETED_DATA'
    | 'CHARGES'
  readonly account?: string
  readonly code?: string
  readonly text: string
  readonly date?: IsoDate
  readonly amount?: Money
  /** What to correct, for notifications of change; original trace numbers and the like. */
  readonly facts?: Readonly<Record<string, string>>
  readonly line?: number
}

export interface ParseProgress {
  readonly bytesRead: number
  /** Undefined for a stream of unknown length. */
  readonly bytesTotal?: number
  readonly lines: number
}

export interface ParseOptions {
  /** Skip detection. */
  readonly format?: FormatName
  /** Defects to load with a warning instead of refusing the file; `'*'` for every defect that can be tolerated. */
  readonly tolerate?: readonly (FormatDefectCode | '*' | (string & {}))[]
  /** How this bank writes its files: a name of `bankProfiles`, or one of your own. */
  readonly profile?: BankProfile | string
  /** The charset, where it is known better than the file tells (`windows-1252`, `utf-16le`): a WHATWG encoding label. */
  readonly charset?: string
  readonly limits?: Partial<InputLimits>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ParseProgress) => void
  /** A clock in milliseconds for the time limit; `performance.now` by default. */
  readonly now?: () => number
  /** For formats that name no account (QIF, most CSV). */
  readonly account?: string
  /** For formats that name no currency (QIF, most CSV, fragments). ISO 4217. */
  readonly currency?: string
  /** How the columns of a CSV or XLSX file are read. Absent: the canonical columns, else a proposal that must fit every row. */
  readonly mapping?: ColumnMapping
  /** For QIF and CSV dates that prove nothing by themselves. */
  readonly dateOrder?: 'DMY' | 'MDY' | 'YMD'
  /**
   * Bookings that hold several payments (camt batches): one line per payment where the payments add up to the booking
   * (`'payments'`, the default, what matching wants), or one line per booking (`'bookings'`, what the balance shows).
   */
  readonly batches?: 'payments' | 'bookings'
}

/** A statement as one file tells it. */
export interface ParsedStatement extends BankStatement {
  /** Entries that move no money and so are no lines: prenotes, notifications of change. They are among the notices. */
  readonly informationEntries?: number
}

/** A statement without its lines, for streaming: they were announced one by one before it. */
export type StatementHead = Omit<ParsedStatement, 'lines'>

/**
 * What a reader announces, in file order. Lines belong to the next `statement` event, or to the one of the same `group`
 * where a table mixes the rows of several accounts. Nothing is final before the
 * iteration ends without an error: a wrong control total shows only then, so load inside one transaction.
 */
export type ParseEvent =
  | {
      readonly type: 'line'
      readonly line: BankLine
      readonly group?: string
      /** The line may come again, changed: it is pending, or of an intraday report. Absent: false. */
      readonly provisional?: boolean
      /** An earlier interim report of the file held the line already: it has the same id, and is no other movement. */
      readonly repeated?: boolean
    }
  | { readonly type: 'statement'; readonly statement: StatementHead; readonly group?: string }
  | { readonly type: 'notice'; readonly notice: ParseNotice }
  | { readonly type: 'warning'; readonly warning: ParseWarning }

/** One result for every format. */
export interface ParseResult {
  readonly format: FormatName
  readonly statements: readonly ParsedStatement[]
  /** The lines of all statements, in file order. A line that interim reports of the file repeat is here once. */
  readonly lines: readonly BankLine[]
  readonly warnings: readonly ParseWarning[]
  readonly notices: readonly ParseNotice[]
  /** True when any statement is intraday: its lines may come again, changed, at the end of the day. */
  readonly provisional: boolean
  /** Ids of the lines that may come again, changed: those of intraday reports, and pending ones. */
  readonly provisionalLineIds: readonly string[]
}
