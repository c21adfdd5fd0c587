import type { FormatDefectCode } from '../format-defect.ts'
import type { ColumnMapping } from './column-mapping.ts'
import type { DateOrder } from './date-order.ts'
import { type MappingReasonCode, type Why, whyText } from './mapping-reason.ts'

export interface ProposalOptions {
  readonly target: 'bank' | 'ledger'
  readonly account?: string
  readonly currency?: string
  readonly dateOrder?: DateOrder
}

/** Why the proposal reads something the way it does. */
export interface MappingReason {
  /** The kind of evidence; with `facts` enough to say it in another language. */
  readonly code: MappingReasonCode
  readonly facts?: Readonly<Record<string, string>>
  /** What is decided: a field, or `dateFormat`, `decimalMark`, `sign`, `order`. */
  readonly about: string
  /** Header text or number of the column it rests on. */
  readonly column?: string
  /** In English. */
  readonly text: string
}

export function mappingReason(about: string, why: Why, column?: string): MappingReason {
  return { about, ...(column !== undefined && { column }), ...why, text: whyText(why) }
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
  /** In English. */
  readonly message: string
  readonly facts?: Readonly<Record<string, string>>
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
