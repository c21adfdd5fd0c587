import { type BankFeedPage, type BankLine, type BookEntry, money, type Provider, ReconError } from '@recon/core'
import { en } from '@recon/react'
import { PaymentsScreen } from '@recon/react/connected'
import { screen, waitFor, within } from '@testing-library/react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowed, patience, type ServedDesk, serveDesk } from './served-desk.tsx'

const deposit = (id: string, amount: string, name: string, reference: string): BankLine => ({
  id,
  account: '4471',
  bookingDate: '2026-11-20',
  amount: money(amount, 'AED'),
  status: 'POSTED',
  instrument: 'WIRE',
  references: { endToEndId: reference },
  counterparty: { name },
})
const payment = (id: string, amount: string, name: string, reference: string): BookEntry => ({
  id,
  account: '4471',
  date: '2026-11-20',
  amount: money(amount, 'AED'),
  kind: 'PAYMENT',
  instrument: 'WIRE',
  references: { paymentReference: reference },
  counterparty: { name },
})

const pages: (BankFeedPage | Error)[] = []
const bank: Provider = {
  name: 'bank',
  bankFeed: {
    fetchLines: async () => {
      const next = pages.shift() ?? { lines: [], hasMore: false, warnings: [], withdrawnLineIds: [] }
      if (next instanceof Error) throw next
      return next
    },
  },
}

let desk: ServedDesk
beforeAll(async () => {
  desk = await serveDesk({ providers: [bank] })
}, 60_000)
afterAll(() => desk.stop())

const admin = () => desk.clientOf(['ADMIN'])
const bucket = (name: 'UNIQUE' | 'PARTIAL' | 'NO_MATCH') =>
  screen.findByRole('button', { name: new RegExp(`^${en.payments.bucket[name]}`) }, patience)
/** The backend's worker, in steps, until the screen has followed. */
const worked = async (seen: () => void) =>
  waitFor(
    async () => {
      await desk.recon.drain()
      seen()
    },
    { timeout: 15_000, interval: 200 },
  )

describe('the payments screen on a backend', () => {
  it('says that no source is set up yet', async () => {
    desk.show(<PaymentsScreen />, admin())
    expect(await screen.findByText(en.screens.deposits.none, {}, patience)).toBeVisible()
  })

  it('fetches on request and shows what came in', async () => {
    const client = admin()
    allowed(await client.settings.save({ version: 0, firmName: 'Desk', notify: ['ann@firm.example'] }))
    allowed(await client.sources.create({ name: 'Main bank', kind: 'FEED', provider: 'bank' }))
    allowed(
      await client.imports.create({
        bookEntries: [
          payment('PAY-1', '320.00', 'Falcon Print', 'REF-1'),
          payment('PAY-2', '86.40', 'Luma Studio FZ', 'REF-2'),
          payment('PAY-3', '410.00', 'Palm Hotels', 'REF-NONE'),
        ],
      }),
    )
    pages.push({
      cursor: 'c1',
      hasMore: false,
      warnings: [],
      withdrawnLineIds: [],
      lines: [
        deposit('DEP-1', '320.00', 'FALCON PRINT', 'REF-1'),
        deposit('DEP-2', '86.40', 'LUMA STUDIO', 'REF-2'),
        deposit('DEP-4', '410.00', 'UNKNOWN SENDER', 'OTHER-9'),
      ],
    })
    const user = desk.show(<PaymentsScreen />, client)
    await user.click(await screen.findByRole('button', { name: en.depositSource.refresh }, patience))
    expect(await screen.findByRole('button', { name: en.depositSource.refreshing }, patience)).toBeVisible()
    await worked(() => expect(screen.getByText('PAY-1')).toBeVisible())
    expect(await bucket('UNIQUE')).toHaveTextContent('2')
  })

  it('reconciles the selected unique matches in one go, and takes them back', async () => {
    const user = desk.show(<PaymentsScreen />, admin())
    await user.click(await screen.findByRole('checkbox', { name: en.desk.selectAll }, patience))
    await user.click(screen.getByRole('button', { name: en.payments.reconcileCount(2) }))
    await waitFor(async () => expect(await bucket('UNIQUE')).toHaveTextContent('0'), patience)
    expect(screen.getByRole('tab', { name: new RegExp(`^${en.payments.tab.RECONCILED}`) })).toHaveTextContent('2')
    await user.click((await screen.findAllByRole('button', { name: new RegExp(en.frame.undo) }))[0] as HTMLElement)
    await waitFor(async () => expect(await bucket('UNIQUE')).toHaveTextContent('2'), patience)
  })

  it('marks as unreceived and moves back to outstanding', async () => {
    const user = desk.show(<PaymentsScreen />, admin())
    await user.click(await screen.findByRole('button', { name: /^More.*PAY-1/ }, patience))
    await user.click(await screen.findByRole('menuitem', { name: en.action.markUnreceived }))
    await user.click(screen.getByRole('tab', { name: new RegExp(`^${en.payments.tab.UNRECEIVED}`) }))
    await user.click(await screen.findByRole('button', { name: en.action.revert }, patience))
    await waitFor(async () => {
      expect(screen.getByRole('tab', { name: new RegExp(`^${en.payments.tab.OUTSTANDING}`) })).toHaveTextContent('3')
    }, patience)
  })

  it('says honestly that the bank did not answer, and stops at a refused password', async () => {
    pages.push(new ReconError('PROVIDER_UNAVAILABLE', 'No answer.', { provider: 'bank', retryable: true }))
    const user = desk.show(<PaymentsScreen />, admin())
    await user.click(await screen.findByRole('button', { name: en.depositSource.refresh }, patience))
    await worked(() => expect(screen.getByText(en.depositSource.failing.body)).toBeVisible())
    pages.push(new ReconError('PROVIDER_CREDENTIALS_INVALID', 'Wrong password.', { provider: 'bank' }))
    await user.click(await screen.findByRole('button', { name: en.depositSource.refresh }, patience))
    await worked(() => expect(screen.getByText(en.depositSource.invalid.title)).toBeVisible())
    expect(screen.getByRole('button', { name: en.depositSource.refresh })).toHaveAttribute('aria-disabled', 'true')
    const update = within(screen.getByRole('alert')).getByRole('button', { name: en.depositSource.updateCredentials })
    await user.click(update)
    await worked(() => expect(screen.queryByText(en.depositSource.invalid.title)).toBeNull())
  })

  it('keeps the setting that reconciles unique matches by itself', async () => {
    const user = desk.show(<PaymentsScreen />, admin())
    const setting = await screen.findByRole('switch', { name: en.depositSource.reconcileUnique }, patience)
    await user.click(setting)
    await waitFor(() => expect(setting).toHaveAttribute('aria-checked', 'true'), patience)
    const { rows } = await admin().sources.list()
    expect(rows).toMatchObject([{ reconcileUniqueMatches: true }])
  })

  it('is not opened by a bookkeeper', async () => {
    desk.show(<PaymentsScreen />, desk.clientOf(['BOOKKEEPER']))
    expect((await screen.findAllByText(/needs one of the roles/, {}, patience)).length).toBeGreaterThan(0)
  })
})
