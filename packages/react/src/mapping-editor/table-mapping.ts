/** A column by its header text, or by its number from 1 where the file has no header. */
export type ColumnReference = string | number

/** Which columns hold the money; as the readers of @recon/formats take it. */
export type AmountColumns =
  | { kind: 'SIGNED'; column: ColumnReference }
  | {
      kind: 'DEBIT_CREDIT'
      debit: ColumnReference
      credit: ColumnReference
      debitSign: 'POSITIVE' | 'NEGATIVE' | 'EITHER'
    }
  | {
      kind: 'FLAG'
      column: ColumnReference
      flag: ColumnReference
      debit: string[]
      credit: string[]
      signs: 'REVERSE' | 'IGNORED'
    }

/** Fields of a bank line a column can fill, the ones most files have first. */
export const bankMappingFields = [
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
  'counterpartyAccount',
  'customerReference',
  'structuredReference',
  'mandateId',
  'batchId',
  'structureId',
  'status',
  'sourceStatus',
  'instrument',
  'transactionCode',
  'returnCode',
  'originalAmount',
  'originalCurrency',
  'supersedes',
  'sourceEntryIds',
] as const
/** Fields of a book entry a column can fill. */
export const ledgerMappingFields = [
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
  'counterpartyAccount',
  'batchId',
  'structureId',
  'kind',
  'status',
  'source',
  'sourceStatus',
  'instrument',
  'originalAmount',
  'originalCurrency',
  'openAmount',
  'reverses',
] as const
/** The amount is chosen apart: it may stand in one column or in two. */
export type BankMappingField = (typeof bankMappingFields)[number] | 'amount'
export type LedgerMappingField = (typeof ledgerMappingFields)[number] | 'amount'
export type MappingField = BankMappingField | LedgerMappingField
export type MappingTarget = 'bank' | 'ledger'

type Columns<Field extends string> = Partial<Record<Field, ColumnReference | ColumnReference[]>>

interface MappingRules {
  version: 1
  name?: string | undefined
  charset?: string | undefined
  delimiter?: string | undefined
  header: 'FIND' | 'NONE'
  amount?: AmountColumns | undefined
  positive: 'MONEY_IN' | 'MONEY_OUT'
  decimalMark: '.' | ','
  groupMarks: ('.' | ',' | "'" | ' ')[]
  dateFormat: string
  balance?: ColumnReference | undefined
  balanceOrder?: 'OLDEST_FIRST' | 'NEWEST_FIRST' | undefined
  detailAmount?: ColumnReference | undefined
  rowsWithoutDate: 'REFUSE' | 'DETAIL' | 'SKIP'
  defaults: {
    account?: string | undefined
    currency?: string | undefined
    status?: 'PENDING' | 'POSTED' | undefined
    instrument?: string | undefined
    kind?: string | undefined
    source?: string | undefined
  }
}

export interface BankTableMapping extends MappingRules {
  target: 'bank'
  columns: Columns<BankMappingField>
}
export interface LedgerTableMapping extends MappingRules {
  target: 'ledger'
  columns: Columns<LedgerMappingField>
}
/** How the columns of one source become records: the `ColumnMapping` of @recon/formats, field by field. Plain JSON. */
export type TableMapping = BankTableMapping | LedgerTableMapping

/** Why a proposal reads something the way it does. */
export interface ProposalReason {
  readonly about: string
  readonly code: string
  readonly facts?: Readonly<Record<string, string>>
  readonly column?: string
  /** In English, for codes without words in the person's language. */
  readonly text: string
}

/** What the file does not prove. */
export interface ProposalDoubt {
  readonly code: string
  readonly message: string
  readonly facts?: Readonly<Record<string, string>>
}

export type TableProposal =
  | {
      readonly ok: true
      readonly mapping: TableMapping
      readonly headerLine: number | undefined
      readonly reasons: readonly ProposalReason[]
      readonly doubts: readonly ProposalDoubt[]
    }
  | {
      readonly ok: false
      readonly code: string
      readonly message: string
      readonly line?: number
      readonly reasons: readonly ProposalReason[]
    }

/** The head of a file and what is proposed for it: the answer of `previewTable` of @recon/formats. */
export interface TableLook {
  readonly rows: readonly { readonly line: number; readonly fields: readonly string[] }[]
  readonly canonicalHeader: number | undefined
  readonly proposal: TableProposal
}

export interface TableColumn {
  /** From 1, as people count. */
  readonly place: number
  readonly name: string
}

/** The columns a mapping chooses from: the header's, or places alone where the file has none. */
export function tableColumns(look: TableLook): readonly TableColumn[] {
  return (headerRow(look)?.fields ?? []).map((name, index) => ({ place: index + 1, name }))
}

function headerRow(look: TableLook): TableLook['rows'][number] | undefined {
  const line = look.proposal.ok ? look.proposal.headerLine : look.canonicalHeader
  // Without a known header the widest of the first rows is taken: tables are wider than what stands above them.
  return (
    look.rows.find((row) => row.line === line) ??
    [...look.rows.slice(0, 30)].sort((left, right) => right.fields.length - left.fields.length)[0]
  )
}

/** The rows below the header, as they stand in the file. */
export function sampleRows(look: TableLook, count: number, naming: 'FIND' | 'NONE'): TableLook['rows'] {
  const header = headerRow(look)
  const start = header === undefined || naming === 'NONE' ? 0 : look.rows.indexOf(header) + 1
  return look.rows.slice(start, start + count)
}

function headerless({ proposal }: TableLook): boolean {
  return proposal.ok && proposal.headerLine === undefined
}

/** What a saved mapping is found by: files of one source have the same header. */
export function tableSourceKey(target: MappingTarget, look: TableLook): string {
  const cells = headerless(look) ? [String(headerRow(look)?.fields.length ?? 0)] : (headerRow(look)?.fields ?? [])
  return `${target}:${cells.join('\u001f')}`.slice(0, 2000)
}
