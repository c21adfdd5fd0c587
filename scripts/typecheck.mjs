// Type-checks every package and example with the native TypeScript compiler.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const compiler = resolve(root, 'node_modules/typescript-native/bin/tsc')
const projects = ['packages', 'examples']
  .flatMap((folder) => readdirSync(resolve(root, folder)).map((name) => `${folder}/${name}`))
  .concat('scripts', '.storybook')
  .filter((folder) => existsSync(resolve(root, folder, 'tsconfig.json')))

let failed = false
for (const project of projects) {
  const answer = spawnSync(process.execPath, [compiler, '--noEmit', '-p', project], { cwd: root, encoding: 'utf8' })
  if (answer.status === 0) continue
  failed = true
  console.log(`${project}\n${answer.stdout}${answer.stderr}`)
}
console.log(failed ? 'type check failed' : `type check passed: ${projects.length} projects`)
process.exit(failed ? 1 : 0)
