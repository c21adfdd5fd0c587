import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleDay } from '../fixtures/sample-day.ts'
import { en } from '../messages/messages-en.ts'
import { MatchReview, type MatchReviewProps } from './match-review.tsx'

const proposals = sampleDay(2).rows.filter(
  (row) => row.item.matches[0]?.status === 'PROPOSED' && row.item.scenario === 'UNMATCHED',
)

const meta = {
  title: 'Bookkeeping/MatchReview',
  component: MatchReview,
  args: {
    proposals,
    confirm: fn() as MatchReviewProps['confirm'],
    reject: fn() as MatchReviewProps['reject'],
  },
} satisfies Meta<typeof MatchReview>

export default meta
type Story = StoryObj<typeof meta>

export const Proposals: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await expect(canvas.getByRole('button', { name: en.run.review.reject })).toHaveAttribute('aria-disabled', 'true')
    await userEvent.type(canvas.getByRole('textbox'), 'another supplier')
    await userEvent.click(canvas.getByRole('button', { name: en.run.review.reject }))
    await expect(args.reject).toHaveBeenCalledOnce()
  },
}
export const Done: Story = { args: { proposals: [] } }
export const Pending: Story = { args: { pending: true } }
/** Somebody who may look but not decide. */
export const Refused: Story = { args: { confirm: null, reject: null } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
