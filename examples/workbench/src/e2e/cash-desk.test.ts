import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'
import { openSimulators } from './simulator-controls.ts'

let workbench: RunningWorkbench
let browser: Browser
let page: Page
const complaints: string[] = []

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 20_000 })

beforeAll(async () => {
  workbench = await runWorkbench()
  browser = await chromium.launch(await chromiumLaunchOptions())
  page = await browser.newPage({ viewport: { width: 1360, height: 900 }, acceptDownloads: true })
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await workbench?.stop()
}, 60_000)

const filter = (name: string) =>
  page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: new RegExp(`^${name}`) })
const row = (text: string) => page.getByRole('row').filter({ hasText: text })
const dialog = () => page.getByRole('dialog')

/** The first file of a ZIP archive, by its local header. */
function firstFileOf(zip: Buffer): string {
  const start = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28)
  return inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(18))).toString('utf8')
}

async function open(path: string): Promise<void> {
  await page.goto(workbench.address + path)
  await page.getByRole('grid', { name: 'Transactions' }).waitFor()
}

async function count(name: string): Promise<number> {
  return Number(/\d[\d,]*$/.exec(((await filter(name).textContent()) ?? '').trim())?.[0].replace(',', ''))
}

describe('the cash management desk, in a browser', { timeout: 90_000 }, () => {
  it('shows the bank day in all seven scenarios', async () => {
    await open('/cash')
    for (const name of [
      'Failed payment',
      'Duplicate',
      'Amount variance',
      'Unmatched',
      'Sweep',
      'System match',
      'Auto-reconciled',
    ]) {
      expect(await count(name), name).toBeGreaterThan(1)
      await filter(name).click()
      await page.getByRole('gridcell', { name, exact: true }).first().waitFor()
    }
    expect(complaints).toEqual([])
  })

  it('reconciles an unmatched line with the candidate it highlights', async () => {
    await open('/cash?filter=UNMATCHED')
    const before = await count('Reconciled')
    await row('HARLOW INDUSTRIAL GASES')
      .filter({ hasText: '13,990.35' })
      .getByRole('button', { name: 'Review' })
      .click()
    await dialog().getByText('GL-91038').first().waitFor()
    await dialog()
      .getByRole('button', { name: /^Reconcile/ })
      .click()
    await dialog().waitFor({ state: 'detached' })
    await eventually(() => count('Reconciled')).toBe(before + 1)
  })

  it('does not offer to reconcile while the amounts differ', async () => {
    await open('/cash?filter=UNMATCHED&search=COPPERFIELD')
    await row('5,004.00').getByRole('button', { name: 'Review' }).click()
    await dialog().getByText('1.00').first().waitFor()
    expect(
      await dialog()
        .getByRole('button', { name: /^Reconcile/ })
        .isDisabled(),
    ).toBe(true)
    await page.keyboard.press('Escape')
  })

  it('closes a sweep at exactly 0.00', async () => {
    await open('/cash/sweeps')
    const before = await count('Reconciled')
    await row('CC0100057').getByRole('button', { name: 'Close batch' }).click()
    const close = page.getByRole('button', { name: 'Reconcile batch' })
    expect(await close.isEnabled()).toBe(true)
    await close.click()
    await page.getByRole('grid', { name: 'Transactions' }).waitFor()
    await eventually(() => count('Reconciled')).toBe(before + 1)
    // the debit leg that stayed out waits by itself
    await row('CC0100057').filter({ hasText: '12,400.00' }).getByRole('button', { name: 'Close batch' }).waitFor()
  })

  it('refuses a sweep that is off by 0.01', async () => {
    await open('/cash/sweeps')
    await row('CC0100063').getByRole('button', { name: 'Close batch' }).click()
    await page.getByText('0.01').first().waitFor()
    expect(await page.getByRole('button', { name: 'Reconcile batch' }).isDisabled()).toBe(true)
  })

  it('balances a whole structure once the debit legs are included', async () => {
    await open('/cash/sweeps')
    await row('CC0100042').getByRole('button', { name: 'Close batch' }).click()
    const close = page.getByRole('button', { name: 'Reconcile batch' })
    expect(await close.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'include them' }).click()
    await eventually(() => close.isEnabled()).toBe(true)
  })

  it('escalates a failed payment to the queue of accounts payable', async () => {
    await open('/cash?filter=FAILED_PAYMENT')
    await row('NORTHWIND FREIGHT').getByRole('button', { name: 'Escalate to AP' }).click()
    await eventually(() => count('AP Escalations')).toBe(1)
    await open('/cash/escalations')
    await row('NORTHWIND FREIGHT').waitFor()
  })

  it('flags a duplicate for investigation', async () => {
    await open('/cash?filter=DUPLICATE')
    await row('LINDQVIST TOOLING').getByRole('button', { name: /^Flag/ }).click()
    await eventually(() => count('Flagged')).toBe(1)
    await open('/cash/flagged')
    await row('LINDQVIST TOOLING').waitFor()
  })

  it.each([
    ['/cash/escalations', 'NORTHWIND FREIGHT'],
    ['/cash', 'DRIFTWOOD RESORTS'],
  ])('exports %s as CSV', async (path, expected) => {
    await open(path)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    expect(text.split(/\r?\n/).length).toBeGreaterThan(1)
    expect(text).toContain(expected)
  })

  it('undoes the last change', async () => {
    await open('/cash?filter=DUPLICATE')
    await row('BRAMLEY STORES').getByRole('button', { name: /^Flag/ }).click()
    await eventually(() => count('Flagged')).toBe(2)
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await eventually(() => count('Flagged')).toBe(1)
  })

  it('reads an export of Oracle Fusion, and writes the links back as one file that Fusion works on', async () => {
    await page.goto(`${workbench.address}/cash/fusion`)
    await page.getByRole('button', { name: 'Read the sample export' }).click()
    await page.getByText('13 statement lines and 12 journal lines read and matched.').first().waitFor()
    await row('Northgate Freight').getByText('System match').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the import file' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('CeExternalReconInt.zip')
    const lines = firstFileOf(await readFile(await download.path()))
      .trim()
      .split('\r\n')
    expect(lines[0]).toBe('EXTERNAL_RECON_REFERENCE,BANK_ACCOUNT_ID,RECON_SOURCE_CODE,SOURCE_ID,SOURCE_LINE_ID')
    expect(lines.length).toBe(17)
    const world = await openSimulators(page)
    expect(await world.press('Send the import file')).toContain('8 links sent')
    await world.press('Fusion works on it')
    await world.press('Fusion works on it')
    await world.group('Oracle Fusion').getByText('done').waitFor()
    await page.getByRole('button', { name: 'Simulators' }).click()
  })

  it('finds the same state after a reload, and after a restart of the server', async () => {
    const state = async () => {
      await open('/cash')
      return Promise.all(['All', 'Open', 'AP Escalations', 'Flagged', 'Reconciled'].map(count))
    }
    const before = await state()
    expect(before.slice(2, 4)).toEqual([1, 1])
    expect(await state()).toEqual(before)
    // a page that listens would say that its server went
    await page.goto('about:blank')
    workbench = await workbench.restart()
    expect(await state()).toEqual(before)
    expect(complaints).toEqual([])
  })
})
