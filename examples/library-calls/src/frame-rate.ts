import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { launchChromium } from '../../../scripts/chromium.mjs'
import type { FrameFigures } from './frame-page.ts'

/** Bundles the page with its web worker, as a host's bundler would, and opens it in a real browser. */
async function openFramePage() {
  const folder = await mkdtemp(join(tmpdir(), 'recon-frames-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
  await build({
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve: { conditions: ['recon-source', 'module', 'browser', 'production'] },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('./frame-page.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  })
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const body = await readFile(join(folder, path === '/' ? 'index.html' : path)).catch(() => undefined)
    response.statusCode = body === undefined ? 404 : 200
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html')
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const browser = await launchChromium()
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.waitForFunction(() => window.measureFrames !== undefined)
  const close = async () => {
    await browser.close()
    server.close()
    await rm(folder, { recursive: true })
  }
  return { page, close }
}

/** Frames of a page while a web worker matches `count` lines, and what a match on the page itself makes of them. */
export async function frameRate(count: number): Promise<FrameFigures & { readonly automaticOnThePage: number }> {
  const { page, close } = await openFramePage()
  try {
    const figures = await page.evaluate((size) => window.measureFrames?.(size), count)
    const automaticOnThePage = await page.evaluate((size) => window.automaticOnThePage?.(size), count)
    if (figures === undefined || automaticOnThePage === undefined) throw new Error('The page was not ready.')
    return { ...figures, automaticOnThePage }
  } finally {
    await close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = await frameRate(Number(process.argv[2] ?? 100_000))
  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${Math.round(value * 10) / 10}`)
}
