import { money, type Remittance } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { sampleRemittances } from '../fixtures/sample-placement.ts'
import { en } from '../messages/messages-en.ts'
import { RemittanceLedger } from './remittance-ledger.tsx'

const pay = fn()
const [first] = sampleRemittances

const meta = {
  title: 'Collections/RemittanceLedger',
  component: RemittanceLedger,
  args: { rows: sampleRemittances },
} satisfies Meta<typeof RemittanceLedger>

export default meta
type Story = StoryObj<typeof meta>

export const Ledger: Story = {}
/** Without a transfer rail somebody pays by hand and notes the reference. */
export const PaidByHand: Story = {
  args: { payOf: (row) => (row.status === 'manual_required' ? pay : null) },
  play: async ({ canvasElement }) => {
    const [button] = within(canvasElement).getAllByRole('button', {
      name: new RegExp(en.screens.collections.payByHand),
    })
    if (button !== undefined) await userEvent.click(button)
    const dialog = within(await within(document.body).findByRole('dialog'))
    await userEvent.type(dialog.getByRole('textbox'), 'WIRE-5512')
    await userEvent.click(dialog.getByRole('button', { name: en.screens.collections.payByHand }))
    await expect(pay).toHaveBeenCalledWith('WIRE-5512')
  },
}
/** Amounts of two currencies never add: each has its own total. */
export const TwoCurrencies: Story = {
  args: {
    rows: [
      ...sampleRemittances,
      ...sampleRemittances.slice(0, 1).map((row) => ({
        ...row,
        id: 'rm_sgd',
        recovered: money('90.00', 'SGD'),
        fee: money('9.00', 'SGD'),
        net: money('81.00', 'SGD'),
      })),
    ],
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
    rows: Array.from({ length: 100_000 }, (_, index) => ({ ...(first as Remittance), id: `rm_${index}` })),
  },
}
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
