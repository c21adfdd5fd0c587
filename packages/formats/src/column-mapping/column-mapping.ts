import { isCurrency, ReconError } from '@recon/core'
import * as z from 'zod'
import { dateReader } from './date-notation.ts'

/** A column by its header text, or by its number from 1 where the file has no header. */
const columnReference = z.union([z.string().min(1).max(200), z.int().min(1).max(512)])
export type ColumnReference = z.infer<typeof columnReference>

/** An empty text stands for an empty cell. */
const words = z.array(z.string().max(60)).min(1).max(60)

const amountColumns = z.discriminatedUnion('kind', [
  /** One column with its own sign. */
  z.strictObject({ kind: z.literal('SIGNED'), column: columnReference }),
  /** Money out and money in apart. `debitSign` says how money out is written; the other sign in a cell reverses it, EITHER takes the size. */
  z.strictObject({
    kind: z.literal('DEBIT_CREDIT'),
    debit: columnReference,
    credit: columnReference,
    debitSign: z.enum(['POSITIVE', 'NEGATIVE', 'EITHER']).default('POSITIVE'),
  }),
  /** The direction in a column of its own; a cell that holds none of the words is refused. */
  z.strictObject({
    kind: z.literal('FLAG'),
    column: columnReference,
    flag: columnReference,
    debit: words,
    credit: words,
    /** What a minus in the amount means beside the direction: the line is a reversal, or the same thing said twice. */
    signs: z.enum(['REVERSE', 'IGNORED']).default('REVERSE'),
  }),
])

export const bankFields = [
  'id',
  'account',
  'bookingDate',
  'valueDate',
  'amount',
  'currency',
  'status',
  'instrument',
  'transactionCode',
  'endToEndId',
  'bankReference',
  'checkNumber',
  'remittanceText',
  'counterpartyName',
  'counterpartyAccount',
  'returnCode',
  'originalAmount',
  'originalCurrency',
  'supersedes',
  'sourceStatus',
  'sourceEntryIds',
  'customerReference',
  'structuredReference',
  'mandateId',
  'batchId',
  'structureId',
] as const
export const ledgerFields = [
  'id',
  'account',
  'date',
  'amount',
  'currency',
  'instrument',
  'kind',
  'paymentReference',
  'transactionNumber',
  'documentNumber',
  'checkNumber',
  'description',
  'counterpartyName',
  'counterpartyAccount',
  'originalAmount',
  'originalCurrency',
  'source',
  'sourceStatus',
  'status',
  'openAmount',
  'reverses',
  'batchId',
  'structureId',
] as const
export type BankField = (typeof bankFields)[number]
export type LedgerField = (typeof ledgerFields)[number]

/** Text columns may be several: their cells are joined by a newline. */
const oneOrMore = z.union([columnReference, z.array(columnReference).min(1).max(12)])

const shape = {
  version: z.literal(1).default(1),
  /** What the mapping is called where it is saved, usually the bank and the export. */
  name: z.string().max(120).optional(),
  charset: z.string().max(40).optional(),
  delimiter: z.string().length(1).optional(),
  /** Absent: the header is the first row that holds every named column. `NONE`: columns are numbers, data starts at row 1. */
  header: z.enum(['FIND', 'NONE']).default('FIND'),
  amount: amountColumns.optional(),
  /** Which direction a positive amount of a SIGNED column has. */
  positive: z.enum(['MONEY_IN', 'MONEY_OUT']).default('MONEY_IN'),
  decimalMark: z.enum(['.', ',']).default('.'),
  groupMarks: z
    .array(z.enum(['.', ',', "'", ' ']))
    .max(4)
    .default([]),
  dateFormat: z.string().max(20).default('YYYY-MM-DD'),
  /** A running balance after each line; with `balanceOrder` it proves order and sign. */
  balance: columnReference.optional(),
  balanceOrder: z.enum(['OLDEST_FIRST', 'NEWEST_FIRST']).optional(),
  /** Amounts of the payments a booking consists of, in rows without a date below it. */
  detailAmount: columnReference.optional(),
  /** Rows without a date: `DETAIL` adds their text to the booking above, `SKIP` passes over them with a warning. */
  rowsWithoutDate: z.enum(['REFUSE', 'DETAIL', 'SKIP']).default('REFUSE'),
  defaults: z
    .strictObject({
      account: z.string().max(100).optional(),
      currency: z.string().refine(isCurrency, 'is not an ISO 4217 currency code').optional(),
      status: z.enum(['PENDING', 'POSTED']).optional(),
      instrument: z.string().max(40).optional(),
      kind: z.string().max(40).optional(),
      source: z.string().max(100).optional(),
    })
    .default({}),
}

