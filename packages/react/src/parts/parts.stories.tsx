import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { ActionButton } from './action-button.tsx'
import { Amount } from './amount.tsx'
import { Badge, ScenarioBadge } from './scenario-badge.tsx'
import { EmptyState, FailedState, LoadingRows, RefusedState } from './screen-state.tsx'

const run = fn()

const meta = {
  title: 'Parts/ActionButton',
  component: ActionButton,
  args: { action: run as (() => void) | null, children: 'Reconcile' },
} satisfies Meta<typeof ActionButton>

export default meta
type Story = StoryObj<typeof meta>

export const Primary: Story = {
  args: { tone: 'primary', keycap: 'r' },
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /Reconcile/ }))
    await expect(run).toHaveBeenCalledOnce()
  },
}
export const Plain: Story = {}
export const Quiet: Story = { args: { tone: 'quiet' } }
/** A rule says no: the button stays where it is, can be focused, and says why. */
export const SwitchedOff: Story = { args: { action: null, reason: 'The difference is not zero.' } }
export const Busy: Story = { args: { busy: true } }
export const Amounts: Story = {
  render: () => (
    <p>
      <Amount value={money('-1250.00', 'USD')} /> <Amount value={money('1250.00', 'EUR')} sign />{' '}
      <Amount value={money('1250', 'JPY')} /> <Amount value={money('1.250', 'KWD')} copyable />
    </p>
  ),
}
export const Badges: Story = {
  render: () => (
    <p>
      <ScenarioBadge scenario="FAILED_PAYMENT" /> <ScenarioBadge scenario="SWEEP" /> <Badge tone="good">Ready</Badge>
    </p>
  ),
}
export const States: Story = {
  render: () => (
    <>
      <LoadingRows rows={2} />
      <EmptyState title="Nothing is placed" hint="Invoices given to be collected appear here." />
      <FailedState message="The backend cannot be reached." retry={fn()} />
      <RefusedState message="This needs one of the roles ADMIN, FINANCE." />
    </>
  ),
}
export const RightToLeft: Story = { ...Amounts, parameters: { language: 'ar' } }
export const Dark: Story = { ...States, parameters: { theme: 'dark' } }
