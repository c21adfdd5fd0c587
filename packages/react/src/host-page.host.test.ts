import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../../../scripts/chromium.mjs'
import { guardStyles } from '../guard-styles.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'recon-host-'))
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'"
const hostile = `
  * { letter-spacing: 0.4em; text-transform: uppercase; }
  button { all: unset; }
  input, select, textarea { width: 100%; padding: 30px; border: 8px dotted red; }
  table, td, th { border: 5px solid red; padding: 40px; background: yellow; }
  h1, h2, h3, p { margin: 60px; font-size: 50px; color: red; }
  ul, ol, li { list-style: square; margin-left: 90px; }
  div { float: left; }
  svg { display: none; }
`
const plain = '#first, #second { float: none; width: 100% } .host-root { height: 800px }'
let server: Server
let address = ''
let browser: Browser

async function bundle(name: string, react: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: {
      conditions: ['recon-source', 'module', 'browser', 'production'],
      alias:
        react === '18'
          ? [
              { find: /^react-dom(\/.*)?$/, replacement: 'react-dom-18$1' },
              { find: /^react(\/.*)?$/, replacement: 'react-18$1' },
            ]
          : [],
    },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      outDir: join(folder, name),
      minify: false,
      lib: { entry: join(here, 'fixtures/host-page.tsx'), formats: ['es'], fileName: () => 'page.js' },
    },
  })
}

