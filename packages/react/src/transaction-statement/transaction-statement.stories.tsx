import { money } from '@recon/core'
import { buildBankLine } from '@recon/core/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { en } from '../messages/messages-en.ts'
import { TransactionStatement } from './transaction-statement.tsx'

const line = (id: string, amount: string, name: string, status: 'PENDING' | 'POSTED' | 'SUPERSEDED') =>
  buildBankLine({
    id,
    amount: money(amount, 'USD'),
    status,
    counterparty: { name },
    references: { remittanceText: id },
  })

const meta = {
  title: 'Treasury/TransactionStatement',
  component: TransactionStatement,
  args: {
    lines: [
      {
        line: line('PND-3', '-48200.00', 'Ridgeway Steel', 'PENDING'),
        certainty: 'TENTATIVE',
        matchedWith: ['Payment order 1193'],
      },
      {
        line: line('PST-2', '125000.00', 'Tanager Logistics', 'POSTED'),
        certainty: 'RECONCILED',
        matchedWith: ['Expected payment 88'],
      },
      {
        line: line('PND-2', '125000.00', 'Tanager Logistics', 'SUPERSEDED'),
        certainty: 'UNRECONCILED',
        matchedWith: [],
        supersededBy: 'PST-2',
      },
      {
        line: line('PST-1', '-900.00', 'Juniper Office', 'POSTED'),
        certainty: 'PARTIALLY_RECONCILED',
        matchedWith: ['Payment order 1188'],
      },
      { line: line('PST-4', '-12.50', 'Bank fee', 'POSTED'), certainty: 'UNRECONCILED', matchedWith: [] },
    ],
  },
} satisfies Meta<typeof TransactionStatement>

export default meta
type Story = StoryObj<typeof meta>

export const Day: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: en.treasury.showSuperseded(1) }))
    await expect(canvas.getByText(en.treasury.supersededBy('PST-2'))).toBeVisible()
  },
}
export const Dark: Story = { parameters: { theme: 'dark' } }
export const Empty: Story = { args: { lines: [] } }
