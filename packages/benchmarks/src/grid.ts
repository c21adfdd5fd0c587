import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { launchChromium } from '../../../scripts/chromium.mjs'
import type { GridFigures } from './grid-page/measure-grid.ts'

/**
 * Row 10: a list of 100,000 rows in a real browser, beside TanStack Table with Virtual, AG Grid community and glide (on
 * React 18, which it wants; it draws on a canvas and leaves sorting to the host), in turns.
 * Each turn is a fresh page: mount until rows are painted, sort by amount and by name, scroll 120 steps.
 */
const grids = {
  recon: 'recon-grid-page.tsx',
  tanstack: 'tanstack-grid-page.tsx',
  'ag-grid': 'ag-grid-page.ts',
  glide: 'glide-grid-page.tsx',
} as const
type GridName = keyof typeof grids
const all = Object.keys(grids) as GridName[]
/** All, or those named: `grid.ts 100000 3 recon,glide`. */
const names = process.argv[4] === undefined ? all : all.filter((name) => process.argv[4]?.split(',').includes(name))
const rowCount = Number(process.argv[2] ?? 100_000)
const turns = Number(process.argv[3] ?? 5)
const here = fileURLToPath(new URL('./grid-page/', import.meta.url))
const styles = fileURLToPath(new URL('../../react/src/styles.css', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'recon-grid-'))
const frame =
  'html,body{margin:0}.host{height:800px;width:1280px}.plain-scroller{height:800px;overflow:auto}.recon-root{height:800px}'

/** glide-data-grid wants React 18. */
const olderReact = [
  { find: /^react-dom(?=$|\/)/, replacement: 'react-dom-18' },
  { find: /^react(?=$|\/)/, replacement: 'react-18' },
]

async function bundle(name: GridName): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: {
      conditions: ['recon-source', 'module', 'browser', 'production'],
      alias: name === 'glide' ? olderReact : [],
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(folder, name),
      minify: true,
      lib: { entry: join(here, grids[name]), formats: ['es'], fileName: () => 'page.js', cssFileName: 'page' },
    },
  })
  const own = join(folder, name, 'page.css')
  const css = name === 'recon' ? readFileSync(styles, 'utf8') : existsSync(own) ? readFileSync(own, 'utf8') : ''
  writeFileSync(
    join(folder, name, 'index.html'),
    `<!doctype html><style>${frame}${css}</style><body><script type="module" src="page.js"></script>`,
  )
}

function serve() {
  const server = createServer((request, response) => {
    try {
      const path = (request.url ?? '/').replaceAll('..', '')
      const body = readFileSync(join(folder, path.endsWith('/') ? `${path}index.html` : path))
      response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html')
      response.end(body)
    } catch {
      response.statusCode = 404
      response.end()
    }
  })
  return new Promise<{ port: number; close: () => void }>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() })
    })
  })
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

for (const name of names) await bundle(name)
const { port, close } = await serve()
const browser = await launchChromium()
const figures: Record<GridName, GridFigures[]> = { recon: [], tanstack: [], 'ag-grid': [], glide: [] }
for (let turn = 0; turn < turns; turn++) {
  for (const name of names) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`http://127.0.0.1:${port}/${name}/`)
    await page.waitForFunction(() => window.runGrid !== undefined)
    figures[name].push(
      await page.evaluate((count) => (window.runGrid ?? (() => Promise.reject(new Error('no grid'))))(count), rowCount),
    )
    await page.close()
  }
}
await browser.close()
close()
rmSync(folder, { recursive: true })

const cpu = execFileSync('nproc').toString().trim()
process.stdout.write(
  `${rowCount.toLocaleString('en')} rows, ${turns} turns, median (lowest to highest) in ms, ${cpu} cores\n`,
)
process.stdout.write(
  '| grid | mount | sort amount | sort name | scroll p95 | longest frame |\n| --- | --- | --- | --- | --- | --- |\n',
)
for (const name of names) {
  const cell = (pick: (one: GridFigures) => number) => {
    const values = figures[name].map(pick)
    return `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`
  }
  const cells = [
    cell((one) => one.mount),
    cell((one) => one.sortAmount),
    cell((one) => one.sortName),
    cell((one) => one.scrollP95),
    cell((one) => one.longestFrame),
  ]
  process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`)
}
