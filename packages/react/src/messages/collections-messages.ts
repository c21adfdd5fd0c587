import type { Certainty, PlacementStatus, RemittanceStatus, TransactableKind } from '@recon/core'

export type SyncStatusName = 'done' | 'waiting' | 'failed' | 'drift' | 'resolved' | 'reverted' | 'abandoned'

/** Words of collections and of the treasury view. */
export interface CollectionsMessages {
  readonly placement: {
    readonly status: Readonly<Record<PlacementStatus, string>>
    readonly invoice: (number: string) => string
    readonly invoiceAmount: string
    readonly recovered: string
    readonly fee: string
    readonly net: string
    readonly outstanding: string
    readonly overRecovered: string
    readonly rate: (rate: string) => string
    readonly progress: (share: string) => string
    readonly recordPayment: string
    readonly close: string
    readonly recall: string
  }
  readonly ledger: {
    readonly title: string
    readonly status: Readonly<Record<RemittanceStatus, string>>
    readonly kind: Readonly<Record<'PAYMENT' | 'REVERSAL' | 'REINSTATEMENT', string>>
    readonly payment: string
    readonly rate: string
    readonly transfer: string
    readonly installment: (number: number) => string
    readonly reverses: (row: string) => string
    readonly reinstates: (row: string) => string
    readonly empty: string
  }
  readonly statement: {
    readonly title: (creditor: string) => string
    readonly period: (from: string, to: string) => string
    readonly opening: string
    readonly collected: string
    readonly fees: string
    readonly paidOut: string
    readonly adjusted: string
    readonly closing: string
    readonly hash: string
    readonly hashHint: string
    readonly payouts: string
    readonly adjustments: string
    readonly rows: string
  }
  readonly sync: {
    readonly title: string
    readonly status: Readonly<Record<SyncStatusName, string>>
    readonly what: string
    readonly record: string
    readonly when: string
    readonly retry: string
    readonly explain: string
    readonly explainLabel: string
    readonly drift: (cached: string, live: string) => string
    readonly attempts: (count: number) => string
    readonly empty: string
  }
}

export interface TreasuryMessages {
  readonly title: string
  readonly certainty: Readonly<Record<Certainty, string>>
  readonly pending: string
  readonly tentativeHint: string
  readonly supersededBy: (line: string) => string
  readonly showSuperseded: (count: number) => string
  readonly hideSuperseded: string
  readonly withdrawn: string
  readonly transactable: string
  readonly empty: string
  readonly emptyHint: string
  /** Payment orders, expected payments and so on: what lines are matched with. */
  readonly orders: {
    readonly title: string
    readonly kind: Readonly<Record<TransactableKind, string>>
    readonly matchedLines: string
    readonly due: (date: string) => string
    readonly overdue: string
    readonly between: (least: string, most: string) => string
    readonly empty: string
    readonly emptyHint: string
    readonly search: string
    readonly match: string
    readonly matched: (linked: number, proposed: number) => string
    readonly unlink: string
    readonly unlinked: string
    readonly onlyOverdue: string
  }
}
