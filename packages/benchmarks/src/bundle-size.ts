import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/**
 * Row 11: what a host's bundle grows by, minified and gzipped, React left out. Each line bundles one import from source.
 */
const imports: Readonly<Record<string, string>> = {
  'money and fees of @recon/core': "export { money, parseMoney, allocateMoney, contingencyFee } from '@recon/core'",
  createMatchingEngine: "export { createMatchingEngine } from '@recon/core'",
  'matchLines + presets': "export { matchLines, presets } from '@recon/core'",
  'MatchTabs + ReconcileModal + ReconRoot': "export { MatchTabs, ReconcileModal, ReconRoot } from '@recon/react'",
  'ClientPortal + ReconRoot': "export { ClientPortal, ReconRoot } from '@recon/react'",
  'TransactionList + ReconRoot': "export { TransactionList, ReconRoot } from '@recon/react'",
  'CashDesk, connected': "export { CashDesk, ReconRoot } from '@recon/react/connected'",
  'everything of @recon/react': "export * from '@recon/react'",
}
const limits: Readonly<Record<string, number>> = {
  'money and fees of @recon/core': 25,
  createMatchingEngine: 20,
  'MatchTabs + ReconcileModal + ReconRoot': 60,
  'ClientPortal + ReconRoot': 45,
}

const folder = mkdtempSync(join(tmpdir(), 'recon-size-'))
process.stdout.write('| import | KB min+gzip | limit | more on demand |\n| --- | --- | --- | --- |\n')
for (const [name, source] of Object.entries(imports)) {
  const entry = join(folder, 'entry.ts')
  const out = join(folder, 'out')
  writeFileSync(entry, source)
  await build({
    configFile: false,
    logLevel: 'error',
    root: new URL('..', import.meta.url).pathname,
    resolve: {
      conditions: ['recon-source', 'module', 'browser', 'production'],
      alias: {
        '@recon/core': new URL('../../core/src/index.ts', import.meta.url).pathname,
        '@recon/react/connected': new URL('../../react/src/connected/index.ts', import.meta.url).pathname,
        '@recon/react': new URL('../../react/src/index.ts', import.meta.url).pathname,
      },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: out,
      emptyOutDir: true,
      minify: true,
      lib: { entry, formats: ['es'], fileName: () => 'page.js' },
      rolldownOptions: {
        external: [/^react($|\/)/, /^react-dom($|\/)/],
        // a library build keeps its white space unless told otherwise; a host's own build does not
        output: { minify: true },
      },
    },
  })
  const kilobytes = (files: readonly string[]) =>
    (files.reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file)), { level: 9 }).length, 0) / 1000).toFixed(
      1,
    )
  const atOnce = loadedWith('page.js', out)
  const later = readdirSync(out).filter((file) => file.endsWith('.js') && !atOnce.has(file))
  const cells = [name, kilobytes([...atOnce]), limits[name] ?? '', later.length === 0 ? '' : kilobytes(later)]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}
rmSync(folder, { recursive: true })

/** The files a page loads with this one: what it imports by statement, not what it imports when somebody asks for it. */
function loadedWith(file: string, folder: string, known: Set<string> = new Set()): ReadonlySet<string> {
  known.add(file)
  const source = readFileSync(join(folder, file), 'utf8')
  for (const [, next] of source.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    if (next !== undefined && !known.has(next)) loadedWith(next, folder, known)
  }
  return known
}
