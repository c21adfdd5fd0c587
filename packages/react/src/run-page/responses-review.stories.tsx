import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, within } from 'storybook/test'
import { sampleUnreconciled } from '../fixtures/sample-run.ts'
import { ResponsesReview } from './unreconciled-list.tsx'

const meta = {
  title: 'Bookkeeping/ResponsesReview',
  component: ResponsesReview,
  args: {
    rows: sampleUnreconciled,
    handlersFor: () => ({ apply: fn(), pushBack: fn(), escalate: fn() }),
    onOpenFile: fn(),
  },
} satisfies Meta<typeof ResponsesReview>

export default meta
type Story = StoryObj<typeof meta>

export const Answers: Story = {
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getAllByRole('row').length).toBeGreaterThan(1)
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
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
