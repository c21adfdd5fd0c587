import type { FormatDefectCode } from '../format-defect.ts'
import type { ColumnMapping } from './column-mapping.ts'
import type { DateOrder } from './date-order.ts'

export interface ProposalOptions {
  readonly target: 'bank' | 'ledger'
  readonly account?: string
  readonly currency?: string
  readonly dateOrder?: DateOrder
}

/** Why the proposal reads something the way it does. */
export interface MappingReason {
  /** What is decided: a field, or `dateFormat`, `decimalMark`, `sign`, `order`. */
  readonly about: string
  /** Header text or number of the column it rests on. */
  readonly column?: string
  readonly text: string
}

/** What the file does not prove. A person should look before the rows are used. */
export interface MappingDoubt {
  readonly code:
    | 'DATE_ORDER_ASSUMED'
    | 'CURRENCY_UNKNOWN'
    | 'SIGN_UNPROVEN'
    | 'SIGN_ASSUMED'
    | 'BALANCE_UNPROVEN'
    | 'COLUMNS_UNNAMED'
  readonly message: string
}

export type MappingProposal =
  | {
      readonly ok: true
      readonly mapping: ColumnMapping
      /** The line of the header; undefined where the file has none. */
      readonly headerLine: number | undefined
      readonly reasons: readonly MappingReason[]
      readonly doubts: readonly MappingDoubt[]
    }
  | {
      readonly ok: false
      readonly code: FormatDefectCode
      readonly message: string
      readonly line?: number
      readonly reasons: readonly MappingReason[]
    }
