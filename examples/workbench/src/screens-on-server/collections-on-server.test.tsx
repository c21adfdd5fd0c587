import { type InvoiceBalance, money, type Provider, ReconError } from '@recon/core'
import { en } from '@recon/react'
import { CollectionsScreen } from '@recon/react/connected'
import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowed, patience, type ServedDesk, serveDesk } from './served-desk.tsx'

const words = en.screens.collections
let refusing = true
/** Books that refuse every write at first, as a closed period does. */
const books: Provider = {
  name: 'paper-books',
  books: {
    fetchEntries: async () => ({ entries: [], removedEntryIds: [], hasMore: false, warnings: [] }),
    readInvoice: async (invoiceId): Promise<InvoiceBalance> => ({
      invoiceId,
      total: money('1000.00', 'USD'),
      balance: money('646.65', 'USD'),
      readAt: '2026-11-20T09:00:00Z',
    }),
  },
  writeback: {
    postPayment: async () => {
      if (refusing) throw new ReconError('PROVIDER_REJECTED', 'The period is closed.', { provider: 'paper-books' })
      return { state: 'DONE', externalId: 'payment-77' }
    },
    reversePayment: async () => ({ state: 'DONE', externalId: 'payment-77' }),
  },
}

let desk: ServedDesk
beforeAll(async () => {
  desk = await serveDesk({ providers: [books] })
}, 60_000)
afterAll(() => desk.stop())

const finance = () => desk.clientOf(['FINANCE'])
const openTab = async (user: ReturnType<ServedDesk['show']>, name: string) =>
  user.click(await screen.findByRole('tab', { name: new RegExp(`^${name}`) }))

describe('the collections screen on a backend', () => {
  it('says what will be there before anything is placed', async () => {
    desk.show(<CollectionsScreen />, finance())
    expect(await screen.findByText(words.noPlacements, {}, patience)).toBeVisible()
  })

  it('tells a person of another desk that it is not theirs', async () => {
    desk.show(<CollectionsScreen />, desk.clientOf(['BOOKKEEPER']))
    expect(await screen.findByText(/needs one of the roles/, {}, patience)).toBeVisible()
    expect(screen.getByText(en.frame.notAllowed)).toBeVisible()
    expect(screen.queryByRole('button', { name: en.frame.retry })).toBeNull()
  })

  it('records a payment and shows its fee at the rate of the moment', async () => {
    const client = finance()
    const creditor = allowed(
      await client.collections.saveCreditor({ name: 'Bluestem Dental Supply', booksProvider: 'paper-books' }),
    )
    allowed(
      await client.collections.place({
        creditorId: creditor.id,
        invoiceNumber: 'INV-20931',
        invoiceId: 'inv-1',
        invoiceAmount: { amount: '1000.00', currency: 'USD' },
        rate: '0.10',
      }),
    )
    const user = desk.show(<CollectionsScreen />, finance())
    await user.click(await screen.findByRole('button', { name: 'INV-20931' }, patience))
    await user.click(await screen.findByRole('button', { name: en.collections.placement.recordPayment }, patience))
    const dialog = within(await screen.findByRole('dialog'))
    const record = dialog.getByRole('button', { name: en.collections.placement.recordPayment })
    await user.type(dialog.getByLabelText(words.amountIn('USD')), '333,35')
    expect(record).toHaveAttribute('aria-disabled', 'true')
    await user.clear(dialog.getByLabelText(words.amountIn('USD')))
    await user.type(dialog.getByLabelText(words.amountIn('USD')), '333.35')
    await user.click(record)
    const ledger = await screen.findByRole('table', { name: en.collections.ledger.title }, patience)
    expect((await within(ledger).findAllByText('33.34')).length).toBeGreaterThan(0)
    expect(within(ledger).getAllByText('300.01').length).toBeGreaterThan(0)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('notes the transfer a person made by hand', async () => {
    await desk.recon.drain()
    const user = desk.show(<CollectionsScreen />, finance())
    await openTab(user, en.collections.ledger.title)
    await user.click(await screen.findByRole('button', { name: new RegExp(words.payByHand) }, patience))
    const dialog = within(await screen.findByRole('dialog'))
    await user.type(dialog.getByLabelText(words.transferReference), 'WIRE-5512')
    await user.click(dialog.getByRole('button', { name: words.payByHand }))
    expect(await screen.findByText('WIRE-5512', {}, patience)).toBeVisible()
    expect(screen.getByText(en.collections.ledger.status.paid)).toBeVisible()
  })

  it('shows what the books refused, and tries it again', async () => {
    const user = desk.show(<CollectionsScreen />, finance())
    await openTab(user, en.collections.sync.title)
    expect(await screen.findByText(/The period is closed/, {}, patience)).toBeVisible()
    refusing = false
    await user.click(screen.getByRole('button', { name: new RegExp(`^${en.collections.sync.retry}`) }))
    await desk.recon.drain()
    await screen.findAllByText(words.retried, {}, patience)
    desk.show(<CollectionsScreen tab="sync" />, finance())
    expect(await screen.findByText('payment-77', {}, patience)).toBeVisible()
    expect(screen.getByText(en.collections.sync.status.done)).toBeVisible()
  })

  it('closes a statement once, and says why not a second time', async () => {
    const user = desk.show(<CollectionsScreen tab="statements" />, finance())
    expect(await screen.findByText(words.noStatements, {}, patience)).toBeVisible()
    const close = async () => {
      await user.click(screen.getByRole('button', { name: words.closeStatement }))
      const dialog = within(await screen.findByRole('dialog'))
      await user.click(dialog.getByRole('button', { name: words.closeStatement }))
      return dialog
    }
    await close()
    expect(
      await screen.findByText(en.collections.statement.title('Bluestem Dental Supply'), {}, patience),
    ).toBeVisible()
    expect(document.querySelector('.recon-hash')?.textContent).toMatch(/^[0-9a-f]{64}$/)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const again = await close()
    expect(await again.findByRole('alert', {}, patience)).toBeVisible()
  })
})
