import type { ReaderContext } from '../format-reader.ts'
import { writtenInteger } from '../implied-amount.ts'
import type { Bai2Record } from './bai2-record.ts'

/** What a trailer must say: amounts add as written, debits and credits alike; records count physical lines. */
export interface ControlFigures {
  readonly total: bigint
  readonly records: number
  /** 98: accounts; 99: groups. */
  readonly parts?: number
}

const names = { '49': 'account', '98': 'group', '99': 'file' } as const
const partNames = { '49': '', '98': 'accounts', '99': 'groups' } as const

/** Compares a trailer's figures with what was counted; each difference is a defect of its own. Returns the declared total. */
export function checkTrailer(
  code: '49' | '98' | '99',
  fields: readonly string[],
  counted: ControlFigures,
  record: Bai2Record,
  context: ReaderContext,
): bigint {
  const [total = '', second = '', third = ''] = fields
  const records = code === '49' ? second : third
  const wrong = (what: string, expected: string, found: string, isTotal: boolean) =>
    context.defect(isTotal ? 'CONTROL_TOTAL_WRONG' : 'CONTROL_COUNT_WRONG', {
      line: record.line,
      message: `Line ${record.line}: the ${names[code]} trailer states ${what} ${found === '' ? 'nothing' : found.slice(0, 24)}, the file holds ${expected}.`,
      expected,
      found: found.slice(0, 24),
    })
  const declared = writtenInteger(total)
  if (declared !== counted.total) wrong('control total', counted.total.toString(), total, true)
  if (counted.parts !== undefined && writtenInteger(second) !== BigInt(counted.parts))
    wrong(partNames[code], String(counted.parts), second, false)
  if (writtenInteger(records) !== BigInt(counted.records)) wrong('records', String(counted.records), records, false)
  return declared ?? counted.total
}
