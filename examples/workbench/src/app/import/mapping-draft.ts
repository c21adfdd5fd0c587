import { type ColumnMapping, parseColumnMapping } from '@recon/formats'
import type { FileSide } from './dropped-file.ts'

/** The decisions a person sees; everything else of a mapping is kept as it was proposed. */
export interface MappingDraft {
  readonly columns: Readonly<Record<string, string>>
  readonly amountKind: 'SIGNED' | 'DEBIT_CREDIT'
  readonly amount: string
  readonly debit: string
  readonly credit: string
  readonly positive: 'MONEY_IN' | 'MONEY_OUT'
  readonly decimalMark: '.' | ','
  readonly groupMark: '' | '.' | ',' | "'" | ' '
  readonly dateFormat: string
  readonly currency: string
  readonly account: string
  readonly base: ColumnMapping | undefined
}

/** Fields offered for each side, the date first. */
export const draftFields = {
  bank: [
    'bookingDate',
    'valueDate',
    'id',
    'account',
    'currency',
    'counterpartyName',
    'remittanceText',
    'endToEndId',
    'checkNumber',
    'bankReference',
  ],
  ledger: [
    'date',
    'id',
    'account',
    'currency',
    'counterpartyName',
    'description',
    'paymentReference',
    'documentNumber',
    'transactionNumber',
    'checkNumber',
  ],
} as const satisfies Record<FileSide, readonly string[]>

export const fieldLabels: Readonly<Record<string, string>> = {
  bookingDate: 'Booking date',
  valueDate: 'Value date',
  date: 'Date',
  id: 'Id',
  account: 'Account',
  currency: 'Currency',
  counterpartyName: 'Counterparty',
  remittanceText: 'Text',
  description: 'Description',
  endToEndId: 'End-to-end id',
  checkNumber: 'Check number',
  bankReference: 'Bank reference',
  paymentReference: 'Payment reference',
  documentNumber: 'Document number',
  transactionNumber: 'Transaction number',
}

export const dateFormats = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD-MM-YYYY',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD.MM.YY',
  'DD/MM/YY',
  'MM/DD/YY',
] as const

const columnText = (value: unknown): string =>
  Array.isArray(value) ? String(value[0] ?? '') : value === undefined ? '' : String(value)

export function draftOf(mapping: ColumnMapping | undefined, side: FileSide): MappingDraft {
  const columns: Readonly<Record<string, unknown>> = mapping?.columns ?? {}
  const amount = mapping?.amount
  const split = amount?.kind === 'DEBIT_CREDIT'
  return {
    columns: Object.fromEntries(draftFields[side].map((field) => [field, columnText(columns[field])])),
    amountKind: split ? 'DEBIT_CREDIT' : 'SIGNED',
    amount: amount === undefined ? columnText(columns.amount) : split ? '' : columnText(amount.column),
    debit: split ? columnText(amount.debit) : '',
    credit: split ? columnText(amount.credit) : '',
    positive: mapping?.positive ?? 'MONEY_IN',
    decimalMark: mapping?.decimalMark ?? '.',
    groupMark: mapping?.groupMarks[0] ?? '',
    dateFormat: mapping?.dateFormat ?? 'YYYY-MM-DD',
    currency: mapping?.defaults.currency ?? '',
    account: mapping?.defaults.account ?? '',
    base: mapping,
  }
}

/** Numbers name columns of files without a header. */
const reference = (text: string, headerless: boolean): string | number =>
  headerless && /^\d{1,3}$/.test(text) ? Number(text) : text

/** The mapping as the readers take it. @throws ReconError CONFIGURATION_INVALID saying what is missing */
export function mappingOf(draft: MappingDraft, side: FileSide): ColumnMapping {
  const { base } = draft
  const headerless = base?.header === 'NONE'
  const kept: Record<string, unknown> = { ...base?.columns }
  delete kept.amount
  for (const field of draftFields[side]) {
    const text = draft.columns[field] ?? ''
    // A field that was read from several columns stays so unless the person chose another.
    if (text === columnText(kept[field])) continue
    if (text === '') delete kept[field]
    else kept[field] = reference(text, headerless)
  }
  return parseColumnMapping({
    ...base,
    target: side,
    columns: kept,
    ...amountPart(draft, headerless),
    ...notationPart(draft),
  })
}

function amountPart(draft: MappingDraft, headerless: boolean) {
  const { base } = draft
  if (draft.amountKind === 'DEBIT_CREDIT') {
    const debitSign = base?.amount?.kind === 'DEBIT_CREDIT' ? base.amount.debitSign : 'EITHER'
    return {
      amount: {
        kind: 'DEBIT_CREDIT',
        debit: reference(draft.debit, headerless),
        credit: reference(draft.credit, headerless),
        debitSign,
      },
    }
  }
  const flagged = base?.amount?.kind === 'FLAG' && columnText(base.amount.column) === draft.amount
  return { amount: flagged ? base.amount : { kind: 'SIGNED', column: reference(draft.amount, headerless) } }
}

function notationPart(draft: MappingDraft) {
  const { base } = draft
  const given = {
    ...base?.defaults,
    currency: draft.currency.trim().toUpperCase() || undefined,
    account: draft.account.trim() || undefined,
  }
  const others = (base?.groupMarks ?? [])
    .slice(1)
    .filter((mark) => mark !== draft.groupMark && mark !== draft.decimalMark)
  return {
    positive: draft.positive,
    decimalMark: draft.decimalMark,
    groupMarks: draft.groupMark === '' ? [] : [draft.groupMark, ...others],
    dateFormat: draft.dateFormat,
    defaults: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  }
}
