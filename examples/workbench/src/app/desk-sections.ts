import type { PageName, WorkbenchWords } from './workbench-words.ts'

/** Numbers beside the pages, by name; absent until the backend has answered. */
export type DeskCounts = Readonly<Record<string, number | undefined>>

export interface DeskPage {
  readonly path: string
  readonly name: PageName
  readonly count?: string
}

export interface DeskSection {
  readonly name: keyof WorkbenchWords['sections']
  readonly pages: readonly DeskPage[]
}

export const deskSections: readonly DeskSection[] = [
  {
    name: 'cash',
    pages: [
      { path: '/cash', name: 'bankDay', count: 'total' },
      { path: '/cash/escalations', name: 'escalations', count: 'AP_ESCALATIONS' },
      { path: '/cash/flagged', name: 'flagged', count: 'FLAGGED' },
      { path: '/cash/sweeps', name: 'sweeps', count: 'SWEEP' },
      { path: '/cash/fusion', name: 'fusion' },
      { path: '/cash/import', name: 'import' },
    ],
  },
  {
    name: 'payments',
    pages: [
      { path: '/payments', name: 'payments', count: 'payments' },
      { path: '/payments/import', name: 'upload' },
    ],
  },
  {
    name: 'bookkeeping',
    pages: [
      { path: '/bookkeeping', name: 'runs' },
      { path: '/bookkeeping/exceptions', name: 'exceptions' },
      { path: '/bookkeeping/outbox', name: 'outbox' },
    ],
  },
  { name: 'treasury', pages: [{ path: '/treasury', name: 'transactions' }] },
  {
    name: 'collections',
    pages: [
      { path: '/collections', name: 'placements' },
      { path: '/collections/remittances', name: 'remittances' },
      { path: '/collections/statements', name: 'statements' },
      { path: '/collections/sync', name: 'sync' },
    ],
  },
  { name: 'tools', pages: [{ path: '/mail', name: 'mail' }] },
]
