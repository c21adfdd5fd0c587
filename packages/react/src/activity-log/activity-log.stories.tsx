import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { ActivityLog } from './activity-log.tsx'

const undo = fn()

const meta = {
  title: 'Cash management/ActivityLog',
  component: ActivityLog,
  args: {
    undoOf: (entry) => (entry.undone ? null : undo),
    entries: [
      { id: '3', at: '2026-11-20T11:10:00Z', actorId: 'mei.tan', name: 'review_item.reconciled', subjectId: 'BL-2178' },
      {
        id: '2',
        at: '2026-11-20T10:41:00Z',
        actorId: 'mei.tan',
        name: 'review_item.flagged',
        subjectId: 'BL-1245',
        note: 'two entries, asked the supplier',
        undone: true,
      },
      { id: '1', at: '2026-11-20T09:20:00Z', actorId: 'j.ortiz', name: 'review_item.escalated', subjectId: 'BL-0417' },
    ],
  },
} satisfies Meta<typeof ActivityLog>

export default meta
type Story = StoryObj<typeof meta>

export const Entries: Story = {
  play: async ({ canvasElement }) => {
    const [first] = within(canvasElement).getAllByRole('button')
    if (first !== undefined) await userEvent.click(first)
    await expect(undo).toHaveBeenCalledOnce()
  },
}
export const Empty: Story = { args: { entries: [] } }
export const Loading: Story = { args: { state: { kind: 'loading' } } }
export const Failed: Story = { args: { state: { kind: 'failed', message: 'No connection.', retry: fn() } } }
export const Partial: Story = { args: { state: { kind: 'partial', loaded: 200, total: 41_200 } } }
export const Refused: Story = {
  args: { entries: [], state: { kind: 'refused', message: 'This needs one of the roles ADMIN, FINANCE.' } },
}
export const HundredThousandRows: Story = {
  args: {
    entries: Array.from({ length: 100_000 }, (_, index) => ({
      id: String(index),
      at: '2026-11-20T09:20:00Z',
      actorId: 'j.ortiz',
      name: 'review_item.reconciled',
      subjectId: `BL-${index}`,
    })),
  },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
