// Takes the picture of the README from the built workbench: node scripts/workbench-picture.mjs [path of the picture]
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = process.argv[2] ?? join(root, 'docs/images/workbench.png')
const data = mkdtempSync(join(tmpdir(), 'recon-picture-'))
const words = ['--port', '0', '--data', data, '--now', '2026-11-21T09:00:00Z']
const server = join(root, 'examples/workbench/server.ts')
const child = spawn(process.execPath, ['--conditions=recon-source', server, ...words], { cwd: root })

const address = await new Promise((resolve, reject) => {
  let said = ''
  child.stdout.on('data', (piece) => {
    said += piece
    const found = /http:\/\/localhost:\d+/.exec(said)
    if (found) resolve(found[0])
  })
  child.stderr.on('data', (piece) => {
    said += piece
  })
  child.once('exit', (code) => reject(new Error(`The workbench ended with ${code}: ${said}`)))
})

const browser = await chromium.launch(await chromiumLaunchOptions())
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, deviceScaleFactor: 1 })
  await page.goto(`${address}/cash`)
  await page.getByRole('grid', { name: 'Transactions' }).waitFor()
  await page.getByText('NORTHWIND FREIGHT').first().waitFor()
  await page.screenshot({ path: target })
  console.log(target)
} finally {
  await browser.close()
  child.removeAllListeners('exit')
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
  rmSync(data, { recursive: true, force: true })
}
