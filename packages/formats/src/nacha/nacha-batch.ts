import { addDays, dayNumber, type IsoDate, isIsoDate } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import type { NachaRecord } from './nacha-record.ts'

/** A batch header (record 5) and what its entries add up to. */
export interface NachaBatch {
  readonly header: NachaRecord | undefined
  readonly secCode: string
  readonly companyId: string
  readonly companyName: string
  readonly description: string
  readonly odfi: string
  readonly number: string
  readonly serviceClass: string
  readonly international: boolean
  /** Settlement date where the operator stamped one, else the effective entry date, else the file's. */
  readonly date: IsoDate | undefined
  readonly effectiveDate: IsoDate | undefined
  readonly totals: NachaTotals
  informationEntries: number
}

export interface NachaTotals {
  /** Entries and addenda. */
  count: number
  hash: bigint
  debit: bigint
  credit: bigint
}

export function noTotals(): NachaTotals {
  return { count: 0, hash: 0n, debit: 0n, credit: 0n }
}

export function openBatch(record: NachaRecord, created: IsoDate | undefined, context: ReaderContext): NachaBatch {
  const secCode = record.field(51, 53)
  const indicator = record.field(5, 20)
  const effective = effectiveDate(record, context)
  return {
    header: record,
    secCode,
    companyId: record.field(41, 50),
    companyName: indicator,
    description: record.field(54, 63),
    odfi: record.columns(80, 87),
    number: record.columns(88, 94),
    serviceClass: record.columns(2, 4),
    international: secCode === 'IAT' || indicator === 'IATCOR',
    date: settlementDate(record.columns(76, 78), created) ?? effective ?? created,
    effectiveDate: effective,
    totals: noTotals(),
    informationEntries: 0,
  }
}

/** A batch whose header is missing, tolerated. */
export function headlessBatch(created: IsoDate | undefined): NachaBatch {
  return {
    header: undefined,
    secCode: '',
    companyId: '',
    companyName: '',
    description: '',
    odfi: '',
    number: '',
    serviceClass: '',
    international: false,
    date: created,
    effectiveDate: undefined,
    totals: noTotals(),
    informationEntries: 0,
  }
}

/** `YYMMDD` as a date of this century; zeros and blanks mean none. */
export function nachaDate(text: string): IsoDate | undefined {
  if (!/^\d{6}$/.test(text)) return undefined
  const date = `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  return isIsoDate(date) ? date : undefined
}

function effectiveDate(record: NachaRecord, context: ReaderContext): IsoDate | undefined {
  const text = record.columns(70, 75)
  if (text.trim() === '' || /^0+$/.test(text)) return undefined
  const date = nachaDate(text)
  if (date === undefined)
    context.warn('DATE_INVALID', `The effective entry date "${text}" is no date; it is left out.`, record.line)
  return date
}

/** A day of the year, in the year that brings it nearest to the file's creation. */
function settlementDate(julian: string, created: IsoDate | undefined): IsoDate | undefined {
  const day = /^\d{3}$/.test(julian) ? Number(julian) : 0
  if (created === undefined || day < 1 || day > 366) return undefined
  const target = dayNumber(created) ?? 0
  const year = Number(created.slice(0, 4))
  let nearest: IsoDate | undefined
  for (const candidate of [year - 1, year, year + 1]) {
    const date = addDays(`${candidate}-01-01`, day - 1)
    if (
      nearest === undefined ||
      Math.abs((dayNumber(date) ?? 0) - target) < Math.abs((dayNumber(nearest) ?? 0) - target)
    )
      nearest = date
  }
  return nearest
}
