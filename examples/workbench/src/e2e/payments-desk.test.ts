import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'

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

const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) })
const count = async (name: string) => Number(/\d+$/.exec(((await tab(name).textContent()) ?? '').trim())?.[0])
const counts = () => Promise.all(['Unique', 'Partial', 'No match', 'Reconciled', 'Unreceived'].map(count))

describe('the payments desk, in a browser', { timeout: 90_000 }, () => {
  it('sorts the payments by how well their deposits match, and reconciles none by itself', async () => {
    await page.goto(`${workbench.address}/payments`)
    await page.getByText('PAY-10421').waitFor()
    expect(await counts()).toEqual([31, 9, 18, 0, 0])
  })

  it('reconciles a selection of unique matches', async () => {
    await page.getByLabel('Select all shown').check()
    await page.getByRole('button', { name: 'Reconcile selection (31)' }).click()
    await eventually(counts).toEqual([0, 9, 18, 31, 0])
  })

  it('reconciles a partial match with the deposit that is chosen', async () => {
    await tab('Partial').click()
    await page.getByRole('button', { name: 'Reconcile', exact: true }).first().click()
    await eventually(counts).toEqual([0, 8, 18, 32, 0])
  })

  it('reconciles with any deposit, or with a reference', async () => {
    await tab('No match').click()
    await page.getByRole('button', { name: 'Show all deposits' }).first().click()
    await page.getByRole('dialog').getByText('GULF CATERING LLC').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'With reference' }).first().click()
    await page.getByLabel('Reference').fill('cash box, 20 November')
    await page.getByRole('button', { name: 'Reconcile', exact: true }).click()
    await eventually(counts).toEqual([0, 8, 17, 33, 0])
  })

  it('marks a payment as unreceived and moves it back', async () => {
    await page.getByRole('button', { name: 'Unreceived' }).first().click()
    await eventually(counts).toEqual([0, 8, 16, 33, 1])
    await tab('Unreceived').click()
    await page.getByRole('button', { name: 'Move back to outstanding' }).click()
    await eventually(counts).toEqual([0, 8, 17, 33, 0])
  })
})
