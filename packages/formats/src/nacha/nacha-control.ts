import type { ReaderContext } from '../format-reader.ts'
import type { NachaBatch, NachaTotals } from './nacha-batch.ts'
import type { NachaRecord } from './nacha-record.ts'

const hashModulus = 10_000_000_000n
/** What some processors write instead of computing the file's hash. */
const fillerHash = 9_999_999_999n

/** Compares a batch control (record 8) with its header and its entries. */
export function checkBatchControl(record: NachaRecord, batch: NachaBatch, context: ReaderContext): void {
  const wide = batch.secCode === 'ADV'
  const declared = {
    count: record.required(5, 10, 'entry and addenda count'),
    hash: record.required(11, 20, 'entry hash'),
    debit: wide ? record.required(21, 40, 'debit total') : record.required(21, 32, 'debit total'),
    credit: wide ? record.required(41, 60, 'credit total') : record.required(33, 44, 'credit total'),
  }
  compare('batch', record, declared, batch.totals, context)
  const same = (what: string, first: string, second: string) => {
    if (first === second) return
    context.defect('FIELD_INVALID', {
      line: record.line,
      message: `Record ${record.line}: the batch control states ${what} "${second}", its header "${first}".`,
      expected: first,
      found: second,
    })
  }
  same('service class', batch.serviceClass, record.columns(2, 4))
  same('originating bank', batch.odfi, record.columns(80, 87))
  same('batch number', batch.number, record.columns(88, 94))
  if (!wide && !batch.international && record.field(45, 54) !== '')
    same('company', batch.companyId, record.field(45, 54))
}

/** Compares the file control (record 9) with the batches. */
export function checkFileControl(
  record: NachaRecord,
  batches: number,
  totals: NachaTotals,
  wide: boolean,
  context: ReaderContext,
): void {
  const stated = record.required(2, 7, 'batch count')
  if (stated !== BigInt(batches))
    context.defect('CONTROL_COUNT_WRONG', {
      line: record.line,
      message: `Record ${record.line}: the file control states ${stated} batches, the file holds ${batches}.`,
      expected: String(batches),
      found: String(stated),
    })
  const declared = {
    count: record.required(14, 21, 'entry and addenda count'),
    hash: record.required(22, 31, 'entry hash'),
    debit: wide ? record.required(32, 51, 'debit total') : record.required(32, 43, 'debit total'),
    credit: wide ? record.required(52, 71, 'credit total') : record.required(44, 55, 'credit total'),
  }
  compare('file', record, declared, totals, context)
}

function compare(
  what: 'batch' | 'file',
  record: NachaRecord,
  declared: { count: bigint; hash: bigint; debit: bigint; credit: bigint },
  totals: NachaTotals,
  context: ReaderContext,
): void {
  const check = (
    code: 'CONTROL_COUNT_WRONG' | 'CONTROL_HASH_WRONG' | 'CONTROL_TOTAL_WRONG',
    name: string,
    stated: bigint,
    held: bigint,
  ) => {
    if (stated === held) return
    context.defect(code, {
      line: record.line,
      message: `Record ${record.line}: the ${what} control states ${name} ${stated}, the entries make ${held}.`,
      expected: String(held),
      found: String(stated),
    })
  }
  check('CONTROL_COUNT_WRONG', 'an entry and addenda count of', declared.count, BigInt(totals.count))
  if (declared.hash === fillerHash && totals.hash % hashModulus !== fillerHash)
    context.warn('CONTROL_HASH_WRONG', `The ${what} control holds a filler instead of an entry hash.`, record.line)
  else check('CONTROL_HASH_WRONG', 'an entry hash of', declared.hash, totals.hash % hashModulus)
  check('CONTROL_TOTAL_WRONG', 'debits in cents of', declared.debit, totals.debit)
  check('CONTROL_TOTAL_WRONG', 'credits in cents of', declared.credit, totals.credit)
}

/** The check digit of a routing number: weights 3, 7, 1 over the first eight digits (ABA). */
export function routingCheckDigit(eight: string): string {
  const weights = [3, 7, 1, 3, 7, 1, 3, 7]
  let sum = 0
  for (let index = 0; index < 8; index++) sum += Number(eight[index]) * (weights[index] ?? 0)
  return String((10 - (sum % 10)) % 10)
}