const bankMapping = z.strictObject({
  ...shape,
  target: z.literal('bank').default('bank'),
  columns: z.partialRecord(z.enum(bankFields), oneOrMore),
})
const ledgerMapping = z.strictObject({
  ...shape,
  target: z.literal('ledger'),
  columns: z.partialRecord(z.enum(ledgerFields), oneOrMore),
})

export type BankColumnMapping = z.infer<typeof bankMapping>
export type LedgerColumnMapping = z.infer<typeof ledgerMapping>
/** How the columns of one source become bank lines or book entries. Plain JSON: store it per source. */
export type ColumnMapping = BankColumnMapping | LedgerColumnMapping

const mappingFile = z.strictObject({ bank: bankMapping.optional(), ledger: ledgerMapping.optional() })

/** What a mapping file holds: one mapping for each side, either may be absent. */
export interface MappingFile {
  readonly bank?: BankColumnMapping
  readonly ledger?: LedgerColumnMapping
}

function invalid(error: z.ZodError): ReconError {
  const issue = error.issues[0]
  const place = issue?.path.join('.') ?? ''
  return new ReconError(
    'CONFIGURATION_INVALID',
    `The column mapping is not valid${place === '' ? '' : ` at ${place}`}: ${issue?.message ?? 'unreadable'}. See docs/formats/column-mapping.md.`,
    { place, cause: error },
  )
}

/** Checks what the schema alone cannot say. @throws ReconError CONFIGURATION_INVALID */
function checked<Mapping extends ColumnMapping>(mapping: Mapping): Mapping {
  dateReader(mapping.dateFormat)
  const columns: Readonly<Record<string, unknown>> = mapping.columns
  const date = mapping.target === 'bank' ? 'bookingDate' : 'date'
  const missing = columns[date] === undefined ? date : (mapping.amount ?? columns.amount) ? undefined : 'amount'
  if (missing !== undefined) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      `The column mapping names no column for ${missing}. Add it to columns.`,
      {
        place: `columns.${missing}`,
      },
    )
  }
  if ((mapping.groupMarks as readonly string[]).includes(mapping.decimalMark)) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      `"${mapping.decimalMark}" cannot be both the decimal and a group mark.`,
      {
        place: 'groupMarks',
      },
    )
  }
  return mapping
}

/** @throws ReconError CONFIGURATION_INVALID naming the place */
export function parseColumnMapping(value: unknown): ColumnMapping {
  const target = typeof value === 'object' && value !== null && 'target' in value ? value.target : 'bank'
  if (target === 'ledger') {
    const parsed = ledgerMapping.safeParse(value)
    if (!parsed.success) throw invalid(parsed.error)
    return checked(parsed.data)
  }
  const parsed = bankMapping.safeParse(value)
  if (!parsed.success) throw invalid(parsed.error)
  return checked(parsed.data)
}

/**
 * A mapping file: `{ "bank": {...}, "ledger": {...} }`, or one mapping alone with its `target`.
 * @throws ReconError CONFIGURATION_INVALID naming the place
 */
export function parseMappingFile(text: string): MappingFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ReconError('CONFIGURATION_INVALID', 'The mapping file is not JSON.', { cause })
  }
  if (typeof value === 'object' && value !== null && 'columns' in value) {
    const mapping = parseColumnMapping(value)
    return mapping.target === 'bank' ? { bank: mapping } : { ledger: mapping }
  }
  if (typeof value === 'object' && value !== null && 'ledger' in value && typeof value.ledger === 'object') {
    value = { ...value, ledger: { target: 'ledger', ...value.ledger } }
  }
  const parsed = mappingFile.safeParse(value)
  if (!parsed.success) throw invalid(parsed.error)
  const { bank, ledger } = parsed.data
  return { ...(bank && { bank: checked(bank) }), ...(ledger && { ledger: checked(ledger) }) }
}
