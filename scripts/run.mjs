// Runs the two root commands, `npm start` and `npm test`, on any machine that has Node 18 or newer and npm 7 or newer.
// It lifts itself to the Node and pnpm versions this repository is built with, then walks through its steps.
// No dependencies: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync, statfsSync } from 'node:fs'
import { delimiter, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { packageManager } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))
const pnpmVersion = packageManager.split('@')[1]
const liftedNode = '24.21.0'
const oldestBuildNode = [24, 11]
const spaceNeeded = 2 * 1024 ** 3

const [command, ...rest] = process.argv.slice(2)

function fail(message) {
  console.error(`\nrecon: ${message}`)
  process.exit(1)
}

function isAtLeast(version, [major, minor]) {
  const [actualMajor = 0, actualMinor = 0] = version.split('.').map(Number)
  return actualMajor > major || (actualMajor === major && actualMinor >= minor)
}

/** pnpm reads npm's own settings from the environment and stumbles over them. */
function cleanEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_'))
  return Object.fromEntries(entries)
}

function versionOf(program) {
  const answer = spawnSync(program, ['--version'], { encoding: 'utf8', env: cleanEnvironment(), cwd: root })
  return answer.status === 0 ? answer.stdout.trim() : undefined
}

function checkMachine() {
  if (!isAtLeast(process.versions.node, [18, 0])) {
    fail(
      `Node ${process.versions.node} is too old. Install Node 18 or newer (22 or newer recommended) and run this again.`,
    )
  }
  const npmVersion = versionOf('npm')
  if (npmVersion === undefined) fail('npm was not found. It comes with Node: reinstall Node, or add npm to PATH.')
  if (!isAtLeast(npmVersion, [7, 0])) {
    fail(`npm ${npmVersion} is too old to fetch the build tools. Run "npm install --global npm@11" and try again.`)
  }
  const disk = statfsSync(root)
  const free = disk.bavail * disk.bsize
  if (free < spaceNeeded) {
    fail(
      `Only ${Math.round(free / 1024 ** 2)} MB are free on this disk; about 2 GB are needed. Free some space and run this again.`,
    )
  }
}

function liftIfNeeded() {
  const nodeFits = isAtLeast(process.versions.node, oldestBuildNode)
  if (nodeFits && versionOf('pnpm') === pnpmVersion) return
  if (process.env.RECON_LIFTED === '1')
    fail(`could not get Node ${liftedNode} and pnpm ${pnpmVersion} from the npm registry.`)
  console.log(`recon: fetching Node ${liftedNode} and pnpm ${pnpmVersion} for this run (cached after the first time)`)
  const packages = [`--package=pnpm@${pnpmVersion}`]
  if (!nodeFits) packages.push(`--package=node@${liftedNode}`)
  const args = ['exec', '--yes', ...packages, '--', 'node', fileURLToPath(import.meta.url), command, ...rest]
  const answer = spawnSync('npm', args, {
    stdio: 'inherit',
    cwd: root,
    env: { ...cleanEnvironment(), RECON_LIFTED: '1' },
  })
  if (answer.error) fail(`npm exec did not start: ${answer.error.message}`)
  process.exit(answer.status ?? 1)
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Runs one step; shows its output only when it fails or when `show` is set. */
function step(number, count, title, program, args, { show = false, env = {} } = {}) {
  const started = Date.now()
  process.stdout.write(`[${number}/${count}] ${title}${show ? '\n' : ' ... '}`)
  const answer = spawnSync(program, args, {
    cwd: root,
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 ** 2,
    env: {
      ...cleanEnvironment(),
      PATH: `${resolve(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
      ...env,
    },
  })
  const ok = answer.status === 0
  console.log(`${show ? `[${number}/${count}] ${title}: ` : ''}${ok ? 'done' : 'FAILED'} (${seconds(started)})`)
  if (!ok && !show) console.log(`${answer.stdout ?? ''}${answer.stderr ?? ''}${answer.error?.message ?? ''}`)
  return ok
}

const install = ['install the packages', 'pnpm', ['install', '--frozen-lockfile', '--prefer-offline']]
const build = ['build every package', 'pnpm', ['run', 'build']]

function start() {
  const sample = (name) => `examples/workbench/samples/${name}`
  const steps = [
    install,
    build,
    [
      'match the sample bank day with its ledger',
      'node',
      ['packages/cli/dist/recon.js', 'match', '--bank', sample('bank-day.bai2'), '--ledger', sample('ledger.csv')],
      { show: true },
    ],
  ]
  steps.forEach(([title, program, args, options], index) => {
    if (!step(index + 1, steps.length + 1, title, program, args, options))
      fail(`"${title}" did not succeed; its output is above.`)
  })
  console.log(`[${steps.length + 1}/${steps.length + 1}] serve the workbench (stop it with Ctrl+C)`)
  const served = spawnSync('node', ['examples/workbench/server.ts', ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: cleanEnvironment(),
  })
  process.exit(served.status ?? 0)
}

/** Checks that are one command each; every one counts as one test. */
const checks = [
  ['lint', 'pnpm', ['run', 'lint']],
  ['type check', 'pnpm', ['run', 'typecheck']],
  ['the reviewed list of public exports', 'node', ['scripts/api-report.mjs', '--check']],
  ['build Storybook', 'pnpm', ['run', 'build-storybook']],
  ['publint and attw on the packed packages', 'node', ['scripts/check-packages.mjs']],
]

function test() {
  const count = 3 + checks.length
  let passed = 0
  let failed = 0
  if (!step(1, count, ...install)) fail('The packages could not be installed; the output is above.')
  if (!step(2, count, ...build)) fail('The build failed; its output is above.')
  checks.forEach(([title, program, args], index) => {
    if (step(index + 3, count, title, program, args)) passed += 1
    else failed += 1
  })
  const report = resolve(root, 'node_modules/.cache/recon/vitest.json')
  const ok = step(
    count,
    count,
    'run the tests',
    'pnpm',
    ['exec', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...rest],
    { show: true },
  )
  const counted = readReport(report, ok)
  passed += counted.passed
  failed += counted.failed
  if (counted.skipped > 0) console.log(`${counted.skipped} skipped: each says why above`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

function readReport(file, ok) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const failed = report.numFailedTests
    // A file that does not load fails without a failed test of its own.
    return {
      passed: report.numPassedTests,
      failed: ok ? failed : Math.max(failed, 1),
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch (error) {
    console.error(`recon: the test report could not be read: ${error.message}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const commands = { start, test }
if (!Object.hasOwn(commands, command ?? '')) fail('usage: npm start | npm test')
checkMachine()
liftIfNeeded()
commands[command]()
