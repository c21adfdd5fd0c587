/** Numbers beside the pages, by name; absent until the backend has answered. */
export type DeskCounts = Readonly<Record<string, number | undefined>>

export interface DeskPage {
  readonly path: string
  readonly title: string
  readonly count?: string
}

export interface DeskSection {
  readonly title: string
  readonly pages: readonly DeskPage[]
}

export const deskSections: readonly DeskSection[] = [
  {
    title: 'Cash management',
    pages: [
      { path: '/cash', title: 'Bank day', count: 'total' },
      { path: '/cash/escalations', title: 'AP Escalations', count: 'AP_ESCALATIONS' },
      { path: '/cash/flagged', title: 'Flagged', count: 'FLAGGED' },
      { path: '/cash/sweeps', title: 'Sweeps', count: 'SWEEP' },
      { path: '/cash/import', title: 'Import files' },
    ],
  },
  {
    title: 'Payments desk',
    pages: [
      { path: '/payments', title: 'Payments', count: 'payments' },
      { path: '/payments/import', title: 'Upload deposits' },
    ],
  },
  {
    title: 'Bookkeeping',
    pages: [
      { path: '/bookkeeping', title: 'Bank reconciliations' },
      { path: '/bookkeeping/exceptions', title: 'Exceptions' },
      { path: '/bookkeeping/outbox', title: 'Outbox' },
      { path: '/bookkeeping/mail', title: 'Mail viewer' },
    ],
  },
  {
    title: 'Treasury',
    pages: [{ path: '/treasury', title: 'Transactions' }],
  },
  {
    title: 'Collections',
    pages: [
      { path: '/collections', title: 'Placements' },
      { path: '/collections/remittances', title: 'Remittances' },
      { path: '/collections/statements', title: 'Statements' },
    ],
  },
]
