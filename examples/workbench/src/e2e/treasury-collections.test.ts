import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'

let workbench: RunningWorkbench
let browser: Browser
let page: Page

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  workbench = await runWorkbench()
  browser = await chromium.launch(await chromiumLaunchOptions())
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
  page.setDefaultTimeout(30_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await workbench?.stop()
}, 60_000)

const row = (text: string) => page.getByRole('row').filter({ hasText: text })

describe('the treasury, in a browser', { timeout: 120_000 }, () => {
  it('tells tentative from reconciled, and keeps the replaced line readable', async () => {
    await page.goto(`${workbench.address}/treasury`)
    await row('Vendor Payment 1').getByText('Tentatively reconciled').waitFor()
    await row('Vendor Payment 2')
      .getByText(/^\W*Reconciled$/)
      .waitFor()
    expect(await row('Payroll 2026-11').count()).toBe(1)
    await page.getByRole('button', { name: /replaced line/ }).click()
    await eventually(() => row('Payroll 2026-11').count()).toBe(2)
  })
})

describe('collections, in a browser', { timeout: 120_000 }, () => {
  it('fixes the fee of a payment at the rate of its moment, half up', async () => {
    await page.goto(`${workbench.address}/collections/remittances`)
    await row('333.35').getByText('33.34').waitFor()
    await row('Chargeback').getByText('−72.00').waitFor()
  })

  it('records a payment and closes the placement when the invoice is recovered', async () => {
    await page.goto(`${workbench.address}/collections`)
    const card = page.getByRole('article').filter({ hasText: 'INV-21040' })
    await card.getByRole('button', { name: 'Record payment' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('six hundred')
    expect(await dialog.getByRole('button', { name: 'Record payment' }).getAttribute('aria-disabled')).toBe('true')
    await dialog.getByRole('textbox').fill('615')
    await dialog.getByRole('button', { name: 'Record payment' }).click()
    await card.getByText('Paid', { exact: true }).waitFor()
    await card.getByText('153.75').waitFor()
  })

  it("shows the creditor's statement with the hash of its content", async () => {
    await page.goto(`${workbench.address}/collections/statements`)
    await page.getByText('1,078.01').first().waitFor()
    await page
      .getByText(/[0-9a-f]{64}/)
      .first()
      .waitFor()
  })
})
