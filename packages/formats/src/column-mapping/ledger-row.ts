import type { BookEntry, BookReferences } from '@recon/core'
import { LineIdentities } from '../statement-identity.ts'
import { parseAmount } from './amount-notation.ts'
import { amountDefect } from './bank-row.ts'
import { cellReader, readOriginalAmount } from './cell-reader.ts'
import type { LedgerField } from './column-mapping.ts'
import { readInstrument, readKind, readSourceStatus } from './enum-cell.ts'
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

/** Turns rows of one layout into book entries. */
export function ledgerRowReader(layout: RowLayout): (row: TableRow) => RowReading<BookEntry> {
  const cell = cellReader<LedgerField>(layout)
  const { defaults } = layout
  const identities = layout.indexes.has('id') ? undefined : new LineIdentities()
  return (row) => {
    const { fields } = row
    const notes: RowNote[] = []
    const dateText = cell(fields, 'date')
    const date = layout.readDate(dateText)
    if (date === undefined) {
      if (dateText === '') return badRow('FIELD_MISSING', 'The date is empty.')
      return badRow('DATE_INVALID', `${shown(dateText)} is not a real date written as ${layout.dateFormat}.`)
    }
    const currency = readCurrency(cell(fields, 'currency'), defaults.currency)
    if (typeof currency !== 'string') return { ok: false, problem: currency }
    const amount = readAmount(fields, layout, currency)
    if (!amount.ok) return badRow(amountDefect(amount.refusal.code), amount.refusal.message)
    const kind = cell(fields, 'kind') || defaults.kind
    const references = bookReferences(fields, cell)
    const entry: Draft<BookEntry> = {
      id: '',
      date,
      amount: amount.value,
      kind: kind ? readKind(kind, notes) : 'GL_ENTRY',
      references,
    }
    const account = cell(fields, 'account') || defaults.account
    if (account) entry.account = account
    const id = identities
      ? identities.idFor({
          account: entry.account ?? '',
          currency,
          bookingDate: date,
          amount: amount.value.amount,
          content: row.raw,
        })
      : cell(fields, 'id')
    if (id === '') return badRow('FIELD_MISSING', 'The id is empty.')
    entry.id = id
    fillOptional(entry, fields, cell, layout, notes)
    entry.raw = row.raw
    return { ok: true, value: entry, notes: notes.length === 0 ? noNotes : notes }
  }
}

function bookReferences(
  fields: readonly string[],
  cell: (fields: readonly string[], field: LedgerField) => string,
): BookReferences {
  const references: Draft<BookReferences> = {}
  const paymentReference = cell(fields, 'paymentReference')
  if (paymentReference !== '') references.paymentReference = paymentReference
  const transactionNumber = cell(fields, 'transactionNumber')
  if (transactionNumber !== '') references.transactionNumber = transactionNumber
  const documentNumber = cell(fields, 'documentNumber')
  if (documentNumber !== '') references.documentNumber = documentNumber
  const checkNumber = cell(fields, 'checkNumber')
  if (checkNumber !== '') references.checkNumber = checkNumber
  const description = cell(fields, 'description')
  if (description !== '') references.description = description
  const batchId = cell(fields, 'batchId')
  if (batchId !== '') references.batchId = batchId
  const structureId = cell(fields, 'structureId')
  if (structureId !== '') references.structureId = structureId
  return references
}

function fillOptional(
  entry: Draft<BookEntry>,
  fields: readonly string[],
  cell: (fields: readonly string[], field: LedgerField) => string,
  layout: RowLayout,
  notes: RowNote[],
): void {
  const instrument = cell(fields, 'instrument') || layout.defaults.instrument
  if (instrument) entry.instrument = readInstrument(instrument, notes)
  const name = cell(fields, 'counterpartyName')
  const account = cell(fields, 'counterpartyAccount')
  if (name !== '' || account !== '') {
    entry.counterparty = { ...(name !== '' && { name }), ...(account !== '' && { account }) }
  }
  const original = cell(fields, 'originalAmount')
  if (original !== '') {
    const value = readOriginalAmount(original, cell(fields, 'originalCurrency'), layout, notes)
    if (value) entry.originalAmount = value
  }
  const source = cell(fields, 'source') || layout.defaults.source
  if (source) entry.source = source
  const sourceStatus = cell(fields, 'sourceStatus')
  const known = sourceStatus === '' ? undefined : readSourceStatus(sourceStatus, notes)
  if (known !== undefined) entry.sourceStatus = known
  const reverses = cell(fields, 'reverses')
  if (reverses !== '') entry.reverses = reverses
  const status = cell(fields, 'status').toUpperCase()
  if (status === 'OPEN' || status === 'CLOSED') entry.status = status
  else if (status !== '')
    notes.push({ code: 'STATUS_UNKNOWN', message: `${shown(status)} is neither OPEN nor CLOSED; read as OPEN.` })
  const open = cell(fields, 'openAmount')
  if (open !== '') {
    const value = parseAmount(open, layout.notation, entry.amount.currency)
    if (value.ok) entry.openAmount = value.value
    else
      notes.push({
        code: 'OPEN_AMOUNT_IGNORED',
        message: `The open amount ${shown(open)} is left out: ${value.refusal.message}`,
      })
  }
}
