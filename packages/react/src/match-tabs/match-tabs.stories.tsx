import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { DepositSourceBar } from '../deposit-source-bar/deposit-source-bar.tsx'
import { largePayments } from '../fixtures/large-payments.ts'
import { sampleDeposits, samplePayments, sampleSource } from '../fixtures/sample-payments.ts'
import { en } from '../messages/messages-en.ts'
import { MatchTabs } from './match-tabs.tsx'

const reconcile = fn()
const markUnreceived = fn()
const actions = { reconcile, reconcileWithReference: fn(), markUnreceived }

const meta = {
  title: 'Payments desk/MatchTabs',
  component: MatchTabs,
  args: {
    items: samplePayments,
    actionsFor: (row) => (row.item.status === 'OUTSTANDING' ? actions : { revert: fn() }),
    onReconcileSelection: fn(),
    searchDeposits: async (text: string) =>
      sampleDeposits.filter((line) => line.counterparty?.name?.toLowerCase().includes(text.toLowerCase())),
  },
  render: (args) => (
    <div className="recon-desk">
      <DepositSourceBar source={sampleSource} actions={{ refresh: fn(), upload: fn() }} />
      <MatchTabs {...args} />
    </div>
  ),
} satisfies Meta<typeof MatchTabs>

export default meta
type Story = StoryObj<typeof meta>

export const UniqueMatches: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('checkbox', { name: en.desk.selectRow('PAY-10461') }))
    await userEvent.click(canvas.getByRole('checkbox', { name: en.desk.selectRow('PAY-10462') }))
    await userEvent.click(canvas.getByRole('button', { name: en.payments.reconcileCount(2) }))
    await expect(args.onReconcileSelection).toHaveBeenCalledOnce()
  },
}

export const PartialMatches: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: /Partial matches/ }))
    await userEvent.click(canvas.getByRole('radio', { name: /A RAHMAN TRADING/ }))
    await expect(canvas.getByRole('button', { name: en.payments.reconcileCount(1) })).not.toHaveAttribute(
      'aria-disabled',
    )
  },
}

export const ShowAllDeposits: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: /No match/ }))
    const row = canvas.getByRole('row', { name: /PAY-10490/ })
    await userEvent.click(within(row).getByRole('button', { name: en.payments.showAllDeposits }))
    const dialog = within(await within(document.body).findByRole('dialog'))
    await userEvent.click(await dialog.findByRole('checkbox', { name: /UNKNOWN SENDER/ }))
    await userEvent.click(dialog.getByRole('button', { name: en.action.reconcile }))
    await expect(reconcile).toHaveBeenCalledWith(['DEP-4'])
  },
}

export const MarkAsUnreceived: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const row = canvas.getByRole('row', { name: /PAY-10460/ })
    await userEvent.click(within(row).getByRole('button', { name: /More/ }))
    await userEvent.click(await within(document.body).findByRole('menuitem', { name: en.action.markUnreceived }))
    await expect(markUnreceived).toHaveBeenCalledOnce()
  },
}

export const Reconciled: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('tab', { name: /Reconciled/ }))
    await expect(within(canvasElement).getByRole('button', { name: en.action.revert })).toBeVisible()
  },
}
/** Two hundred and fifty thousand rows with their deposits: the keys reach every one of them. */
export const HundredThousandRows: Story = {
  args: { items: largePayments(100_000) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const table = canvas.getByRole('table', { name: en.payments.title })
    await expect(table).toHaveAttribute('aria-rowcount', '100001')
    await expect(canvas.getAllByRole('row').length).toBeLessThan(120)
    canvas.getByRole('checkbox', { name: en.desk.selectRow('PAY-000000') }).focus()
    await userEvent.keyboard('{End}')
    const last = await canvas.findByRole('checkbox', { name: en.desk.selectRow('PAY-099997') })
    await waitFor(() => expect(last).toHaveFocus())
    await expect(last.closest('tr')).toHaveAttribute('aria-rowindex', '100000')
    await userEvent.keyboard(' ')
    await expect(canvas.getByRole('button', { name: en.payments.reconcileCount(1) })).toBeVisible()
    await userEvent.keyboard('{Home}')
    await waitFor(() => expect(canvas.getByRole('checkbox', { name: en.desk.selectRow('PAY-000000') })).toHaveFocus())
    await userEvent.type(canvas.getByRole('searchbox'), 'PAY-050001')
    await waitFor(() => expect(table).toHaveAttribute('aria-rowcount', '3'))
  },
}

export const Dark: Story = { parameters: { theme: 'dark' } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Empty: Story = { args: { items: [] } }
export const Loading: Story = { args: { items: [], state: { kind: 'loading' } } }
export const Partial: Story = { args: { state: { kind: 'partial', loaded: 500, total: 41_200 } } }
export const Failed: Story = {
  args: { items: [], state: { kind: 'failed', message: 'The backend cannot be reached.', retry: fn() } },
}
export const Refused: Story = {
  args: { items: [], state: { kind: 'refused', message: 'This needs one of the roles ADMIN, FINANCE.' } },
}
