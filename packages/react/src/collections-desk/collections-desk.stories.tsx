import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleCreditor, samplePlacement, sampleRemittances, sampleStatement } from '../fixtures/sample-placement.ts'
import { SyncLog, type SyncRow } from '../sync-log/sync-log.tsx'
import { CreditorStatement } from './creditor-statement-view.tsx'
import { PlacementCard } from './placement-card.tsx'
import { RemittanceLedger } from './remittance-ledger.tsx'

const retry = fn()
const syncRows: readonly SyncRow[] = [
  {
    id: 's1',
    at: '2026-11-20T10:58:00Z',
    status: 'failed',
    provider: 'QuickBooks',
    subjectId: 'rm_14',
    amount: money('150.00', 'USD'),
    attempts: 3,
    failure: 'The invoice is locked by a closed period.',
  },
  {
    id: 's2',
    at: '2026-11-20T10:40:00Z',
    status: 'drift',
    provider: 'QuickBooks',
    subjectId: 'INV-20988',
    amount: money('-20.00', 'USD'),
    drift: { cached: money('1850.00', 'USD'), live: money('1830.00', 'USD') },
  },
  {
    id: 's3',
    at: '2026-10-26T15:20:04Z',
    status: 'done',
    provider: 'QuickBooks',
    subjectId: 'rm_12',
    externalId: '1187',
    amount: money('400.00', 'USD'),
    attempts: 1,
  },
]

const meta = {
  title: 'Collections/RemittanceLedger',
  component: RemittanceLedger,
  args: { rows: sampleRemittances },
} satisfies Meta<typeof RemittanceLedger>

export default meta
type Story = StoryObj<typeof meta>

export const Ledger: Story = {}
export const Empty: Story = { args: { rows: [] } }
export const Placement: Story = {
  render: () => (
    <PlacementCard
      placement={samplePlacement}
      creditor={sampleCreditor}
      rows={sampleRemittances}
      actions={{ recordPayment: fn(), close: fn(), recall: null }}
    />
  ),
}
export const MonthlyStatement: Story = {
  render: () => <CreditorStatement statement={sampleStatement} creditor={sampleCreditor} />,
}
export const WritebackLog: Story = {
  render: () => (
    <SyncLog
      rows={syncRows}
      retryOf={(row) => (row.status === 'failed' ? retry : null)}
      explainOf={(row) => (row.status === 'drift' ? fn() : null)}
    />
  ),
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /Try again/ }))
    await expect(retry).toHaveBeenCalledOnce()
  },
}
export const WritebackLogDark: Story = { ...WritebackLog, parameters: { theme: 'dark' }, play: async () => undefined }
