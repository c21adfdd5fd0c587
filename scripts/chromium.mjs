/**
 * Finds a Chromium without root, apt or a download: CHROMIUM_PATH, one on this system, the one inside
 * @sparticuz/chromium (Linux x64), playwright's own. Run as a command it prints the path.
 */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Flags that keep Chromium quiet where there is no network, no GPU and no user namespace. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
]

const cacheFolder = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', '.cache', 'recon-chromium')

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function fromSystem() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...wellKnown]
  return candidates.find((path) => isExecutable(path) && runs(path))
}

/** Distributions ship stubs that only print how to install the real one. */
function runs(path) {
  try {
    execFileSync(path, ['--version'], { stdio: 'pipe', timeout: 10_000 })
    return true
  } catch {
    return false
  }
}

/** What sparticuz's Chromium needs to find its own libraries and fonts: for its process only, never for ours. */
const unpackedEnvironment = {
  LD_LIBRARY_PATH: join(cacheFolder, 'al2023', 'lib'),
  ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(cacheFolder, 'fonts') }),
}

async function fromSparticuz() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  mkdirSync(cacheFolder, { recursive: true })
  const changed = ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']
  const before = changed.map((name) => [name, process.env[name]])
  process.env.TMPDIR = cacheFolder
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const path = await chromium.executablePath()
    return isExecutable(path) ? path : undefined
  } catch {
    return undefined
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

async function fromPlaywright() {
  try {
    const { chromium } = await import('playwright')
    const path = chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** The path of a Chromium that starts here. Throws with what to do when there is none. */
export async function chromiumPath() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (isExecutable(given)) return given
    throw new Error(`CHROMIUM_PATH names ${given}, which is not a program that can be run.`)
  }
  const found = fromSystem() ?? (await fromSparticuz()) ?? (await fromPlaywright())
  if (found) return found
  throw new Error(
    'No Chromium was found. Install one, set CHROMIUM_PATH to its program, or run `pnpm exec playwright install chromium`.',
  )
}

/** What playwright's `launch` needs: path, flags and environment. */
export async function chromiumLaunchOptions() {
  const executablePath = await chromiumPath()
  const own = executablePath.startsWith(cacheFolder) ? unpackedEnvironment : {}
  return { executablePath, args: chromiumArgs, env: { ...process.env, ...own } }
}

/** A running playwright browser. */
export async function launchChromium() {
  const { chromium } = await import('playwright')
  return chromium.launch(await chromiumLaunchOptions())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await chromiumPath()}\n`)
}
