import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { sampleRequest, sampleTransport } from '../fixtures/sample-request.ts'
import { en } from '../messages/messages-en.ts'
import type { DraftStore } from './answer-autosave.ts'
import { ClientPortal, PortalGone } from './client-portal.tsx'

const nothingKept: DraftStore = { load: () => [], keep: () => true, forget: () => undefined }

const meta = {
  title: 'Bookkeeping/ClientPortal',
  component: ClientPortal,
  parameters: { page: true },
  args: { request: sampleRequest, transport: sampleTransport(), drafts: nothingKept },
} satisfies Meta<typeof ClientPortal>

export default meta
type Story = StoryObj<typeof meta>

export const Request: Story = {}

export const AnswerWithoutDocument: Story = {
  args: { transport: sampleTransport() },
  play: async ({ canvasElement }) => {
    const card = within(within(canvasElement).getByRole('article', { name: /October 14/ }))
    await userEvent.click(card.getByRole('button', { name: en.portal.noDocument }))
    await userEvent.type(card.getByRole('textbox'), 'Counter cash for the office move')
    await userEvent.selectOptions(card.getByRole('combobox'), 'Something else')
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(en.portal.saved), { timeout: 4000 })
    await expect(canvas.getByText(en.portal.answered(3, 5))).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: en.portal.send(2) }))
    await expect(await canvas.findByRole('heading', { name: en.portal.doneTitle })).toBeVisible()
  },
}

export const UploadDocument: Story = {
  args: { transport: sampleTransport() },
  play: async ({ canvasElement }) => {
    const card = within(within(canvasElement).getByRole('article', { name: /October 27/ }))
    const receipt = new File(['receipt'], 'receipt.pdf', { type: 'application/pdf' })
    await userEvent.upload(card.getByLabelText(en.portal.addDocument, { selector: 'input' }), receipt)
    await expect(await card.findByRole('button', { name: en.portal.addAnother })).toBeVisible()
    await expect(card.getByText('receipt.pdf')).toBeVisible()
  },
}

export const Offline: Story = {
  args: { transport: sampleTransport({ unreachable: true }) },
  play: async ({ canvasElement }) => {
    const card = within(within(canvasElement).getByRole('article', { name: /October 14/ }))
    await userEvent.click(card.getByRole('button', { name: en.portal.noDocument }))
    await userEvent.type(card.getByRole('textbox'), 'Cash')
    const status = within(canvasElement).getByRole('status')
    await waitFor(() => expect(status).toHaveTextContent(en.portal.offline), { timeout: 4000 })
  },
}

export const Conflict: Story = {
  args: {
    transport: sampleTransport({
      conflict: { kind: 'NO_SUPPORTING', note: 'Cash for the office', category: 'Travel', attachmentIds: [] },
    }),
  },
  play: async ({ canvasElement }) => {
    const card = within(within(canvasElement).getByRole('article', { name: /October 14/ }))
    await userEvent.click(card.getByRole('button', { name: en.portal.noDocument }))
    await userEvent.type(card.getByRole('textbox'), 'Counter cash')
    await expect(await card.findByText(/Counter cash/, {}, { timeout: 4000 })).toBeVisible()
    await expect(await card.findByText(/Cash for the office/, {}, { timeout: 4000 })).toBeVisible()
  },
}

export const Dark: Story = { parameters: { theme: 'dark' } }
export const Expired: Story = { render: () => <PortalGone why="EXPIRED" /> }
export const RightToLeft: Story = { parameters: { language: 'ar' } }
export const Replaced: Story = { render: () => <PortalGone why="REPLACED" /> }
export const SignedOut: Story = { render: () => <PortalGone why="SIGNED_OUT" /> }
export const Unavailable: Story = { render: () => <PortalGone why="FAILED" /> }
