import { readFile } from 'node:fs/promises'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../../scripts/chromium.mjs'
import { type RunningWorkbench, runWorkbench } from './running-workbench.ts'

let workbench: RunningWorkbench
let browser: Browser
let page: Page
let phone: Page
const pictures = process.env.RECON_PICTURES

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  workbench = await runWorkbench()
  browser = await chromium.launch(await chromiumLaunchOptions())
  page = await browser.newPage({ viewport: { width: 1360, height: 900 } })
  phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  for (const one of [page, phone]) one.setDefaultTimeout(30_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await workbench?.stop()
}, 60_000)

/** For people who look at what the test saw: `RECON_PICTURES=folder`. */
async function picture(of: Page, name: string): Promise<void> {
  if (pictures !== undefined) await of.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) })
/** Proposals that wait: the review says `1 of 6`, and nothing when it is through. */
const left = async () => {
  const review = page.getByRole('region', { name: 'Proposed matches' })
  if ((await review.count()) === 0) return 0
  return Number(/\d+ of (\d+)/.exec((await review.textContent()) ?? '')?.[1])
}
const card = (text: string) => phone.getByRole('listitem').filter({ hasText: text })
const item = (text: string) => page.getByRole('row').filter({ hasText: text })

/** What a bookkeeper would say of each item in turn, through the same API. */
async function resolveTheRest(): Promise<void> {
  const runId = new URL(page.url()).searchParams.get('run') ?? ''
  const headers = { 'x-workbench-desk': 'bookkeeping', 'content-type': 'application/json' }
  const at = `${workbench.address}/recon/runs/${runId}/unreconciled`
  const { rows } = await (await page.request.get(at, { headers })).json()
  for (const { item: open } of rows) {
    if (open.status === 'RESOLVED') continue
    const answer = await page.request.post(`${at}/${open.id}/resolution`, {
      headers: { ...headers, 'idempotency-key': `resolve-${open.id}` },
      data: { version: open.version, do: { action: 'resolveByStaff', reason: 'Known from last month' } },
    })
    expect(answer.status(), await answer.text()).toBe(200)
  }
}

describe('a statement run, in a browser', { timeout: 150_000 }, () => {
  it('is dispatched only when every proposal is decided', async () => {
    await page.goto(`${workbench.address}/bookkeeping`)
    await page.getByRole('button', { name: 'Open Mason Industries, October 2026' }).click()
    await tab('Proposed').click()
    await eventually(left).toBe(6)
    const dispatch = page.getByRole('button', { name: 'Dispatch magic link' })
    expect(await dispatch.getAttribute('aria-disabled')).toBe('true')
    for (let open = 6; open > 0; open--) {
      await page.getByRole('button', { name: /^Confirm/ }).click()
      await eventually(left).toBe(open - 1)
    }
    await eventually(() => dispatch.getAttribute('aria-disabled')).toBe(null)
    await picture(page, 'run-review')
  })

  it('reaches the client by a mail with a link', async () => {
    await page.getByRole('button', { name: 'Dispatch magic link' }).click()
    await page.getByRole('dialog').getByText('Action needed: 12 unreconciled bank items').first().waitFor()
    await page.getByRole('button', { name: 'Send magic link' }).click()
    await page.getByText('Awaiting client').first().waitFor()
    await page.goto(`${workbench.address}/mail`)
    const mail = page.getByRole('link', { name: 'Open the link of this mail' })
    await mail.waitFor()
    await picture(page, 'mail')
    const link = (await mail.getAttribute('href')) ?? ''
    expect(link).toContain('/recon/portal/enter/')
    await phone.goto(link)
    await phone.getByRole('button', { name: 'Open the portal' }).click()
    await phone.waitForURL('**/portal')
    await card('BANK CHARGES').waitFor()
    await picture(phone, 'portal')
  })

  it('shows the outbox row as dispatched', async () => {
    await page.goto(`${workbench.address}/bookkeeping/outbox`)
    await page.getByText('reconciliation-magic-link').first().waitFor()
    await eventually(() => page.getByText('Dispatched').count()).toBeGreaterThan(0)
    await picture(page, 'outbox')
  })

  it('takes the client answers while they are written', async () => {
    const charges = card('BANK CHARGES')
    await charges.getByText('No document').click()
    await charges.getByRole('textbox').fill('The monthly account fee')
    const category = charges.getByRole('combobox')
    if ((await category.count()) > 0) await category.selectOption('Something else')
    await picture(phone, 'portal-answer')
    await phone.getByRole('button', { name: /^Send/ }).click()
    await page.goto(`${workbench.address}/bookkeeping`)
    await page.getByRole('button', { name: 'Open Mason Industries, October 2026' }).click()
    await tab('Unreconciled').click()
    await item('BANK CHARGES').getByText('The monthly account fee').waitFor()
    await picture(page, 'run-answered')
  })

  it('is not complete before everything is resolved', async () => {
    expect(await page.getByRole('button', { name: 'Complete reconciliation' }).getAttribute('aria-disabled')).toBe(
      'true',
    )
  })

  it('is completed once everything is resolved, with a report to download', async () => {
    await item('BANK CHARGES').getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click()
    await item('BANK CHARGES').getByText('Resolved').first().waitFor()
    await resolveTheRest()
    await page.reload()
    const complete = page.getByRole('button', { name: 'Complete reconciliation' })
    await eventually(() => complete.getAttribute('aria-disabled')).toBe(null)
    await complete.click()
    await page.getByText('Complete', { exact: true }).first().waitFor()
    await tab('Reports').click()
    const download = page.getByRole('button', { name: /^Download/ })
    await eventually(() => download.count()).toBeGreaterThan(0)
    await picture(page, 'run-complete')
    const [file] = await Promise.all([page.waitForEvent('download'), download.first().click()])
    expect((await readFile(await file.path())).length).toBeGreaterThan(500)
  })
})
