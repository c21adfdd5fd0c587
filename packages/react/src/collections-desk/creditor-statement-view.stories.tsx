import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { sampleCreditor, sampleStatement } from '../fixtures/sample-placement.ts'
import { CreditorStatement } from './creditor-statement-view.tsx'

const meta = {
  title: 'Collections/CreditorStatement',
  component: CreditorStatement,
  args: { statement: sampleStatement, creditor: sampleCreditor },
} satisfies Meta<typeof CreditorStatement>

export default meta
type Story = StoryObj<typeof meta>

export const Month: Story = {}
export const WithAdjustment: Story = {
  args: {
    statement: {
      ...sampleStatement,
      adjusted: money('12.50', 'USD'),
      adjustments: [
        { id: 'adj_1', date: '2026-10-30', amount: money('12.50', 'USD'), reason: 'Fee taken twice in May' },
      ],
    },
  },
}
export const QuietMonth: Story = {
  args: { statement: { ...sampleStatement, remittances: [], payouts: [], adjustments: [] } },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
