import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'
import { openSimulators, type SimulatorControls } from './simulator-controls.ts'

let workbench: RunningWorkbench
let browser: Browser
let page: Page

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  workbench = await runWorkbench()
  browser = await chromium.launch(await chromiumLaunchOptions())
  page = await browser.newPage({ viewport: { width: 1500, height: 900 } })
  page.setDefaultTimeout(20_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await workbench?.stop()
}, 60_000)

const main = () => page.getByRole('main')
const tab = (name: string) => main().getByRole('tab', { name: new RegExp(`^${name}`) })
const bucket = (name: string) => main().getByRole('button', { name: new RegExp(`^${name}`) })
const number = (text: string | null) => Number(/\d+$/.exec((text ?? '').trim())?.[0])
const counts = async () => {
  const buckets = await Promise.all(['Unique', 'Partial', 'No match'].map((name) => bucket(name).textContent()))
  const tabs = await Promise.all(['Reconciled', 'Unreceived'].map((name) => tab(name).textContent()))
  return [...buckets, ...tabs].map(number)
}
const more = async (action: string) => {
  await main()
    .getByRole('button', { name: /More for/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: action }).click()
}

describe('the payments desk, in a browser', { timeout: 90_000 }, () => {
  it('sorts the payments by how well their deposits match, and reconciles none by itself', async () => {
    await page.goto(`${workbench.address}/payments`)
    await page.getByText('PAY-10424', { exact: true }).waitFor()
    expect(await counts()).toEqual([31, 9, 18, 0, 0])
  })

  it('reconciles a selection of unique matches', async () => {
    await main()
      .getByLabel(/^Select all/)
      .check()
    await main()
      .getByRole('button', { name: /^Reconcile selection \(31\)/ })
      .click()
    await bucket('Partial').waitFor()
    await eventually(counts).toEqual([0, 9, 18, 31, 0])
  })

  it('reconciles with any deposit, or with a reference', async () => {
    await bucket('No match').click()
    await main().getByRole('button', { name: 'Show all deposits' }).first().click()
    await page.getByRole('dialog').getByText('GULF CATERING LLC').waitFor()
    await page.keyboard.press('Escape')
    await more('Reconcile with reference')
    await page.getByRole('dialog').getByRole('textbox').fill('cash box, 20 November')
    await page.getByRole('dialog').getByRole('button', { name: 'Reconcile' }).click()
    await eventually(counts).toEqual([0, 9, 17, 32, 0])
  })

  it('marks a payment as unreceived and moves it back', async () => {
    await more('Mark as unreceived')
    await eventually(counts).toEqual([0, 9, 16, 32, 1])
    await tab('Unreceived').click()
    await main()
      .getByRole('button', { name: /^Move back to outstanding/ })
      .first()
      .click()
    await tab('Outstanding').click()
    await eventually(counts).toEqual([0, 9, 17, 32, 0])
  })
})

describe('the payments desk on a bank feed, in a browser', { timeout: 120_000 }, () => {
  let world: SimulatorControls
  const fetched = () => main().locator('time').first().getAttribute('datetime')

  it('shows a payment at once, and its deposit after the next fetch; what was reconciled before stays', async () => {
    world = await openSimulators(page)
    await world.fill('The app', '145.50')
    await world.press('Customer pays')
    await eventually(counts).toEqual([0, 9, 18, 32, 0])
    await world.press('Deposit arrives')
    const before = await fetched()
    await main().getByRole('button', { name: 'Refresh' }).click()
    await eventually(counts).toEqual([1, 9, 17, 32, 0])
    expect(await fetched()).not.toBe(before)
  })

  it('stops at a refused password, says so, mails everybody, and goes on with new credentials', async () => {
    await world.press('The bank refuses the password')
    await main().getByRole('button', { name: 'Refresh' }).click()
    await main().getByRole('alert').getByText('The bank refuses the password').waitFor()
    const before = await fetched()
    const mails = async () => (await (await page.request.get(`${workbench.address}/workbench/mails`)).json()).mails
    await eventually(async () => (await mails()).map((mail: { to: string }) => mail.to).sort()).toEqual([
      'admin@harbour.example',
      'finance@harbour.example',
    ])
    await world.press('The bank refuses the password')
    await main().getByRole('button', { name: 'Update credentials' }).click()
    await eventually(() => main().getByRole('alert').count()).toBe(0)
    await eventually(fetched).not.toBe(before)
  })

  it('reconciles unique matches by itself where the source is set to', async () => {
    await main().getByRole('switch', { name: 'Reconcile unique matches' }).click()
    await eventually(() => main().getByRole('switch').getAttribute('aria-checked')).toBe('true')
    await world.fill('The app', '61.25')
    await world.press('Customer pays')
    await world.press('Deposit arrives')
    await main().getByRole('button', { name: 'Refresh' }).click()
    await eventually(counts).toEqual([0, 9, 17, 34, 0])
  })

  it('fetches by itself every quarter of an hour', async () => {
    const before = await fetched()
    await world.press('15 minutes on')
    await eventually(fetched).not.toBe(before)
  })

  it('shows what a file of deposits holds, column by column, before anything is stored', async () => {
    await main().getByRole('button', { name: 'Upload CSV' }).click()
    const dialog = page.getByRole('dialog')
    const text = 'Posted,Details,Money in\n2026-11-20,IPP LN77000001 RANA AZIZ,18.20\n'
    const file = { name: 'deposits.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByText('Money in').first().waitFor()
    await page.keyboard.press('Escape')
  })
})
