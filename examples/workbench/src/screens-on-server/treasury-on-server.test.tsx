import { type BankLine, money } from '@recon/core'
import { en } from '@recon/react'
import { TreasuryScreen } from '@recon/react/connected'
import { screen, within } from '@testing-library/react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowed, patience, type ServedDesk, serveDesk } from './served-desk.tsx'

const line = (id: string, amount: string, status: BankLine['status'], more: Partial<BankLine> = {}): BankLine => ({
  id,
  account: '4471',
  bookingDate: '2026-11-20',
  amount: money(amount, 'USD'),
  status,
  references: {},
  ...more,
})

let desk: ServedDesk
beforeAll(async () => {
  desk = await serveDesk()
}, 60_000)
afterAll(() => desk.stop())

const words = en.treasury
const finance = () => desk.clientOf(['FINANCE'])

describe('the treasury screen on a backend', () => {
  it('is empty before the first report', async () => {
    desk.show(<TreasuryScreen />, finance())
    expect(await screen.findByText(words.empty, {}, patience)).toBeVisible()
  })

  it('is not for a bookkeeper', async () => {
    desk.show(<TreasuryScreen />, desk.clientOf(['BOOKKEEPER']))
    expect(await screen.findByText(en.frame.notAllowed, {}, patience)).toBeVisible()
  })

  it('matches a pending line tentatively, and certainly once the bank has posted it', async () => {
    const client = finance()
    allowed(
      await client.treasury.save({
        transactables: [
          {
            id: 'po-1',
            kind: 'payment_order',
            state: 'sent',
            amount: money('-250.00', 'USD'),
            date: '2026-11-20',
            account: '4471',
            instrument: 'WIRE',
            references: { paymentReference: 'PO-1' },
            counterparty: { name: 'Northwind Traders' },
          },
        ],
      }),
    )
    const wire = {
      instrument: 'WIRE',
      references: { endToEndId: 'PO-1' },
      counterparty: { name: 'Northwind Traders' },
    } as const
    allowed(await client.imports.create({ bankLines: [line('pend-1', '-250.00', 'PENDING', wire)] }))
    const user = desk.show(<TreasuryScreen />, client)
    await screen.findByText('Northwind Traders', {}, patience)
    await user.click(screen.getByRole('button', { name: words.orders.match }))
    expect(await screen.findByText(words.certainty.TENTATIVE, {}, patience)).toBeVisible()
    allowed(
      await client.imports.create({
        bankLines: [line('post-1', '-250.00', 'POSTED', { ...wire, supersedes: 'pend-1' })],
      }),
    )
    await desk.recon.drain()
    const again = desk.show(<TreasuryScreen />, finance())
    expect(await screen.findByText(words.certainty.RECONCILED, {}, patience)).toBeVisible()
    await again.click(screen.getByRole('button', { name: words.showSuperseded(1) }))
    expect(screen.getByText(words.supersededBy('post-1'))).toBeVisible()
    await again.click(screen.getByRole('tab', { name: new RegExp(`^${words.orders.title}`) }))
    const row = within(await screen.findByRole('table', { name: words.orders.title }, patience))
    expect(row.getByText('post-1')).toBeVisible()
    await again.click(row.getByRole('button', { name: new RegExp(`^${words.orders.unlink}`) }))
    expect(await row.findByText(words.certainty.UNRECONCILED, {}, patience)).toBeVisible()
  })
})
