import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const systems = ['bookkeeping', 'cash-management', 'collections', 'payments-desk', 'treasury'] as const
const pages = [
  ...['systems', 'concepts'].flatMap((folder) =>
    readdirSync(join(root, 'docs', folder)).map((name) => `${folder}/${name}`),
  ),
  'guides/recipes.md',
]
/** The package whose imports a page's code may use. */
const packageOf = (page: string) => (page.startsWith('guides/') ? 'packages/server' : 'packages/core')

/** The code of a page as one module: `expression // => value` becomes an assertion that names its line. */
function moduleOf(page: string): { code: string; assertions: number } {
  let assertions = 0
  let inside = false
  const lines = page.split('\n').map((line, index) => {
    if (line.startsWith('```')) {
      inside = line === '```ts'
      return ''
    }
    if (!inside) return ''
    const at = line.lastIndexOf(' // => ')
    if (at < 0) return line
    assertions++
    const declared = /^(?:const|let) (\w+)/.exec(line)
    const expression = declared ? declared[1] : line.slice(0, at)
    const check = `deepEqual((${expression}), (${line.slice(at + 7)}), 'line ${index + 1}')`
    return declared ? `${line.slice(0, at)}; ${check}` : `;${check}`
  })
  return { code: `import { deepEqual } from 'node:assert/strict'\n${lines.join('\n')}`, assertions }
}

describe('the code of', () => {
  it.each(pages)(
    '%s does what it says',
    async (name) => {
      const { code, assertions } = moduleOf(readFileSync(join(root, 'docs', name), 'utf8'))
      expect(assertions).toBeGreaterThanOrEqual(name.startsWith('systems/') ? 10 : 2)
      const options = ['--conditions=recon-source', '--input-type=module-typescript', '--eval', code]
      const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: join(root, packageOf(name)) })
      expect(stdout).toBe('')
    },
    120_000,
  )

  it('every system is there', () => {
    expect(pages).toEqual(expect.arrayContaining(systems.map((name) => `systems/${name}.md`)))
  })
})
