import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { en } from '../messages/messages-en.ts'
import { SyncLog, type SyncRow } from './sync-log.tsx'

const retry = fn()
const explain = fn()
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
  title: 'Collections/SyncLog',
  component: SyncLog,
  args: {
    rows: syncRows,
    retryOf: (row) => (row.status === 'failed' ? retry : null),
    giveUpOf: (row) => (row.status === 'failed' ? fn() : null),
    explainOf: (row) => (row.status === 'drift' ? explain : null),
  },
} satisfies Meta<typeof SyncLog>

export default meta
type Story = StoryObj<typeof meta>

export const Log: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: /^Try again/ }))
    await expect(retry).toHaveBeenCalledOnce()
    await userEvent.click(canvas.getByRole('button', { name: /^Explain/ }))
    const dialog = within(await within(document.body).findByRole('dialog'))
    await userEvent.type(dialog.getByRole('textbox'), 'Paid in cash at the counter')
    await userEvent.click(dialog.getByRole('button', { name: en.collections.sync.explain }))
    await expect(explain).toHaveBeenCalledWith('Paid in cash at the counter')
  },
}
export const Loading: Story = { args: { rows: [], state: { kind: 'loading' } } }
export const Partial: Story = { args: { state: { kind: 'partial', loaded: 200, total: 41_200 } } }
export const Failed: Story = {
  args: { rows: [], state: { kind: 'failed', message: 'The backend cannot be reached.', retry: fn() } },
}
export const Refused: Story = {
  args: { rows: [], state: { kind: 'refused', message: 'This needs one of the roles ADMIN, FINANCE.' } },
}
export const Empty: Story = { args: { rows: [] } }
export const HundredThousandRows: Story = {
  args: {
    rows: Array.from(
      { length: 100_000 },
      (_, index): SyncRow => ({
        id: String(index),
        at: '2026-10-16T10:00:04Z',
        status: 'done',
        provider: 'QuickBooks',
        subjectId: `rm_${index}`,
        amount: money('333.33', 'USD'),
      }),
    ),
  },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
