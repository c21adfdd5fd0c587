import { isCurrency } from '@recon/core'
import {
  bankMappingFields,
  type ColumnReference,
  ledgerMappingFields,
  type MappingField,
  type MappingTarget,
  type TableColumn,
  type TableMapping,
} from './table-mapping.ts'

type GroupMark = TableMapping['groupMarks'][number]

/** The decisions a person sees; everything else of a mapping stays as it was proposed. Columns are choices: see `choiceOf`. */
export interface MappingDraft {
  readonly target: MappingTarget
  /** `NONE`: the file has no row of column names, so columns are places. */
  readonly header: 'FIND' | 'NONE'
  readonly columns: Readonly<Partial<Record<MappingField, string>>>
  readonly amountKind: 'SIGNED' | 'DEBIT_CREDIT'
  readonly amount: string
  readonly debit: string
  readonly credit: string
  readonly positive: 'MONEY_IN' | 'MONEY_OUT'
  readonly decimalMark: '.' | ','
  readonly groupMark: '' | GroupMark
  readonly dateFormat: string
  readonly currency: string
  readonly account: string
  readonly base: TableMapping | undefined
}

/** What keeps a draft from being a mapping. */
export const mappingProblems = [
  'DATE_COLUMN_MISSING',
  'AMOUNT_COLUMN_MISSING',
  'AMOUNT_COLUMNS_EQUAL',
  'MARKS_EQUAL',
  'CURRENCY_INVALID',
] as const
export type MappingProblem = (typeof mappingProblems)[number]

