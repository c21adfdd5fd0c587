import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'

const samples = join(import.meta.dirname, '../../samples')
const content = (name: string) => readFileSync(join(samples, name))
let workbench: RunningWorkbench
let browser: Browser
let page: Page

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 20_000 })

beforeAll(async () => {
  workbench = await runWorkbench()
  browser = await chromium.launch(await chromiumLaunchOptions())
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
  page.setDefaultTimeout(20_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await workbench?.stop()
}, 60_000)

const chosen = (files: { name: string; buffer: Buffer }[]) =>
  page
    .getByLabel('Files to import')
    .setInputFiles(files.map((file) => ({ ...file, mimeType: 'application/octet-stream' })))
const file = (name: string) => page.getByRole('region', { name, exact: true })
const store = () => page.getByRole('button', { name: 'Store and match' })

describe('importing files, in a browser', { timeout: 90_000 }, () => {
  it('shows what a dropped bank file holds before anything is stored', async () => {
    await page.goto(`${workbench.address}/cash/import`)
    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer()
      data.items.add(new File([text], 'again.bai2'))
      return data
    }, content('bank-day.bai2').toString('utf8'))
    await page.getByRole('region', { name: 'Drop files here' }).dispatchEvent('drop', { dataTransfer: transfer })
    await file('again.bai2').getByText('of 420 bank lines').waitFor()
    await file('again.bai2').getByText('bai2', { exact: true }).waitFor()
    await file('again.bai2').getByRole('cell', { name: '0048808830', exact: true }).waitFor()
    expect(await store().isEnabled()).toBe(true)
    await file('again.bai2').getByRole('button', { name: 'Remove' }).click()
    await eventually(() => store().isDisabled()).toBe(true)
  })

  it('refuses a file that is not sound and says where', async () => {
    const text = content('bank-day.bai2')
      .toString('utf8')
      .replace(/^49,\d/m, '49,9')
    await chosen([{ name: 'wrong-total.bai2', buffer: Buffer.from(text) }])
    await file('wrong-total.bai2').getByText('CONTROL_TOTAL_WRONG').waitFor()
    expect(await store().isDisabled()).toBe(true)
    await file('wrong-total.bai2').getByRole('button', { name: 'Remove' }).click()
  })

  it('tells a ledger from a bank file, reports the rows it leaves out, and loads the others', async () => {
    await chosen([{ name: 'messy-ledger.csv', buffer: content('messy-ledger.csv') }])
    const ledger = file('messy-ledger.csv')
    await ledger.getByText('of 49 ledger entries').waitFor()
    expect(await ledger.getByRole('combobox').inputValue()).toBe('ledger')
    await ledger.getByText('Line 51.').waitFor()
    await store().click()
    await page.getByText('49 records stored and matched.').waitFor()
  })

  it('stores nothing twice', async () => {
    await chosen([{ name: 'ledger.csv', buffer: content('ledger.csv') }])
    await file('ledger.csv').getByText('of 444 ledger entries').waitFor()
    await store().click()
    await page.getByText('444 were already there.').waitFor()
  })
})
