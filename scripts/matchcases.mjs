// Runs every match case of a folder (schema version 1) against the engine: pnpm matchcases <folder>
// Prints each failing case with what was expected and what came, then one line `N passed, N failed (M opinion)`.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { opinionSettings } from './matchcases/case-policy.mjs'
import { runCase } from './matchcases/run-case.mjs'

function caseFiles(path) {
  if (statSync(path).isFile()) return path.endsWith('.json') ? [path] : []
  return readdirSync(path)
    .sort()
    .flatMap((name) => caseFiles(join(path, name)))
}

/** An opinion that the stated settings do not reach is tried under each named setting of the policy; which one is printed. */
function judge(testCase) {
  const stated = runCase(testCase, {})
  if (stated.problems.length === 0 || !testCase.opinion) return stated
  for (const [name, setting] of Object.entries(opinionSettings)) {
    const tried = runCase(testCase, setting)
    if (tried.problems.length === 0) return { ...tried, reachedBy: name }
  }
  return stated
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('Usage: pnpm matchcases <folder>')
  process.exit(2)
}
const counts = { passed: 0, failed: 0, opinion: 0, dangerous: 0 }
for (const file of caseFiles(folder)) {
  const parsed = JSON.parse(readFileSync(file, 'utf8'))
  for (const testCase of parsed.cases ?? []) {
    let result
    try {
      result = judge(testCase)
    } catch (error) {
      result = { problems: [`threw ${error?.stack ?? error}`], came: [], dangerous: 0 }
    }
    counts.dangerous += result.dangerous
    if (testCase.opinion) counts.opinion++
    if (result.problems.length === 0) {
      counts.passed++
      if (result.reachedBy !== undefined) console.log(`ok    ${testCase.id} (opinion, reached by ${result.reachedBy})`)
      continue
    }
    counts.failed++
    console.log(`FAIL  ${testCase.id}${testCase.opinion ? ' (opinion)' : ''}: ${testCase.title}`)
    console.log(`      expected ${JSON.stringify(testCase.expected)}`)
    for (const problem of result.problems) console.log(`      ${problem}`)
    console.log(`      came     ${result.came.join('; ') || 'nothing'}`)
  }
}
console.log(`automatic links that hit mustNotLink or noAuto: ${counts.dangerous}`)
console.log(`${counts.passed} passed, ${counts.failed} failed (${counts.opinion} opinion)`)
process.exitCode = counts.failed > 0 ? 1 : 0
