// Mutation score of the rules that carry money: changes one small thing at a time and asks whether a test notices.
// Run: pnpm mutation [file part ...] [--every N]. Not part of `npm test`: it takes minutes; with the machines, an hour or two. Exits 1 below 85%.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { createVitest } from 'vitest/node'
import { mutantsOf, mutated } from './mutants.mjs'

const root = resolve(import.meta.dirname, '../..')
const core = join(root, 'packages/core/src')
const folders = ['money', 'collections', 'proof']
const single = ['transition-table.ts', 'subject-change.ts', 'decision.ts', 'canonical-content.ts']
/** Files of other folders that hold a machine. */
const machines = [
  'review/review-item-machine.ts',
  'review/match-decision.ts',
  'review/maker-checker.ts',
  'review/decision-steps.ts',
  'review/run-machine.ts',
  'portal/unreconciled-item-machine.ts',
  'portal/client-response-machine.ts',
  'portal/dispatch.ts',
  'portal/magic-link.ts',
  'portal/portal-session.ts',
  'portal/outbox-message.ts',
  'deposits/deposit-source-machine.ts',
  'deposits/deposit-source.ts',
  'tentative/bank-line-machine.ts',
  'tentative/bank-line-standing.ts',
  'tentative/certainty.ts',
  'tentative/transactable-machines.ts',
  'tentative/transactable.ts',
  'writeback/writeback-mapping.ts',
  'writeback/drift.ts',
]
const lowest = 85
/** Milliseconds a run of a few test files may take on a busy machine. */
const longest = 60_000

const arguments_ = process.argv.slice(2)
const every = arguments_.includes('--every') ? Number(arguments_[arguments_.indexOf('--every') + 1]) : 1
const wanted = arguments_.filter((word, index) => !word.startsWith('--') && arguments_[index - 1] !== '--every')

function filesOf(folder) {
  const sources = readdirSync(join(core, folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const tests = readdirSync(join(core, folder)).filter((name) => name.endsWith('.test.ts'))
  return sources.map((name) => ({ path: join(core, folder, name), tests: testsFor(folder, name, tests) }))
}

/** The tests of the same name first, then the rest of the folder: the first that fails ends the run. */
function testsFor(folder, name, tests) {
  const own = name.replace('.ts', '.test.ts')
  return [...tests]
    .sort((left, right) => Number(right === own) - Number(left === own))
    .map((test) => join(core, folder, test))
}

/** A machine is held to its own tests, those of its folder, and the table of every machine. */
function machineTarget(path) {
  const [folder, name] = path.split('/')
  const tests = readdirSync(join(core, folder)).filter((file) => file.endsWith('.test.ts'))
  const every = [join(core, 'machine-catalogue.test.ts'), join(core, 'activity-catalogue.test.ts')]
  return { path: join(core, path), tests: [...testsFor(folder, name, tests), ...every] }
}

const targets = [
  ...folders.flatMap(filesOf),
  ...machines.map(machineTarget),
  ...single.map((name) => ({
    path: join(core, name),
    tests: [join(core, name.replace('canonical-content', 'subject-change').replace('.ts', '.test.ts'))],
  })),
].filter(({ path }) => wanted.length === 0 || wanted.some((word) => path.includes(word)))

let active
const plugin = {
  name: 'recon-mutant',
  enforce: 'pre',
  transform(_code, id) {
    return active !== undefined && id.split('?')[0] === active.path
      ? { code: mutated(active.text, active.mutant), map: null }
      : undefined
  },
}
async function start() {
  const made = await createVitest(
    {
      config: false,
      watch: false,
      fsModuleCache: false,
      root,
      include: ['packages/core/src/**/*.test.ts'],
      bail: 1,
      reporters: [{}],
      testTimeout: longest,
      maxWorkers: 1,
      pool: 'threads',
      teardownTimeout: 1000,
    },
    { plugins: [plugin], logLevel: 'silent' },
  )
  await made.standalone()
  return made
}
let vitest = await start()

/** Whether these tests pass on the source as it is now. A mutant that never comes to an end is noticed too. */
async function passes(path, tests) {
  vitest.invalidateFile(path)
  const late = new Promise((done) => setTimeout(done, longest, 'LATE').unref())
  const running = vitest.runTestSpecifications(await vitest.globTestSpecifications(tests), false)
  const result = await Promise.race([running.catch(() => 'LATE'), late])
  if (result === 'LATE') {
    await Promise.race([vitest.close(), new Promise((done) => setTimeout(done, 5000).unref())])
    vitest = await start()
    return false
  }
  const { testModules, unhandledErrors } = result
  return testModules.length > 0 && unhandledErrors.length === 0 && testModules.every((module) => module.ok())
}

/** The tests of the same name are asked first; the rest of the folder only when they notice nothing. */
async function survives({ path, text, tests }, mutant) {
  active = { path, text, mutant }
  const [own, ...others] = tests
  if (!(await passes(path, [own]))) return false
  return others.length === 0 || (await passes(path, others))
}

const survivors = []
let [killed, total] = [0, 0]
for (const target of targets) {
  target.text = readFileSync(target.path, 'utf8')
  active = undefined
  // A mutant of the file before may linger in modules that imported it: every file begins anew.
  await vitest.close()
  vitest = await start()
  if (!(await passes(target.path, target.tests)))
    throw new Error(`The tests of ${basename(target.path)} fail without a mutant.`)
  const mutants = mutantsOf(target.path, target.text).filter((_mutant, index) => index % every === 0)
  let own = 0
  for (const mutant of mutants) {
    total++
    if (await survives(target, mutant)) survivors.push({ file: basename(target.path), ...mutant })
    else {
      killed++
      own++
    }
    process.stderr.write(`\r${basename(target.path)} ${own}/${mutants.length}   `)
  }
  active = undefined
  vitest.invalidateFile(target.path)
  process.stderr.write('\n')
}
await vitest.close()
for (const { file, line, what } of survivors) console.log(`survived  ${file}:${line}  ${what}`)
const score = total === 0 ? 100 : (100 * killed) / total
console.log(`${killed} of ${total} mutants killed: ${score.toFixed(1)}%, asked are ${lowest}%.`)
if (process.env.MUTATION_REPORT)
  writeFileSync(process.env.MUTATION_REPORT, JSON.stringify({ killed, total, survivors }, null, 1))
process.exit(score < lowest ? 1 : 0)
