import type { MappingProblem } from '../mapping-editor/mapping-draft.ts'
import type { MappingField, ProposalDoubt, ProposalReason } from '../mapping-editor/table-mapping.ts'

/** What a reason of a proposal can be about besides a field. */
export type MappingRule = 'dateFormat' | 'decimalMark' | 'sign' | 'order'

/** Words of the column mapping. */
export interface MappingMessages {
  readonly field: Readonly<Record<MappingField | MappingRule, string>>
  readonly sample: string
  readonly column: (place: number) => string
  /** A text put together of several columns: the first, and how many more. */
  readonly several: (first: string, more: number) => string
  readonly notInFile: string
  readonly header: { readonly label: string; readonly FIND: string; readonly NONE: string }
  readonly amounts: { readonly label: string; readonly SIGNED: string; readonly DEBIT_CREDIT: string }
  readonly positive: { readonly label: string; readonly MONEY_IN: string; readonly MONEY_OUT: string }
  readonly moneyOut: string
  readonly moneyIn: string
  readonly dates: string
  readonly decimals: { readonly label: string; readonly point: string; readonly comma: string }
  readonly groups: {
    readonly label: string
    readonly none: string
    readonly comma: string
    readonly point: string
    readonly apostrophe: string
    readonly space: string
  }
  readonly defaultCurrency: string
  readonly defaultAccount: string
  readonly moreFields: string
  readonly remembered: string
  readonly noProposal: string
  readonly why: string
  /** One reason, as a sentence after the field it is about. */
  readonly reason: (reason: ProposalReason) => string
  readonly doubt: (doubt: ProposalDoubt) => string
  readonly problem: Readonly<Record<MappingProblem, string>>
  readonly reset: string
  readonly read: string
  readonly looking: string
}

export type ReasonWords = Readonly<Record<string, (facts: Readonly<Record<string, string>>) => string>>

/** The words of a code in this pack; the reader's own English where the pack has none yet. */
export function wordsOf(words: ReasonWords, code: string, facts: ProposalReason['facts'], text: string): string {
  return words[code]?.(facts ?? {}) ?? text
}
