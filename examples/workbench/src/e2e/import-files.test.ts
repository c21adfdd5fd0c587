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
    expect(await ledger.getByRole('combobox').first().inputValue()).toBe('ledger')
    await ledger.getByText('Line 51.').waitFor()
    await store().click()
    await page.getByText('49 records stored and matched.').waitFor()
  })

  it('takes corrected columns, and keeps them for the next file of the same source', async () => {
    const csv =
      'Buchung;Betrag in EUR;Wer;Wofür\n03.11.2026;-1.234,50;Calder & Finch;Rechnung 4711\n04.11.2026;88,00;Meridian;Gutschrift\n'
    await chosen([{ name: 'haus.csv', buffer: Buffer.from(csv) }])
    const first = file('haus.csv')
    await first.getByText('Columns', { exact: true }).waitFor()
    if (!(await first.getByLabel('Amount', { exact: true }).isVisible()))
      await first.getByText('Columns', { exact: true }).click()
    await first.getByLabel('Booking date').selectOption('Buchung')
    await first.getByLabel('Amount', { exact: true }).selectOption('Betrag in EUR')
    await first.getByLabel('Counterparty', { exact: true }).selectOption('Wer')
    await first.getByLabel('Text', { exact: true }).selectOption('Wofür')
    await first.getByLabel('Dates are written').selectOption('DD.MM.YYYY')
    await first.getByLabel('Decimals follow').selectOption(',')
    await first.getByLabel('Thousands are set apart by').selectOption('.')
    await first.getByLabel('Currency where none is given').fill('EUR')
    await first.getByLabel('Account where none is given').fill('4471')
    await first.getByRole('button', { name: 'Read with these columns' }).click()
    await first.getByRole('cell', { name: 'Calder & Finch' }).last().waitFor()
    await first.getByText('−1,234.50').waitFor()
    await first.getByRole('button', { name: 'Remove' }).click()
    await chosen([{ name: 'haus-dezember.csv', buffer: Buffer.from(csv.replaceAll('.11.2026', '.12.2026')) }])
    const second = file('haus-dezember.csv')
    await second.getByText('−1,234.50').waitFor()
    await second.getByRole('cell', { name: '2026-12-03' }).waitFor()
    await second.getByRole('button', { name: 'Remove' }).click()
  })

  it('gives the exceptions out as a workbook and shows what comes back', async () => {
    const offline = page.getByRole('region', { name: 'Work offline' })
    const downloading = page.waitForEvent('download')
    await offline.getByRole('button', { name: 'Download exceptions' }).click()
    const path = await (await downloading).path()
    await offline.getByLabel('Corrected workbook').setInputFiles(path)
    await offline.getByText(/^0 decided, 0 in conflict, \d+ left open\.$/).waitFor()
    expect(await offline.getByRole('button', { name: 'Apply 0 decisions' }).isDisabled()).toBe(true)
  })

  it('stores nothing twice', async () => {
    await chosen([{ name: 'ledger.csv', buffer: content('ledger.csv') }])
    await file('ledger.csv').getByText('of 444 ledger entries').waitFor()
    await store().click()
    await page.getByText('444 were already there.').waitFor()
  })
})
