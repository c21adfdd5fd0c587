import type { Scenario } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { closeEntries, sampleDay } from '../fixtures/sample-day.ts'
import { en } from '../messages/messages-en.ts'
import type { WorkItem } from '../work-item.ts'
import { ReconcileModal } from './reconcile-modal.tsx'

const { rows } = sampleDay(3)

function rowOf(scenario: Scenario, id?: string): WorkItem {
  const found = rows.find((row) => row.item.scenario === scenario && (id === undefined || row.item.id.endsWith(id)))
  if (found === undefined) throw new Error(`The sample day has no ${scenario}.`)
  return found
}

function withOthers(row: WorkItem): WorkItem {
  return { ...row, bookEntries: [...row.bookEntries, ...closeEntries] }
}

const reconcile = fn()
const flag = fn()
const escalate = fn()

const meta = {
  title: 'Cash management/ReconcileModal',
  component: ReconcileModal,
  args: {
    row: rowOf('UNMATCHED', 'BL-2178'),
    actions: { reconcile, flag },
    onClose: fn(),
    position: { index: 14, total: 41 },
    onNext: fn(),
    onPrevious: fn(),
  },
} satisfies Meta<typeof ReconcileModal>

export default meta
type Story = StoryObj<typeof meta>

const dialog = () => within(within(document.body).getByRole('dialog'))

export const Unmatched: Story = {
  play: async ({ args }) => {
    const modal = dialog()
    await userEvent.click(modal.getByRole('checkbox', { name: en.reconcile.choose('GL-90418') }))
    await expect(modal.getByRole('button', { name: new RegExp(`^${en.action.reconcile}`) })).toHaveAttribute(
      'aria-disabled',
    )
    await userEvent.click(modal.getByRole('checkbox', { name: en.reconcile.choose('GL-90418') }))
    await userEvent.click(modal.getByRole('button', { name: /^Reconcile/ }))
    await expect(reconcile).toHaveBeenCalledOnce()
    await userEvent.keyboard('j')
    await expect(args.onNext).toHaveBeenCalledOnce()
    await userEvent.keyboard('f')
    await expect(flag).toHaveBeenCalledOnce()
  },
}
export const UnmatchedDark: Story = { parameters: { theme: 'dark' } }
/** A pair the engine did not propose: the host asks it for the evidence. */
export const WhyNot: Story = {
  args: {
    row: withOthers(rowOf('UNMATCHED', 'BL-2178')),
    explainPair: async () => ({
      reason: { code: 'AMOUNTS_DIFFER' },
      evidence: [
        {
          signal: 'AMOUNT',
          bank: '-4300.00 USD',
          book: '-4350.00 USD',
          verdict: 'DISAGREES',
          reason: { code: 'AMOUNTS_DIFFER' },
          weight: -9,
        },
        {
          signal: 'NAME',
          bank: 'Calder & Finch LLP',
          book: 'Finch Catering',
          verdict: 'CLOSE',
          reason: { code: 'NAMES_CLOSE' },
          weight: 2,
        },
      ],
    }),
  },
  play: async () => {
    const row = dialog().getByRole('row', { name: /GL-90501/ })
    await userEvent.click(within(row).getByRole('button', { name: en.reconcile.whyNot }))
    const drawer = await dialog().findByRole('region', { name: en.reconcile.whyNotEntry('GL-90501') })
    await expect(await within(drawer).findByText('Finch Catering')).toBeVisible()
  },
}
export const NoCandidate: Story = { args: { row: rowOf('UNMATCHED', 'BL-7730'), actions: { flag } } }
export const FailedPayment: Story = { args: { row: rowOf('FAILED_PAYMENT'), actions: { escalate, reconcile, flag } } }
export const Duplicate: Story = { args: { row: rowOf('DUPLICATE'), actions: { flag, reconcile } } }
export const AmountVariance: Story = {
  args: { row: rowOf('AMOUNT_VARIANCE'), actions: { awaitJournal: fn(), recordJournal: fn(), flag } },
}
export const Sweep: Story = { args: { row: rowOf('SWEEP'), actions: { flag } } }
export const SystemMatchReadOnly: Story = { args: { row: rowOf('SYSTEM_MATCH'), actions: {} } }
export const AutoReconciledReadOnly: Story = { args: { row: rowOf('AUTO_RECONCILED'), actions: {} } }

const approve = fn()
const declineApproval = fn()
const asked = (row: WorkItem): WorkItem => ({
  ...row,
  item: {
    ...row.item,
    approval: {
      requestedBy: 'mei',
      at: '2026-11-20T09:30:00.000Z',
      decision: {
        id: `${row.item.id}@2`,
        state: 'MANUAL',
        bankLineIds: row.item.bankLineIds,
        bookEntryIds: row.item.matches[0]?.bookEntryIds ?? [],
        adjustments: [],
        actorId: 'mei',
        at: '2026-11-20T09:30:00.000Z',
      },
    },
  },
})
/** The approver is not the proposer: a second person approves, or declines with a reason. */
export const ApprovalWaits: Story = {
  args: { row: asked(rowOf('UNMATCHED', 'BL-2178')), actions: { approve, declineApproval } },
  play: async () => {
    const modal = dialog()
    await expect(modal.getByText(en.reconcile.approvalWaits('mei'))).toBeVisible()
    const decline = modal.getByRole('button', { name: en.action.declineApproval })
    await expect(decline).toBeDisabled()
    await userEvent.type(modal.getByRole('textbox', { name: /Why/ }), 'the invoice is another one')
    await userEvent.click(decline)
    await expect(declineApproval).toHaveBeenCalledWith('the invoice is another one')
    await userEvent.click(modal.getByRole('button', { name: en.action.approve }))
    await expect(approve).toHaveBeenCalledOnce()
  },
}
/** What overtook an approval, and a journal entry that can be taken back. */
export const ApprovalOutdated: Story = {
  args: {
    row: {
      ...rowOf('AMOUNT_VARIANCE'),
      item: {
        ...rowOf('AMOUNT_VARIANCE').item,
        closedApproval: {
          ...asked(rowOf('AMOUNT_VARIANCE')).item.approval,
          status: 'OUTDATED',
          reason: 'ITEM_CHANGED',
          closedBy: 'system',
          closedAt: '2026-11-20T10:00:00.000Z',
        },
      } as WorkItem['item'],
    },
    actions: { reopenApproval: fn(), releaseJournal: fn(), withdrawJournal: fn() },
  },
}

export const Refused: Story = { args: { refusal: 'The item has changed: version 3, not 2.' } }
export const Pending: Story = { args: { pending: true } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Phone: Story = { parameters: { viewport: { defaultViewport: 'mobile1' } } }
