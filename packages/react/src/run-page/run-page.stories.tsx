import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleDay } from '../fixtures/sample-day.ts'
import { sampleUnreconciled } from '../fixtures/sample-run.ts'
import { en } from '../messages/messages-en.ts'
import { ProofPanel } from '../proof-panel/proof-panel.tsx'
import { RunHeader, type RunHeaderProps } from './run-header.tsx'
import { UnreconciledList } from './unreconciled-list.tsx'

const day = sampleDay(2)
const proof = day.run.proofs.find((one) => one.currency === 'USD') ?? null
const apply = fn()
const handlers = { apply, pushBack: fn(), escalate: fn(), resolveByStaff: fn() }

const header: RunHeaderProps = {
  client: 'Mason Industries',
  account: 'DBS ··2290 SGD',
  periodEnd: '2026-10-31',
  status: 'AWAITING_CLIENT',
  counters: { matches: 141, proposed: 0, unreconciled: 23, responded: 2, resolved: 1 },
  sent: { to: 'Mei Tan', at: '2026-11-03T09:00:00Z', validUntil: '2027-01-02T09:00:00Z' },
  actions: { dispatch: fn(), complete: null, print: fn() },
  whyNot: { complete: '22 items are not resolved.' },
}

const meta = {
  title: 'Bookkeeping/RunHeader',
  component: RunHeader,
  args: header,
} satisfies Meta<typeof RunHeader>

export default meta
type Story = StoryObj<typeof meta>

export const AwaitingClient: Story = {
  render: (args) => (
    <div className="recon-desk">
      <RunHeader {...args} />
      <div className="recon-run-columns">
        <UnreconciledList rows={sampleUnreconciled} handlersFor={() => handlers} onOpenFile={fn()} />
        <ProofPanel proof={proof} />
      </div>
    </div>
  ),
  play: async ({ canvasElement }) => {
    const row = within(within(canvasElement).getByRole('row', { name: /TELCO/ }))
    await userEvent.click(row.getByRole('button', { name: en.run.list.apply }))
    const dialog = within(await within(document.body).findByRole('dialog'))
    await userEvent.type(dialog.getByRole('textbox'), 'JE-5522')
    await userEvent.click(dialog.getByRole('button', { name: en.run.list.apply }))
    await expect(apply).toHaveBeenCalledWith('JE-5522')
  },
}
export const Matching: Story = { args: { status: 'MATCHING', progress: 0.42, sent: null, actions: {} } }
export const FailedRun: Story = {
  args: { status: 'FAILED', failure: 'The statement has no closing balance.', sent: null, actions: { rematch: fn() } },
}
export const Complete: Story = {
  args: {
    status: 'COMPLETE',
    counters: { matches: 164, proposed: 0, unreconciled: 0, responded: 0, resolved: 23 },
    actions: { print: fn() },
  },
}
export const Dark: Story = { ...AwaitingClient, parameters: { theme: 'dark' }, play: async () => undefined }
export const RightToLeft: Story = { ...AwaitingClient, parameters: { language: 'ar' }, play: async () => undefined }
export const Refused: Story = {
  args: {
    actions: { dispatch: null, complete: null },
    whyNot: { dispatch: 'Confirm or reject every proposed match first.', complete: '22 items are not resolved.' },
  },
}
