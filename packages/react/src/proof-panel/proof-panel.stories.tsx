import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, within } from 'storybook/test'
import { sampleDay } from '../fixtures/sample-day.ts'
import { en } from '../messages/messages-en.ts'
import { ProofPanel } from './proof-panel.tsx'

const proof = sampleDay(2).run.proofs.find((one) => one.currency === 'USD') ?? null

const meta = {
  title: 'Bookkeeping/ProofPanel',
  component: ProofPanel,
  args: { proof },
} satisfies Meta<typeof ProofPanel>

export default meta
type Story = StoryObj<typeof meta>

export const Holds: Story = {
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByText(en.proof.holds)).toBeVisible()
  },
}
export const WithBalances: Story = {
  args: {
    balances: {
      opening: money('1000.00', 'USD'),
      movements: money('-446.79', 'USD'),
      lineCount: 5,
      closing: money('553.21', 'USD'),
      difference: money('0.00', 'USD'),
    },
  },
}
/** A cent nobody can explain is not hidden. */
export const Broken: Story = {
  args: { proof: proof === null ? null : { ...proof, unexplained: money('0.01', 'USD') } },
}
export const Empty: Story = { args: { proof: null } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
