import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleCreditor, samplePlacement, sampleRemittances } from '../fixtures/sample-placement.ts'
import { en } from '../messages/messages-en.ts'
import { PlacementCard } from './placement-card.tsx'

const recordPayment = fn()

const meta = {
  title: 'Collections/PlacementCard',
  component: PlacementCard,
  args: {
    placement: samplePlacement,
    creditor: sampleCreditor,
    rows: sampleRemittances,
    actions: { recordPayment, close: fn(), recall: null },
  },
} satisfies Meta<typeof PlacementCard>

export default meta
type Story = StoryObj<typeof meta>

export const Open: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: en.collections.placement.recordPayment }))
    await expect(recordPayment).toHaveBeenCalledOnce()
    const recall = canvas.getByRole('button', { name: en.collections.placement.recall })
    await expect(recall).toHaveAttribute('aria-disabled', 'true')
  },
}
export const NothingRecovered: Story = { args: { rows: [] } }
export const Paid: Story = {
  args: {
    placement: { ...samplePlacement, status: 'paid' },
    actions: { recordPayment: null, close: null, recall: null },
  },
}
export const ClosedUncollected: Story = {
  args: { placement: { ...samplePlacement, status: 'closed_uncollected' }, actions: {} },
}
export const Recalled: Story = { args: { placement: { ...samplePlacement, status: 'recalled' }, actions: {} } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