export const mappingDateFormats = [
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

export function fieldsOf(target: MappingTarget): readonly MappingField[] {
  return target === 'bank' ? bankMappingFields : ledgerMappingFields
}

/** A column as one text: `=Amount` by its header, `#3` by its place, empty for none. Of several columns the first. */
export function choiceOf(value: ColumnReference | ColumnReference[] | undefined): string {
  const first = Array.isArray(value) ? value[0] : value
  if (first === undefined) return ''
  return typeof first === 'number' ? `#${first}` : `=${first}`
}

const referenceOf = (choice: string): ColumnReference =>
  choice.startsWith('#') ? Number(choice.slice(1)) : choice.slice(1)

/** How a column of the file is chosen: by its header where that is there and only once, else by its place. */
export function columnChoice(column: TableColumn, columns: readonly TableColumn[], header: 'FIND' | 'NONE'): string {
  const named = header === 'FIND' && column.name.trim() !== ''
  const once = named && columns.filter(({ name }) => name.trim() === column.name.trim()).length === 1
  return choiceOf(once ? column.name : column.place)
}

function columnsOf(
  mapping: TableMapping | undefined,
): Partial<Record<MappingField, ColumnReference | ColumnReference[]>> {
  return { ...mapping?.columns } as Partial<Record<MappingField, ColumnReference | ColumnReference[]>>
}

/** How many columns a field is read from, as long as the person chose no other. */
export function columnCount({ base, columns }: MappingDraft, field: MappingField): number {
  const value = columnsOf(base)[field]
  return Array.isArray(value) && choiceOf(value) === columns[field] ? value.length : 1
}

export function draftOf(mapping: TableMapping | undefined, target: MappingTarget): MappingDraft {
  const columns = columnsOf(mapping)
  const amount = mapping?.amount
  const split = amount?.kind === 'DEBIT_CREDIT'
  return {
    target,
    header: mapping?.header ?? 'FIND',
    columns: Object.fromEntries(fieldsOf(target).map((field) => [field, choiceOf(columns[field])])),
    amountKind: split ? 'DEBIT_CREDIT' : 'SIGNED',
    amount: amount === undefined ? choiceOf(columns.amount) : split ? '' : choiceOf(amount.column),
    debit: split ? choiceOf(amount.debit) : '',
    credit: split ? choiceOf(amount.credit) : '',
    positive: mapping?.positive ?? 'MONEY_IN',
    decimalMark: mapping?.decimalMark ?? '.',
    groupMark: mapping?.groupMarks[0] ?? '',
    dateFormat: mapping?.dateFormat ?? 'YYYY-MM-DD',
    currency: mapping?.defaults.currency ?? '',
    account: mapping?.defaults.account ?? '',
    base: mapping,
  }
}

/** Every problem of a draft, in the order of the form; none means `mappingOf` gives a mapping. */
export function problemsOf(draft: MappingDraft): readonly MappingProblem[] {
  const problems: MappingProblem[] = []
  const split = draft.amountKind === 'DEBIT_CREDIT'
  const missing = split ? draft.debit === '' || draft.credit === '' : draft.amount === ''
  if (missing) problems.push('AMOUNT_COLUMN_MISSING')
  else if (split && draft.debit === draft.credit) problems.push('AMOUNT_COLUMNS_EQUAL')
  if ((draft.columns[draft.target === 'bank' ? 'bookingDate' : 'date'] ?? '') === '')
    problems.push('DATE_COLUMN_MISSING')
  if (draft.groupMark === draft.decimalMark) problems.push('MARKS_EQUAL')
  const currency = draft.currency.trim().toUpperCase()
  if (currency !== '' && !isCurrency(currency)) problems.push('CURRENCY_INVALID')
  return problems
}

/** The mapping as the readers take it, or null while the draft has problems. */
export function mappingOf(draft: MappingDraft): TableMapping | null {
  if (problemsOf(draft).length > 0) return null
  const { base, target } = draft
  const columns = columnsOf(base)
  delete columns.amount
  for (const field of fieldsOf(target)) {
    const text = draft.columns[field] ?? ''
    // A field that was read from several columns stays so unless the person chose another.
    if (text === choiceOf(columns[field])) continue
    if (text === '') delete columns[field]
    else columns[field] = referenceOf(text)
  }
  const rules = { ...rulesOf(base), ...notationOf(draft), amount: amountOf(draft) }
  return target === 'bank' ? { ...rules, target, columns } : { ...rules, target, columns }
}

function rulesOf(base: TableMapping | undefined): Pick<TableMapping, 'version' | 'rowsWithoutDate'> {
  if (base === undefined) return { version: 1, rowsWithoutDate: 'REFUSE' }
  const { columns, target, ...rules } = base
  return rules
}

function amountOf(draft: MappingDraft): TableMapping['amount'] {
  const { base } = draft
  if (draft.amountKind === 'DEBIT_CREDIT') {
    const debitSign = base?.amount?.kind === 'DEBIT_CREDIT' ? base.amount.debitSign : 'EITHER'
    return { kind: 'DEBIT_CREDIT', debit: referenceOf(draft.debit), credit: referenceOf(draft.credit), debitSign }
  }
  const flagged = base?.amount?.kind === 'FLAG' && choiceOf(base.amount.column) === draft.amount
  return flagged ? base.amount : { kind: 'SIGNED', column: referenceOf(draft.amount) }
}

function notationOf(draft: MappingDraft) {
  const { base, header, positive, decimalMark, dateFormat } = draft
  const { currency: _currency, account: _account, ...defaults } = base?.defaults ?? {}
  const currency = draft.currency.trim().toUpperCase()
  const account = draft.account.trim()
  const others = (base?.groupMarks ?? []).slice(1).filter((mark) => mark !== draft.groupMark && mark !== decimalMark)
  return {
    header,
    positive,
    decimalMark,
    dateFormat,
    groupMarks: draft.groupMark === '' ? [] : [draft.groupMark, ...others],
    defaults: { ...defaults, ...(currency !== '' && { currency }), ...(account !== '' && { account }) },
  }
}

/** The same columns under the other way of naming them. */
export function withHeader(
  draft: MappingDraft,
  header: 'FIND' | 'NONE',
  columns: readonly TableColumn[],
): MappingDraft {
  const moved = (choice: string) => {
    const column = columns.find((one) => columnChoice(one, columns, draft.header) === choice)
    return column === undefined ? '' : columnChoice(column, columns, header)
  }
  const entries = Object.entries(draft.columns).map(([field, choice]) => [field, moved(choice)])
  return {
    ...draft,
    header,
    columns: Object.fromEntries(entries),
    amount: moved(draft.amount),
    debit: moved(draft.debit),
    credit: moved(draft.credit),
  }
}
