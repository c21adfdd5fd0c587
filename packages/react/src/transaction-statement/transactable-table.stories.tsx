import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { en } from '../messages/messages-en.ts'
import { type TransactableEntry, TransactableTable } from './transactable-table.tsx'

const unlink = fn()
const entry: TransactableEntry = {
  id: 'PO-1041',
  kind: 'payment_order',
  amount: money('-4300.00', 'USD'),
  date: '2026-11-20',
  certainty: 'TENTATIVE',
  overdue: false,
  dueBy: null,
  label: null,
  counterparty: { name: 'Calder & Finch LLP' },
  bounds: null,
  links: [{ bankLineId: 'BL-7200' }],
}
const rows: readonly TransactableEntry[] = [
  entry,
  {
    ...entry,
    id: 'EP-210',
    kind: 'expected_payment',
    amount: money('1231.00', 'USD'),
    bounds: { minimum: money('1220.00', 'USD'), maximum: money('1231.00', 'USD') },
    certainty: 'UNRECONCILED',
    overdue: true,
    dueBy: '2026-11-18',
    counterparty: { name: 'Oakline Studios' },
    links: [],
  },
  { ...entry, id: 'CHK-5530', kind: 'paper_item', certainty: 'RECONCILED', counterparty: { name: 'Harrow Steel' } },
  { ...entry, id: 'RT-9', kind: 'return', certainty: 'PARTIALLY_RECONCILED', counterparty: { name: 'Kestrel Data' } },
]

const meta = {
  title: 'Treasury/TransactableTable',
  component: TransactableTable,
  args: { rows, unlinkOf: (row) => (row.links.length > 0 ? unlink : null) },
} satisfies Meta<typeof TransactableTable>

export default meta
type Story = StoryObj<typeof meta>

export const Expected: Story = {
  play: async ({ canvasElement }) => {
    const row = within(within(canvasElement).getByRole('row', { name: /Calder/ }))
    await userEvent.click(row.getByRole('button', { name: new RegExp(`^${en.treasury.orders.unlink}`) }))
    await expect(unlink).toHaveBeenCalledOnce()
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
  args: { rows: Array.from({ length: 100_000 }, (_, index) => ({ ...entry, id: `PO-${index}` })) },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
