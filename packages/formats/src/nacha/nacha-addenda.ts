import { type Money, parseMoney } from '@recon/core'
import type { ReaderContext } from '../format-reader.ts'
import type { ParseNotice } from '../parse-result.ts'
import type { NachaBatch } from './nacha-batch.ts'
import { changeReasons, internationalTypes, isDispute, returnReasons } from './nacha-code.ts'
import type { NachaEntry } from './nacha-entry.ts'
import type { NachaRecord } from './nacha-record.ts'

/** What the addenda of an entry say. */
export interface NachaAddendaFacts {
  readonly returnReason?: string
  /** Trace number of the payment that came back: the join to the payment file. */
  readonly originalTrace?: string
  readonly paymentText: readonly string[]
  readonly counterpartyName?: string
  readonly originalAmount?: Money
  readonly notices: readonly ParseNotice[]
}

/** Checks that an addenda belongs to its entry: the number at its end repeats the entry's. */
export function checkAddenda(record: NachaRecord, entry: NachaEntry, batch: NachaBatch, context: ReaderContext): void {
  const type = record.columns(2, 3)
  if (type === '99' || type === '98') return
  if (type === '02') return
  const own = record.columns(88, 94)
  if (!/^\d{7}$/.test(own))
    context.warn('FIELD_INVALID', `The addenda does not name its entry in columns 88 to 94 ("${own}").`, record.line)
  else if (own !== entry.trace.slice(8))
    context.defect('FIELD_INVALID', {
      line: record.line,
      message: `Record ${record.line}: the addenda names entry "${own}", it stands behind entry "${entry.trace.slice(8)}".`,
      expected: entry.trace.slice(8),
      found: own,
    })
  if (type === '10' && batch.international && !internationalTypes.has(record.columns(4, 6)))
    context.defect('CODE_UNKNOWN', {
      line: record.line,
      message: `Record ${record.line}: transaction type "${record.columns(4, 6)}" is not known.`,
      expected: 'a type of the Nacha rules such as BUS, SAL or WEB',
      found: record.columns(4, 6),
    })
}

export function readAddenda(entry: NachaEntry, batch: NachaBatch, context: ReaderContext): NachaAddendaFacts {
  const paymentText: string[] = []
  const notices: ParseNotice[] = []
  let returnReason: string | undefined
  let originalTrace: string | undefined
  let counterpartyName: string | undefined
  let originalAmount: Money | undefined
  for (const record of entry.addenda) {
    const type = record.columns(2, 3)
    if (type === '05') paymentText.push(record.field(4, 83))
    else if (type === '10' && batch.international) {
      counterpartyName = record.field(47, 81)
      originalAmount = foreignAmount(record, batch)
    } else if (type === '99') {
      const reason = record.columns(4, 6)
      checkReason(record, reason, context)
      if (isDispute(reason)) notices.push(disputeNotice(record, reason, batch))
      if (returnReason === undefined || !isDispute(reason)) {
        returnReason = reason
        originalTrace = record.columns(7, 21).trim()
      }
      const information = batch.international ? record.field(46, 79) : record.field(36, 79)
      if (information !== '' && !isDispute(reason)) paymentText.push(information)
    } else if (type === '98') notices.push(changeNotice(record, entry, batch, context))
  }
  return {
    paymentText,
    notices,
    ...(returnReason === undefined ? {} : { returnReason }),
    ...(originalTrace === undefined || originalTrace === '' ? {} : { originalTrace }),
    ...(counterpartyName === undefined || counterpartyName === '' ? {} : { counterpartyName }),
    ...(originalAmount === undefined ? {} : { originalAmount }),
  }
}

/** Banks do send reasons of their own. One that also names no return entry is no return that could be traced. */
function checkReason(record: NachaRecord, reason: string, context: ReaderContext): void {
  if (returnReasons.has(reason)) return
  if (/[1-9]/.test(record.columns(80, 94))) {
    context.warn('CODE_UNKNOWN', `Return reason "${reason}" is not in the rules; it is kept.`, record.line)
    return
  }
  context.defect('CODE_UNKNOWN', {
    line: record.line,
    message: `Record ${record.line}: return reason "${reason}" is not in the rules, and the record names no return entry.`,
    expected: 'a reason R01 to R85, or a trace number in columns 80 to 94',
    found: reason,
  })
}

/** The amount before conversion, where header and addenda give one in another currency than dollars. */
function foreignAmount(record: NachaRecord, batch: NachaBatch): Money | undefined {
  const currency = batch.header?.columns(67, 69) ?? ''
  if (currency === 'USD' || record.integer(7, 24) === undefined) return undefined
  const parsed = parseMoney(record.columns(7, 24), { currency, decimalMark: '.', impliedDecimals: 2 })
  return parsed.ok && !/^[0.]+$/.test(parsed.value.amount) ? parsed.value : undefined
}

function changeNotice(record: NachaRecord, entry: NachaEntry, batch: NachaBatch, context: ReaderContext): ParseNotice {
  const code = record.columns(4, 6)
  const meaning = changeReasons[code]
  if (meaning === undefined)
    context.defect('CODE_UNKNOWN', {
      line: record.line,
      message: `Record ${record.line}: change code "${code}" is not known, so what to correct is not known either.`,
      expected: 'C01 to C09, C13, C14 or C61 to C69',
      found: code,
    })
  return {
    kind: 'NOTIFICATION_OF_CHANGE',
    account: batch.companyId,
    code,
    text: `${entry.name}: correct the ${meaning ?? 'data'} to ${record.field(36, 64)}`.replace(/^: /, ''),
    ...(batch.date === undefined ? {} : { date: batch.date }),
    facts: {
      originalTrace: record.field(7, 21),
      correctedData: record.field(36, 64),
      receivingAccount: entry.account,
      originalBank: record.field(28, 35),
      ...(entry.identification === '' ? {} : { identification: entry.identification }),
    },
    line: record.line,
  }
}

function disputeNotice(record: NachaRecord, reason: string, batch: NachaBatch): ParseNotice {
  return {
    kind: 'RETURN_DISPUTE',
    account: batch.companyId,
    code: reason,
    text: record.field(36, 79) || `Disputed return ${reason}`,
    ...(batch.date === undefined ? {} : { date: batch.date }),
    facts: { originalTrace: record.field(7, 21), trace: record.field(80, 94) },
    line: record.line,
  }
}
