import { type ReaderContext, refusedFile } from '../format-reader.ts'
import type { NachaBatch } from './nacha-batch.ts'
import { entryDirection } from './nacha-code.ts'
import { routingCheckDigit } from './nacha-control.ts'
import type { NachaRecord } from './nacha-record.ts'

/** An entry detail (record 6) with its addenda. */
export interface NachaEntry {
  readonly record: NachaRecord
  readonly code: string
  readonly direction: 'CREDIT' | 'DEBIT'
  /** Cents, unsigned. */
  readonly amount: bigint
  readonly account: string
  readonly identification: string
  readonly name: string
  readonly trace: string
  readonly addenda: NachaRecord[]
}

/** Reads and checks an entry, and adds it to its batch's totals. */
export function readEntry(record: NachaRecord, batch: NachaBatch, context: ReaderContext): NachaEntry {
  const code = record.columns(2, 3)
  const direction = entryDirection(code)
  if (direction === undefined)
    throw refusedFile('nacha', 'DIRECTION_UNKNOWN', {
      line: record.line,
      message: `Record ${record.line}: transaction code "${code}" does not say whether it is a credit or a debit.`,
      expected: 'a code of the Nacha rules',
      found: code,
    })
  const wide = batch.secCode === 'ADV'
  const amount = wide ? record.required(28, 39, 'amount') : record.required(30, 39, 'amount')
  const routing = record.required(4, 11, 'routing number')
  checkDigit(record, context)
  if (record.columns(79, 79) !== '0' && record.columns(79, 79) !== '1')
    context.defect('FIELD_INVALID', {
      line: record.line,
      message: `Record ${record.line}: the addenda indicator is "${record.columns(79, 79)}".`,
      expected: '0 or 1',
      found: record.columns(79, 79),
    })
  const trace = record.columns(80, 94)
  if (!/^\d{15}$/.test(trace) && !wide)
    context.defect('FIELD_INVALID', {
      line: record.line,
      message: `Record ${record.line}: the trace number "${trace}" is not numeric.`,
      expected: '15 digits in columns 80 to 94',
      found: trace,
    })
  checkServiceClass(record, direction, batch, context)
  batch.totals.count += 1
  batch.totals.hash += routing
  if (direction === 'CREDIT') batch.totals.credit += amount
  else batch.totals.debit += amount
  return {
    record,
    code,
    direction,
    amount,
    account: batch.international ? record.field(40, 74) : wide ? record.field(13, 27) : record.field(13, 29),
    identification: batch.international || wide ? '' : record.field(40, 54),
    name: batch.international ? '' : record.field(55, 76),
    trace,
    addenda: [],
  }
}

function checkDigit(record: NachaRecord, context: ReaderContext): void {
  const routing = record.columns(4, 11)
  const expected = routingCheckDigit(routing)
  const found = record.columns(12, 12)
  if (found === expected) return
  context.defect('CHECK_DIGIT_WRONG', {
    line: record.line,
    message: `Record ${record.line}: the check digit of routing number ${routing} is "${found}".`,
    expected,
    found,
  })
}

/** Class 220 holds credits only, class 225 debits only. International batches break the rule in practice: that only warns. */
function checkServiceClass(
  record: NachaRecord,
  direction: 'CREDIT' | 'DEBIT',
  batch: NachaBatch,
  context: ReaderContext,
): void {
  const allowed = batch.serviceClass === '220' ? 'CREDIT' : batch.serviceClass === '225' ? 'DEBIT' : direction
  if (allowed === direction) return
  const message = `Record ${record.line}: a ${direction.toLowerCase()} entry in a batch of service class ${batch.serviceClass}.`
  if (batch.international) context.warn('SERVICE_CLASS_DIFFERS', message, record.line)
  else
    context.defect('FIELD_INVALID', {
      line: record.line,
      message,
      expected: `${allowed.toLowerCase()} entries only`,
      found: record.columns(2, 3),
    })
}
