import { money } from '@recon/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { en } from '../messages/messages-en.ts'
import { DispatchDialog } from './dispatch-dialog.tsx'

const send = fn()

const meta = {
  title: 'Bookkeeping/DispatchDialog',
  component: DispatchDialog,
  args: {
    open: true,
    recipients: [
      { id: 'mei', name: 'Mei Tan', email: 'mei.tan@mason.example' },
      { id: 'raj', name: 'Raj Pillai', email: 'raj@mason.example' },
    ],
    subject: 'Action needed: 23 unreconciled bank items for Mason Industries Pte Ltd',
    itemCount: 23,
    totals: [money('18204.55', 'SGD')],
    firmName: 'Hartley & Co',
    send,
    onClose: fn(),
  },
} satisfies Meta<typeof DispatchDialog>

export default meta
type Story = StoryObj<typeof meta>

export const Recipients: Story = {
  play: async () => {
    const dialog = within(within(document.body).getByRole('dialog'))
    await userEvent.click(dialog.getByRole('radio', { name: /Raj Pillai/ }))
    await userEvent.type(dialog.getByRole('textbox'), 'The bank charges are the urgent ones.')
    await userEvent.click(dialog.getByRole('button', { name: en.run.dialog.send }))
    await expect(send).toHaveBeenCalledWith({ contactId: 'raj', note: 'The bank charges are the urgent ones.' })
  },
}
export const NoSubmitterContacts: Story = { args: { recipients: [] } }
export const Refused: Story = { args: { refusal: 'Two proposals are not decided yet.' } }
export const Dark: Story = { parameters: { theme: 'dark' } }
export const Pending: Story = { args: { pending: true } }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
