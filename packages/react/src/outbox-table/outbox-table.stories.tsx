import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { OutboxTable } from './outbox-table.tsx'

const resend = fn()
const mail = { template: 'reconciliation-magic-link', recipient: 'mei.tan@mason.example', attempts: 1, reason: null }

const meta = {
  title: 'Bookkeeping/OutboxTable',
  component: OutboxTable,
  args: {
    resendOf: (row) => (row.status === 'DEAD' ? resend : null),
    rows: [
      {
        ...mail,
        id: '1',
        subject: 'Action needed: 23 unreconciled bank items for Mason Industries Pte Ltd',
        status: 'PENDING',
        createdAt: '2026-11-20T11:05:00Z',
        dispatchedAt: null,
        alarm: true,
      },
      {
        ...mail,
        id: '2',
        subject: 'Action needed: 4 unreconciled bank items for Orchid Trading',
        status: 'DISPATCHED',
        createdAt: '2026-11-20T09:00:00Z',
        dispatchedAt: '2026-11-20T09:00:21Z',
        alarm: false,
      },
      {
        ...mail,
        id: '3',
        subject: 'Action needed: 2 unreconciled bank items for Pine Studio',
        status: 'DEAD',
        createdAt: '2026-11-19T09:00:00Z',
        dispatchedAt: null,
        alarm: false,
        attempts: 6,
        reason: '550 mailbox unavailable',
      },
    ],
  },
} satisfies Meta<typeof OutboxTable>

export default meta
type Story = StoryObj<typeof meta>

export const Mails: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /Send again/ }))
    await expect(resend).toHaveBeenCalledOnce()
  },
}
export const Empty: Story = { args: { rows: [] } }
export const Loading: Story = { args: { state: { kind: 'loading' } } }
export const Dark: Story = { parameters: { theme: 'dark' } }
export const Partial: Story = { args: { state: { kind: 'partial', loaded: 200, total: 41_200 } } }
export const Failed: Story = {
  args: { rows: [], state: { kind: 'failed', message: 'The backend cannot be reached.', retry: fn() } },
}
export const Refused: Story = {
  args: { rows: [], state: { kind: 'refused', message: 'This needs one of the roles ADMIN, FINANCE.' } },
}
export const HundredThousandRows: Story = {
  args: {
    rows: Array.from({ length: 100_000 }, (_, index) => ({
      ...mail,
      id: String(index),
      subject: `Action needed: ${index} unreconciled bank items`,
      status: 'DISPATCHED',
      createdAt: '2026-11-20T09:00:00Z',
      dispatchedAt: '2026-11-20T09:00:21Z',
      alarm: false,
    })),
  },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