beforeAll(async () => {
  await bundle('react19', '19')
  await bundle('react18', '18')
  const sheets: Readonly<Record<string, string>> = {
    '/styles.css': guardStyles(readFileSync(join(here, 'styles.css'), 'utf8')),
    '/plain.css': plain,
    '/hostile.css': plain + hostile,
  }
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host')
    const sheet = sheets[url.pathname]
    response.setHeader('content-security-policy', policy)
    if (sheet !== undefined) {
      response.setHeader('content-type', 'text/css')
      response.end(sheet)
    } else if (url.pathname.endsWith('.js')) {
      response.setHeader('content-type', 'text/javascript')
      response.end(readFileSync(join(folder, url.pathname.replaceAll('..', ''))))
    } else {
      const host = url.searchParams.get('css') ?? 'plain'
      const react = url.searchParams.get('react') ?? 'react19'
      response.setHeader('content-type', 'text/html')
      response.end(
        `<!doctype html><meta charset="utf-8"><title>host</title><link rel="stylesheet" href="/styles.css">` +
          `<link rel="stylesheet" href="/${host}.css"><body><script type="module" src="/${react}/page.js"></script>`,
      )
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`
  browser = await launchChromium()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function opened(search: string): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`${address}/?${search}`)
  await page.waitForSelector('.host-root')
  return { page, problems }
}

const press = async (page: Page, keys: string) => {
  for (const key of keys.split(' ')) await page.keyboard.press(key)
}
const status = (page: Page, id: string) => page.locator(`.recon-row:has-text("${id}")`).getAttribute('data-status')

describe.each(['react19', 'react18'])('a strict content policy with %s', (react) => {
  it('is not violated by the list, its dialog, menu, toasts and scrolling', async () => {
    const { page, problems } = await opened(`react=${react}`)
    await page.locator('.recon-row').first().focus()
    await press(page, 'j j ?')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Escape f')
    await page.getByText('flagged for investigation').last().waitFor()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox').first().waitFor()
    await press(page, 'Escape')
    await page.locator('.recon-grid').evaluate((grid) => {
      grid.scrollTop = 900
    })
    await page.waitForTimeout(200)
    expect(problems).toEqual([])
    expect(await page.locator('style').count()).toBe(0)
    await page.close()
  })
})

describe('six journeys by keyboard alone', () => {
  it('reviews an unmatched line and reconciles it', async () => {
    const { page, problems } = await opened('')
    await press(page, 'Tab')
    await page.keyboard.press('/')
    await page.locator('.recon-row').first().focus()
    await page.keyboard.press('/')
    await page.keyboard.type('calder')
    await press(page, 'Enter Enter')
    await page.getByRole('dialog').waitFor()
    await press(page, 'r')
    await page.getByText('1 transaction reconciled').first().waitFor()
    expect(await status(page, 'Calder')).toBe('RECONCILED')
    expect(problems).toEqual([])
    await page.close()
  })

  it('flags a duplicate and takes it back', async () => {
    const { page } = await opened('')
    await page.locator('.recon-row', { hasText: 'Meridian' }).focus()
    await press(page, 'f')
    await page.waitForFunction(() => document.querySelector('.recon-row[data-status="FLAGGED"]') !== null)
    await press(page, 'u')
    await page.waitForFunction(() => document.querySelector('.recon-row[data-status="FLAGGED"]') === null)
    await page.close()
  })

  it('escalates the failed payment from its dialog and returns to the row', async () => {
    const { page } = await opened('')
    await page.locator('.recon-row').first().focus()
    await press(page, 'Enter')
    await page.getByRole('dialog').waitFor()
    await press(page, 'e')
    await page.getByText('escalated to AP').first().waitFor()
    expect(await status(page, 'Northwind')).toBe('ESCALATED')
    await page.waitForFunction(() => document.activeElement?.classList.contains('recon-row'))
    await page.close()
  })

  it('closes a sweep at zero and not at one cent', async () => {
    const { page } = await opened('')
    await page.locator('.recon-row', { hasText: 'CC0100042' }).focus()
    await press(page, 'r')
    await page.getByRole('checkbox', { name: 'Include JE-77124' }).focus()
    await press(page, 'Space')
    const close = page.getByRole('button', { name: 'Reconcile batch' })
    expect(await close.getAttribute('aria-disabled')).toBe('true')
    await press(page, 'Space')
    await close.focus()
    await press(page, 'Enter')
    await page.getByText('1 transaction reconciled').first().waitFor()
    await page.close()
  })

  it('chooses a suggested deposit and reconciles the payment', async () => {
    const { page } = await opened('part=payments')
    await page.getByRole('button', { name: /Partial matches/ }).focus()
    await press(page, 'Enter')
    await page.getByRole('radio').first().focus()
    await press(page, 'Space r')
    await page.getByRole('tab', { name: 'Reconciled 2' }).waitFor()
    await page.close()
  })

  it('answers a payment in the portal and sends it', async () => {
    const { page } = await opened('part=portal')
    const card = page.getByRole('article').first()
    await card.getByRole('button', { name: 'I have no document' }).focus()
    await press(page, 'Enter')
    await card.getByRole('textbox').focus()
    await page.keyboard.type('Counter cash')
    await card.getByRole('combobox').focus()
    await page.keyboard.type('Travel')
    await page.getByRole('button', { name: 'Send 2 answers' }).focus()
    await press(page, 'Enter')
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    await page.close()
  })
})

describe('in a hostile host', () => {
  it('keeps its shape under the styles of a careless page', async () => {
    const shape = async (css: string) => {
      const { page } = await opened(`css=${css}`)
      await page.waitForSelector('.recon-row')
      const boxes = await page.evaluate(() =>
        ['.recon-button', '.recon-chip', '.recon-row', '.recon-input', '.recon-badge', '.recon-grid'].map(
          (selector) => {
            const element = document.querySelector(selector)
            const box = element?.getBoundingClientRect()
            return { selector, width: Math.round(box?.width ?? 0), height: Math.round(box?.height ?? 0) }
          },
        ),
      )
      await page.locator('.recon-row', { hasText: 'Calder' }).focus()
      await press(page, 'Enter')
      const dialog = await page.getByRole('dialog').boundingBox()
      const table = await page.locator('.recon-table').first().boundingBox()
      await page.close()
      return { boxes, dialog: { ...dialog }, table: { ...table } }
    }
    const calm = await shape('plain')
    const attacked = await shape('hostile')
    for (const [index, box] of calm.boxes.entries()) {
      const now = attacked.boxes[index]
      expect(Math.abs((now?.height ?? 0) - box.height), `${box.selector} height`).toBeLessThanOrEqual(4)
      expect(Math.abs((now?.width ?? 0) - box.width), `${box.selector} width`).toBeLessThanOrEqual(30)
    }
    expect(Math.abs((attacked.dialog.height ?? 0) - (calm.dialog.height ?? 0))).toBeLessThan(40)
    expect(Math.abs((attacked.table.height ?? 0) - (calm.table.height ?? 0))).toBeLessThan(20)
  })

  it('holds two roots with their own theme and language', async () => {
    const { page } = await opened('')
    const themes = await page
      .locator('.recon-root')
      .evaluateAll((roots) => roots.map((root) => root.getAttribute('data-theme')))
    const languages = await page
      .locator('.recon-root')
      .evaluateAll((roots) => roots.map((root) => root.getAttribute('lang')))
    expect(themes).toEqual(['light', 'dark'])
    expect(languages).toEqual(['en', 'de'])
    await page.close()
  })
})
