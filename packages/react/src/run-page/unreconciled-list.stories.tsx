import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, within } from 'storybook/test'
import { sampleUnreconciled } from '../fixtures/sample-run.ts'
import { type UnreconciledEntry, UnreconciledList } from './unreconciled-list.tsx'

const meta = {
  title: 'Bookkeeping/UnreconciledList',
  component: UnreconciledList,
  args: {
    rows: sampleUnreconciled,
    handlersFor: () => ({ apply: fn(), pushBack: fn(), escalate: fn(), resolveByStaff: fn() }),
    onOpenFile: fn(),
  },
} satisfies Meta<typeof UnreconciledList>

export default meta
type Story = StoryObj<typeof meta>

export const Lines: Story = {
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
export const HundredThousandRows: Story = {
  args: {
    rows: Array.from({ length: 100_000 }, (_, index) => {
      const [entry] = sampleUnreconciled
      return { ...(entry as UnreconciledEntry), item: { ...(entry as UnreconciledEntry).item, id: String(index) } }
    }),
  },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
