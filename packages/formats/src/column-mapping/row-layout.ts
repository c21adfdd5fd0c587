import { ReconError } from '@recon/core'
import { type AmountNotation, plainNotation } from './amount-notation.ts'
import type { BankField, ColumnMapping, ColumnReference, LedgerField } from './column-mapping.ts'
import { type DateReader, dateReader } from './date-notation.ts'
import { headerKey } from './header-key.ts'

export type AmountCells =
  | { readonly kind: 'SIGNED'; readonly index: number }
  | { readonly kind: 'DEBIT_CREDIT'; readonly debit: number; readonly credit: number }
  | {
      readonly kind: 'FLAG'
      readonly index: number
      readonly flag: number
      readonly debit: ReadonlySet<string>
      readonly credit: ReadonlySet<string>
      readonly signs: 'REVERSE' | 'IGNORED'
    }

/** A mapping bound to the cells of one header: what reading a row needs, by cell index. */
export interface RowLayout {
  readonly indexes: ReadonlyMap<BankField | LedgerField, readonly number[]>
  readonly amount: AmountCells
  readonly positive: 'MONEY_IN' | 'MONEY_OUT'
  /** How money out is written in a column of its own. */
  readonly debitSign: 'POSITIVE' | 'NEGATIVE' | 'EITHER'
  readonly notation: AmountNotation
  readonly readDate: DateReader
  readonly dateFormat: string
  readonly balance: number | undefined
  readonly detailAmount: number | undefined
  readonly rowsWithoutDate: ColumnMapping['rowsWithoutDate']
  readonly defaults: ColumnMapping['defaults']
  /** Cells of a full row; rows with more filled cells than this do not belong to the header. */
  readonly width: number
}

/** The layout of the canonical columns: ISO dates, plain decimals, one signed amount. */
export function canonicalLayout(
  indexes: ReadonlyMap<BankField | LedgerField, number>,
  width: number,
  defaults: ColumnMapping['defaults'],
): RowLayout {
  return {
    indexes: new Map([...indexes].map(([field, index]) => [field, [index]])),
    amount: { kind: 'SIGNED', index: indexes.get('amount') ?? -1 },
    positive: 'MONEY_IN',
    debitSign: 'POSITIVE',
    notation: plainNotation,
    readDate: dateReader('YYYY-MM-DD'),
    dateFormat: 'YYYY-MM-DD',
    balance: undefined,
    detailAmount: undefined,
    rowsWithoutDate: 'REFUSE',
    defaults,
    width,
  }
}

function listOf(reference: ColumnReference | readonly ColumnReference[]): readonly ColumnReference[] {
  return typeof reference === 'string' || typeof reference === 'number' ? [reference] : reference
}

/** Every column the mapping names, in its order. */
export function namedColumns(mapping: ColumnMapping): readonly ColumnReference[] {
  const { amount } = mapping
  const money =
    amount === undefined
      ? []
      : amount.kind === 'SIGNED'
        ? [amount.column]
        : amount.kind === 'FLAG'
          ? [amount.column, amount.flag]
          : [amount.debit, amount.credit]
  const columns = Object.values(mapping.columns).flatMap((reference) =>
    reference === undefined ? [] : listOf(reference),
  )
  const others = [mapping.balance, mapping.detailAmount].flatMap((reference) =>
    reference === undefined ? [] : [reference],
  )
  return [...columns, ...money, ...others]
}

/** Named columns the row does not hold; none means the row is the mapping's header. */
export function missingColumns(mapping: ColumnMapping, row: readonly string[]): readonly string[] {
  const keys = new Set(row.map(headerKey))
  return namedColumns(mapping).filter((name): name is string => typeof name === 'string' && !keys.has(headerKey(name)))
}

/**
 * Binds a mapping to the header row (empty where the file has none).
 * @throws ReconError CONFIGURATION_INVALID when a column is named by text twice in the header or is not there
 */
export function bindMapping(mapping: ColumnMapping, header: readonly string[], width: number): RowLayout {
  const keys = header.map(headerKey)
  const indexOf = (reference: ColumnReference): number => {
    if (typeof reference === 'number') return reference - 1
    const exact = header.findIndex((text) => text.trim() === reference.trim())
    if (exact >= 0) return exact
    const key = headerKey(reference)
    const index = keys.indexOf(key)
    if (index >= 0 && keys.indexOf(key, index + 1) < 0) return index
    const why = index < 0 ? 'is not in the header' : 'is in the header twice; name it by its number'
    throw new ReconError('CONFIGURATION_INVALID', `The column "${reference}" of the mapping ${why}.`, {
      place: reference,
    })
  }
  const indexes = new Map<BankField | LedgerField, readonly number[]>()
  for (const [field, reference] of Object.entries(mapping.columns)) {
    if (reference !== undefined) indexes.set(field as BankField | LedgerField, listOf(reference).map(indexOf))
  }
  const words = (list: readonly string[]) => new Set(list.map((word) => word.trim().toLowerCase()))
  const { amount } = mapping
  const cells: AmountCells =
    amount === undefined
      ? { kind: 'SIGNED', index: indexes.get('amount')?.[0] ?? -1 }
      : amount.kind === 'SIGNED'
        ? { kind: 'SIGNED', index: indexOf(amount.column) }
        : amount.kind === 'DEBIT_CREDIT'
          ? { kind: 'DEBIT_CREDIT', debit: indexOf(amount.debit), credit: indexOf(amount.credit) }
          : {
              kind: 'FLAG',
              index: indexOf(amount.column),
              flag: indexOf(amount.flag),
              debit: words(amount.debit),
              credit: words(amount.credit),
              signs: amount.signs,
            }
  return {
    indexes,
    amount: cells,
    positive: mapping.positive,
    debitSign: amount?.kind === 'DEBIT_CREDIT' ? amount.debitSign : 'POSITIVE',
    notation: { decimalMark: mapping.decimalMark, groupMarks: mapping.groupMarks },
    readDate: dateReader(mapping.dateFormat),
    dateFormat: mapping.dateFormat,
    balance: mapping.balance === undefined ? undefined : indexOf(mapping.balance),
    detailAmount: mapping.detailAmount === undefined ? undefined : indexOf(mapping.detailAmount),
    rowsWithoutDate: mapping.rowsWithoutDate,
    defaults: mapping.defaults,
    width,
  }
}
