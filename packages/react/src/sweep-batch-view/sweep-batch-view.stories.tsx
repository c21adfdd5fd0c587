import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleDay } from '../fixtures/sample-day.ts'
import { en } from '../messages/messages-en.ts'
import { SweepBatchView } from './sweep-batch-view.tsx'

const row = sampleDay(1).rows.find((one) => one.item.scenario === 'SWEEP')
if (row === undefined) throw new Error('The sample day has no sweep.')

const meta = {
  title: 'Cash management/SweepBatchView',
  component: SweepBatchView,
  args: { row, closeBatch: fn(), leavesOut: (line) => line.transactionCode === '575', onBack: fn() },
} as Meta<typeof SweepBatchView>

export default meta
type Story = StoryObj<typeof SweepBatchView>

export const Balanced: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const close = canvas.getByRole('button', { name: en.action.reconcileBatch })
    await userEvent.click(close)
    await expect(args.closeBatch).toHaveBeenCalledOnce()
  },
}

/** One cent short: the batch stays open and says what is missing. */
export const OneCentShort: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('checkbox', { name: en.sweep.toggle('JE-77124') }))
    const close = canvas.getByRole('button', { name: en.action.reconcileBatch })
    await expect(close).toHaveAttribute('aria-disabled', 'true')
    await userEvent.click(close)
    await expect(args.closeBatch).not.toHaveBeenCalled()
    await expect(canvas.getByRole('status')).toHaveTextContent('0.01')
  },
}

export const MirrorLegsIncluded: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: en.sweep.include }))
    await expect(canvas.getByRole('status')).toHaveTextContent('12,400.00')
  },
}
export const Dark: Story = { parameters: { theme: 'dark' } }
export const ReadOnly: Story = { args: { closeBatch: null } }
export const Refused: Story = { args: { refusal: 'The batch has changed: version 3, not 2.' } }
export const Pending: Story = { args: { pending: true } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
