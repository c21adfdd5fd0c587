/** Words of the connected screens: their heads, their empty states, and what was done. */
export interface ScreenMessages {
  readonly deposits: {
    readonly sources: string
    readonly none: string
    readonly noneHint: string
    readonly requested: string
    readonly automaticOn: string
    readonly automaticOff: string
    readonly retrying: string
  }
  readonly collections: {
    readonly title: string
    readonly placements: string
    readonly statements: string
    readonly searchInvoice: string
    readonly noPlacements: string
    readonly noPlacementsHint: string
    readonly paymentFor: (invoice: string) => string
    readonly amountIn: (currency: string) => string
    readonly amountHint: string
    readonly recorded: string
    readonly closed: string
    readonly recalled: string
    readonly payByHand: string
    readonly transferReference: string
    readonly transferFor: (row: string) => string
    readonly transferNoted: string
    readonly retried: string
    readonly givenUp: string
    readonly giveUp: string
    readonly explained: string
    readonly allCreditors: string
    readonly creditor: string
    readonly closeStatement: string
    readonly statementClosed: (period: string) => string
    readonly noStatements: string
    readonly noStatementsHint: string
    readonly differ: (count: number) => string
  }
  readonly runs: {
    readonly title: string
    readonly note: string
    readonly run: string
    readonly lines: string
    readonly matched: string
    readonly unreconciled: string
    readonly matchedAt: string
    readonly empty: string
    readonly emptyHint: string
    readonly openRun: (name: string) => string
  }
  readonly exceptions: { readonly note: string; readonly open: string }
  readonly reports: {
    readonly title: string
    readonly csv: string
    readonly pdf: string
    readonly status: Readonly<Record<'QUEUED' | 'RENDERING' | 'DONE' | 'FAILED', string>>
    readonly download: string
    readonly empty: string
    readonly file: string
    readonly ordered: string
  }
  readonly treasury: {
    readonly note: (reconciled: number, tentative: number) => string
    readonly unreconciled: string
    readonly overdue: string
  }
}
