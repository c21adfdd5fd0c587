import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { activityCatalogue } from '../packages/core/src/activity-catalogue.ts'

const server = resolve(import.meta.dirname, '../packages/server/src')
const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('testing'),
)

/** Texts like `import.stored` on a line that names an event: after `name`, or given to the writer of a run's events. */
function namesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /\bname( =|:)|runEvent\(/.test(line))
    .flatMap((line) => [...line.matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)].map((match) => match[1] ?? ''))
}

it('writes no activity event that is not in the catalogue', () => {
  const written = new Set(sources.flatMap((path) => namesIn(readFileSync(join(server, path), 'utf8'))))
  expect(written.size).toBeGreaterThan(15)
  expect([...written].filter((name) => !activityCatalogue.has(name))).toEqual([])
})
