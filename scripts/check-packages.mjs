// Packs every published package as it would go to the registry and checks the tarball with publint and attw.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const packed = mkdtempSync(join(tmpdir(), 'recon-pack-'))
const folders = readdirSync(resolve(root, 'packages')).map((name) => resolve(root, 'packages', name))
let failed = false

try {
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (manifest.private) continue
    const problems = await check(folder, manifest)
    failed ||= problems.length > 0
    console.log(`${manifest.name}: ${problems.length === 0 ? 'ok' : problems.join('\n  ')}`)
  }
} finally {
  rmSync(packed, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function check(folder, manifest) {
  const pack = spawnSync('pnpm', ['pack', '--pack-destination', packed], { cwd: folder, encoding: 'utf8' })
  const tarball = readdirSync(packed).find((file) => file.startsWith(manifest.name.replace('@', '').replace('/', '-')))
  if (pack.status !== 0 || tarball === undefined) return [`pnpm pack failed: ${pack.stdout}${pack.stderr}`]
  const content = readFileSync(join(packed, tarball))
  const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
  const problems = messages.map((message) => formatMessage(message, pkg) ?? message.code)
  if (manifest.exports?.['.'] === undefined && manifest.bin !== undefined) return problems
  const args = [
    'exec',
    'attw',
    join(packed, tarball),
    '--profile',
    'esm-only',
    '--no-emoji',
    '--exclude-entrypoints',
    'styles.css',
    './package.json',
  ]
  const types = spawnSync('pnpm', args, { cwd: root, encoding: 'utf8' })
  if (types.status !== 0) problems.push(`attw: ${types.stdout}${types.stderr}`)
  return problems
}
