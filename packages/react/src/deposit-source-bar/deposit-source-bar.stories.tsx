import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleSource } from '../fixtures/sample-payments.ts'
import { en } from '../messages/messages-en.ts'
import { DepositSourceBar } from './deposit-source-bar.tsx'

const { lastFetchedAt: _fetched, lastTriedAt: _tried, ...neverFetched } = sampleSource
const actions = { refresh: fn(), upload: fn(), setReconcileUniqueMatches: fn(), updateCredentials: fn() }

const meta = {
  title: 'Payments desk/DepositSourceBar',
  component: DepositSourceBar,
  args: { source: sampleSource, actions },
} satisfies Meta<typeof DepositSourceBar>

export default meta
type Story = StoryObj<typeof meta>

export const Healthy: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: en.depositSource.refresh }))
    await expect(actions.refresh).toHaveBeenCalledOnce()
    await userEvent.click(canvas.getByRole('switch'))
    await expect(actions.setReconcileUniqueMatches).toHaveBeenCalledWith(true)
  },
}
export const Fetching: Story = { args: { fetching: true } }
export const Failing: Story = {
  args: { source: { ...sampleSource, status: 'failing', failures: 3, lastFetchedAt: '2026-11-20T09:15:00Z' } },
}
export const Stale: Story = {
  args: { source: { ...sampleSource, status: 'stale', lastFetchedAt: '2026-11-19T17:00:00Z' } },
}
export const InvalidPassword: Story = { args: { source: { ...sampleSource, status: 'credentials_invalid' } } }
export const FilesOnly: Story = {
  args: {
    source: {
      id: 'file',
      version: 1,
      name: 'Uploads',
      kind: 'UPLOAD',
      status: 'healthy',
      failures: 0,
      reconcileUniqueMatches: true,
    },
  },
}
export const FailingDark: Story = {
  args: { source: { ...sampleSource, status: 'failing', lastFetchedAt: '2026-11-20T09:15:00Z' } },
  parameters: { theme: 'dark' },
}
export const Refused: Story = { args: { refusal: 'The bank refuses the password: update the credentials first.' } }
export const NeverFetched: Story = { args: { source: { ...neverFetched, status: 'stale' } } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
