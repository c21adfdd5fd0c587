import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { sampleStatementLines } from '../fixtures/sample-treasury.ts'
import { en } from '../messages/messages-en.ts'
import { TransactionStatement } from './transaction-statement.tsx'

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
