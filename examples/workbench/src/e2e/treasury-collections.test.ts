import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'
import { openSimulators, type SimulatorControls } from './simulator-controls.ts'

let workbench: RunningWorkbench
let browser: Browser
let page: Page
let world: SimulatorControls

beforeAll(async () => {
  workbench = await runWorkbench()
  browser = await chromium.launch(await chromiumLaunchOptions())
  page = await browser.newPage({ viewport: { width: 1500, height: 900 } })
  page.setDefaultTimeout(30_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await workbench?.stop()
}, 60_000)

const main = () => page.getByRole('main')
const row = (text: string) => main().getByRole('row').filter({ hasText: text })
const open = async (path: string) => {
  await page.goto(workbench.address + path)
  world = await openSimulators(page)
}

describe('a day of the treasury, in a browser', { timeout: 120_000 }, () => {
  it('tells tentative from reconciled, and keeps the replaced line readable', async () => {
    await open('/treasury')
    await row('Vendor Payment 1').getByText('Tentatively reconciled').waitFor()
    await row('Vendor Payment 2')
      .getByText(/^\W*Reconciled$/)
      .waitFor()
    const before = await row('Payroll 2026-11').count()
    await main()
      .getByRole('button', { name: /replaced line/ })
      .click()
    await expect.poll(() => row('Payroll 2026-11').count()).toBe(before + 1)
  })

  it('reconciles the next day what posted under a new id, and withdraws what did not', async () => {
    const lost = world.group('Pending at the bank').getByRole('listitem').filter({ hasText: 'Calder & Finch' })
    expect(await world.press('Next day, without it', lost)).toContain('4 posted under new ids')
    await row('Vendor Payment 1')
      .getByText(/^\W*Reconciled$/)
      .first()
      .waitFor()
    await expect.poll(() => row('Calder & Finch').getByText('Tentatively reconciled').count()).toBe(0)
  })

  it('shows a new order tentatively as soon as the bank shows it pending', async () => {
    await world.fill('Waiting for money', '1234.56')
    await world.press('New payment order')
    const order = world.group('Waiting for money').getByRole('listitem').filter({ hasText: '1234.56' })
    await world.press('Bank shows it pending', order)
    await row('1,234.56').getByText('Tentatively reconciled').waitFor()
  })
})

describe('a debtor, from Stripe to the books, in a browser', { timeout: 120_000 }, () => {
  it('keeps the history: the fee at the rate of its moment, half up, and the chargeback as a row of its own', async () => {
    await open('/collections/remittances')
    await row('333.35').first().getByText('33.34').waitFor()
    await row('−400.00').getByText('−72.00').waitFor()
  })

  it('mints the row, posts the payment in QuickBooks and pays the creditor', async () => {
    await world.fill('Stripe', '115.00', 'INV-21040')
    await world.press('Debtor pays')
    await row('115.00').getByText('28.75').waitFor()
    await row('115.00').getByText('Paid out').waitFor()
    const invoice = world.group('QuickBooks').getByRole('listitem').filter({ hasText: 'INV-21040' })
    await invoice.getByText('open 500.00').waitFor()
    await page.goto(`${workbench.address}/collections/sync`)
    await row('115.00').getByText('In the books').waitFor()
  })

  it('shows a write that failed, and posts it when a person tries again', async () => {
    await world.press('QuickBooks is down')
    await world.fill('Stripe', '45.00', 'INV-21040')
    await world.press('Debtor pays')
    await row('45.00').getByText('Failed').waitFor()
    await world.press('QuickBooks is down')
    await row('45.00')
      .getByRole('button', { name: /^(Retry|Try again)/ })
      .click()
    await row('45.00').getByText('In the books').waitFor()
  })

  it('reverses a disputed payment and opens the invoice again', async () => {
    const payment = world.group('Stripe').getByRole('listitem').filter({ hasText: '115.00' })
    await world.press('Debtor disputes', payment)
    const invoice = world.group('QuickBooks').getByRole('listitem').filter({ hasText: 'INV-21040' })
    await invoice.getByText('open 570.00').waitFor()
    await row('115.00').getByText('Taken back').waitFor()
    await page.goto(`${workbench.address}/collections/remittances`)
    await row('−115.00').getByText('−28.75').waitFor()
  })

  it('reports an invoice that somebody changed in QuickBooks, and corrects nothing', async () => {
    await open('/collections/sync')
    await world.fill('QuickBooks', '500.00', 'INV-21040')
    await world.press('Change invoice in QuickBooks')
    await row('500.00').getByText('570.00').waitFor()
    await world
      .group('QuickBooks')
      .getByRole('listitem')
      .filter({ hasText: 'INV-21040' })
      .getByText('open 500.00')
      .waitFor()
  })

  it("draws up the month's statement under the hash of its content", async () => {
    await open('/collections/statements')
    await main().getByText('1,078.01').first().waitFor()
    await main()
      .getByText(/[0-9a-f]{64}/)
      .first()
      .waitFor()
    await world.press('To the next month')
    await world.group('Time').getByText('2026-12-01').waitFor()
    await main().getByRole('button', { name: 'Close the statement' }).click()
    const dialog = page.getByRole('dialog')
    await expect.poll(() => dialog.getByLabel('From').inputValue()).toBe('2026-11-01')
    await dialog.getByRole('button', { name: 'Close the statement' }).click()
    await main().getByText('Opening balance').nth(1).waitFor()
    await expect
      .poll(() =>
        main()
          .getByText(/^[0-9a-f]{64}$/)
          .count(),
      )
      .toBe(2)
  })
})
