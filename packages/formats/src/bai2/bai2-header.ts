import { type IsoDate, isCurrency } from '@recon/core'
import { type ReaderContext, refusedFile } from '../format-reader.ts'
import { bai2Date } from './bai2-date.ts'
import { type Bai2Record, plainFields } from './bai2-record.ts'

export interface Bai2GroupHeader {
  readonly date: IsoDate
  readonly currency: string
  /** 1 update, 2 deletion, 3 correction, 4 test. */
  readonly status: string
  /** 1 interim previous day, 2 final previous day, 3 interim same day, 4 final same day. */
  readonly modifier: string
}

/** Checks a 01 record. Returns the creation date, undefined where a bad one is tolerated. */
export function readFileHeader(record: Bai2Record, context: ReaderContext): IsoDate | undefined {
  const [, , date = '', , , , , version = ''] = plainFields(record)
  if (version !== '2')
    context.defect('VERSION_UNSUPPORTED', {
      line: record.line,
      message: `Line ${record.line}: the file header states version "${version.slice(0, 12)}".`,
      expected: 'version 2',
      found: version.slice(0, 12),
    })
  return readDate(date, 'file creation date', record, context)
}

/** Checks a 02 record. The date of its lines is the as-of date; a bad one, tolerated, falls back to the file's. */
export function readGroupHeader(
  record: Bai2Record,
  fileDate: IsoDate | undefined,
  context: ReaderContext,
): Bai2GroupHeader {
  const [, , status = '', asOf = '', , currency = '', modifier = ''] = plainFields(record)
  if (!/^[1-4]$/.test(status))
    context.defect('FIELD_INVALID', {
      line: record.line,
      message: `Line ${record.line}: group status "${status.slice(0, 12)}" is not known.`,
      expected: '1 update, 2 deletion, 3 correction or 4 test',
      found: status.slice(0, 12),
    })
  if (modifier !== '' && !/^[1-4]$/.test(modifier))
    context.warn('FIELD_INVALID', `The as-of date modifier "${modifier.slice(0, 12)}" is not known.`, record.line)
  const date = readDate(asOf, 'as-of date', record, context) ?? fileDate
  if (date === undefined)
    throw refusedFile('bai2', 'DATE_INVALID', {
      line: record.line,
      message: `Line ${record.line}: neither the group nor the file states a real date, so its lines have none.`,
      expected: 'an as-of date, YYMMDD',
      found: asOf.slice(0, 12),
    })
  if (status === '3')
    context.warn('GROUP_CORRECTION', 'The group corrects data sent before (group status 3).', record.line)
  if (status === '4')
    context.warn('GROUP_TEST', 'The group is a test (group status 4): its lines are not loaded.', record.line)
  return { date, currency: readCurrency(currency, context.options.currency ?? 'USD', record), status, modifier }
}

export function readCurrency(given: string, inherited: string, record: Bai2Record): string {
  const currency = given === '' ? inherited : given.toUpperCase()
  if (isCurrency(currency)) return currency
  throw refusedFile('bai2', 'CURRENCY_INVALID', {
    line: record.line,
    message: `Line ${record.line}: "${currency.slice(0, 12)}" is no currency.`,
    expected: 'an ISO 4217 code, or nothing for the default',
    found: currency.slice(0, 12),
  })
}

function readDate(text: string, what: string, record: Bai2Record, context: ReaderContext): IsoDate | undefined {
  const date = bai2Date(text)
  if (date === undefined)
    context.defect('DATE_INVALID', {
      line: record.line,
      message: `Line ${record.line}: the ${what} "${text.slice(0, 12)}" is no date.`,
      expected: 'YYMMDD',
      found: text.slice(0, 12),
    })
  return date
}
