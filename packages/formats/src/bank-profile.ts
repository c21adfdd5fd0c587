import type { Instrument } from '@recon/core'

/** What a tag in free text stands for. */
export type TagMeaning =
  | 'endToEndId'
  | 'customerReference'
  | 'bankReference'
  | 'mandateId'
  | 'batchId'
  | 'structureId'
  | 'structuredReference'
  | 'remittance'
  | 'counterpartyName'
  | 'counterpartyAccount'
  | 'returnCode'
  | 'originalAmount'
  | 'ignore'

/** How one bank writes its files, as data. Every field is optional; what is absent follows the standard. */
export interface BankProfile {
  readonly name: string
  /** Implied decimals that differ from ISO 4217, by currency. */
  readonly impliedDecimals?: Readonly<Record<string, number>>
  /** Tags of continuation and information text, by the tag as written without its mark (`EREF`, `ORG`). */
  readonly tags?: Readonly<Record<string, TagMeaning>>
  /** Tags that name the counterparty only on money in, or only on money out. */
  readonly creditTags?: Readonly<Record<string, TagMeaning>>
  readonly debitTags?: Readonly<Record<string, TagMeaning>>
  /** Direction and instrument of the bank's own codes, ranges as `920-929`. */
  readonly customCodes?: Readonly<
    Record<string, { readonly direction: 'CREDIT' | 'DEBIT'; readonly instrument?: Instrument }>
  >
  /** The customer reference field holds the end-to-end id. */
  readonly customerReferenceIsEndToEndId?: boolean
}
