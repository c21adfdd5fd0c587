import { buildBankLine } from '@recon/core/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleStatementLines } from '../fixtures/sample-treasury.ts'
import { en } from '../messages/messages-en.ts'
import { type StatementLine, TransactionStatement } from './transaction-statement.tsx'

const meta = {
  title: 'Treasury/TransactionStatement',
  component: TransactionStatement,
  args: { lines: sampleStatementLines },
} satisfies Meta<typeof TransactionStatement>

export default meta
type Story = StoryObj<typeof meta>

export const Day: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: en.treasury.showSuperseded(5) }))
    await expect(canvas.getByText(en.treasury.supersededBy('BL-7200'))).toBeVisible()
  },
}
export const Dark: Story = { parameters: { theme: 'dark' } }
export const Empty: Story = { args: { lines: [] } }
export const Loading: Story = { args: { lines: [], state: { kind: 'loading' } } }
export const Partial: Story = { args: { state: { kind: 'partial', loaded: 200, total: 41_200 } } }
export const Failed: Story = {
  args: { lines: [], state: { kind: 'failed', message: 'The backend cannot be reached.', retry: fn() } },
}
export const Refused: Story = {
  args: { lines: [], state: { kind: 'refused', message: 'This needs one of the roles ADMIN, FINANCE.' } },
}
export const HundredThousandRows: Story = {
  args: {
    lines: Array.from(
      { length: 100_000 },
      (_, index): StatementLine => ({
        line: buildBankLine({ id: `BL-${index}` }),
        certainty: index % 2 === 0 ? 'RECONCILED' : 'TENTATIVE',
        matchedWith: [`PO-${index}`],
      }),
    ),
  },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
