import { readFileSync } from 'node:fs'
import { runCommandLine } from './command-line.ts'
import { terminal } from './terminal.ts'

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown'

process.exitCode = await runCommandLine(process.argv.slice(2), terminal(), version)
