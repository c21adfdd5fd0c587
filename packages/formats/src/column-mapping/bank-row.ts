import type { BankLine, BankReferences } from '@recon/core'
import { LineIdentities, type LineIdentity } from '../statement-identity.ts'
import { cellReader, readOriginalAmount } from './cell-reader.ts'
import type { BankField } from './column-mapping.ts'
import { readInstrument, readSourceStatus, readStatus } from './enum-cell.ts'
import type { RowLayout } from './row-layout.ts'
import {
  badRow,
  noNotes,
  type RowNote,
  type RowReading,
  readAmount,
  readCurrency,
  shown,
  type TableRow,
} from './row-reading.ts'

type Draft<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** Turns rows of one layout into bank lines. Where the layout has no id column, ids come from the content (see statement-identity.ts). */
export function bankRowReader(layout: RowLayout): (row: TableRow) => RowReading<BankLine> {
  const cell = cellReader<BankField>(layout)
  const { defaults } = layout
  const identities = layout.indexes.has('id') ? undefined : new LineIdentities()
  return (row) => {
    const { fields } = row
    const notes: RowNote[] = []
    const dateText = cell(fields, 'bookingDate')
    const bookingDate = layout.readDate(dateText)
    if (bookingDate === undefined) {
      if (dateText === '') return badRow('FIELD_MISSING', 'The booking date is empty.')
      return badRow('DATE_INVALID', `${shown(dateText)} is not a real date written as ${layout.dateFormat}.`)
    }
    const currency = readCurrency(cell(fields, 'currency'), defaults.currency)
    if (typeof currency !== 'string') return { ok: false, problem: currency }
    const amount = readAmount(fields, layout, currency)
    if (!amount.ok) return badRow(amountDefect(amount.refusal.code), amount.refusal.message)
    const statusText = cell(fields, 'status')
    const references = bankReferences(fields, cell)
    const line: Draft<BankLine> = {
      id: '',
      bookingDate,
      amount: amount.value,
      status: statusText === '' ? (defaults.status ?? 'POSTED') : readStatus(statusText, notes),
      references,
    }
    const account = cell(fields, 'account') || defaults.account
    if (account) line.account = account
    const valueText = cell(fields, 'valueDate')
    if (valueText !== '') {
      const valueDate = layout.readDate(valueText)
      if (valueDate === undefined) {
        return badRow(
          'DATE_INVALID',
          `The value date ${shown(valueText)} is not a real date written as ${layout.dateFormat}.`,
        )
      }
      line.valueDate = valueDate
    }
    fillOptional(line, fields, cell, layout, notes)
    const id = identities ? identities.idFor(identityOf(line)) : cell(fields, 'id')
    if (id === '') return badRow('FIELD_MISSING', 'The id is empty.')
    line.id = id
    line.raw = row.raw
    return { ok: true, value: line, notes: notes.length === 0 ? noNotes : notes }
  }
}

function identityOf(line: Omit<BankLine, 'id'>): LineIdentity {
  const { references, counterparty } = line
  const content = [
    line.valueDate,
    references.endToEndId,
    references.checkNumber,
    references.remittanceText,
    counterparty?.name,
    counterparty?.account,
  ]
  return {
    account: line.account ?? '',
    currency: line.amount.currency,
    bookingDate: line.bookingDate,
    amount: line.amount.amount,
    code: line.transactionCode,
    status: line.status,
    bankReference: references.bankReference,
    content: content.map((text) => text ?? '').join('\u001f'),
  }
}

function bankReferences(
  fields: readonly string[],
  cell: (fields: readonly string[], field: BankField) => string,
): BankReferences {
  const references: Draft<BankReferences> = {}
  const endToEndId = cell(fields, 'endToEndId')
  if (endToEndId !== '') references.endToEndId = endToEndId
  const bankReference = cell(fields, 'bankReference')
  if (bankReference !== '') references.bankReference = bankReference
  const checkNumber = cell(fields, 'checkNumber')
  if (checkNumber !== '') references.checkNumber = checkNumber
  const remittanceText = cell(fields, 'remittanceText')
  if (remittanceText !== '') references.remittanceText = remittanceText
  for (const field of optionalReferences) {
    const text = cell(fields, field)
    if (text !== '') references[field] = text
  }
  return references
}

const optionalReferences = ['customerReference', 'structuredReference', 'mandateId', 'batchId', 'structureId'] as const

function fillOptional(
  line: Draft<BankLine>,
  fields: readonly string[],
  cell: (fields: readonly string[], field: BankField) => string,
  layout: RowLayout,
  notes: RowNote[],
): void {
  const instrument = cell(fields, 'instrument') || layout.defaults.instrument
  if (instrument) line.instrument = readInstrument(instrument, notes)
  const transactionCode = cell(fields, 'transactionCode')
  if (transactionCode !== '') line.transactionCode = transactionCode
  const name = cell(fields, 'counterpartyName')
  const counterpartyAccount = cell(fields, 'counterpartyAccount')
  if (name !== '' || counterpartyAccount !== '') {
    line.counterparty = {
      ...(name !== '' && { name }),
      ...(counterpartyAccount !== '' && { account: counterpartyAccount }),
    }
  }
  const returnCode = cell(fields, 'returnCode')
  if (returnCode !== '') line.returnCode = returnCode
  const original = cell(fields, 'originalAmount')
  if (original !== '') {
    const value = readOriginalAmount(original, cell(fields, 'originalCurrency'), layout, notes)
    if (value) line.originalAmount = value
  }
  const supersedes = cell(fields, 'supersedes')
  if (supersedes !== '') line.supersedes = supersedes
  const sourceStatus = cell(fields, 'sourceStatus')
  const known = sourceStatus === '' ? undefined : readSourceStatus(sourceStatus, notes)
  if (known !== undefined) line.sourceStatus = known
  const entryIds = cell(fields, 'sourceEntryIds')
  if (entryIds !== '')
    line.sourceEntryIds = entryIds
      .split(/[;|]/)
      .map((id) => id.trim())
      .filter((id) => id !== '')
}

/** The defect a refused amount is reported under. */
export function amountDefect(code: string): 'CURRENCY_MISMATCH' | 'DIRECTION_UNKNOWN' | 'AMOUNT_INVALID' {
  return code === 'CURRENCY_MISMATCH' || code === 'DIRECTION_UNKNOWN' ? code : 'AMOUNT_INVALID'
}
