import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = resolve(fileURLToPath(import.meta.url), '../../../../..')
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')
const rows = read('docs/reliability.md')
  .split('\n')
  .flatMap((line) => {
    const [, id, outcome, path] = /^\| ([A-D]\d+) \| (.+) \| `([^`]+)` \|$/.exec(line) ?? []
    return id === undefined || outcome === undefined || path === undefined ? [] : [{ id, outcome, path }]
  })
const wanted = [
  ...[1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 23, 24].map((number) => `A${number}`),
  ...[1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19].map((number) => `B${number}`),
  ...[1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 16, 17].map((number) => `D${number}`),
]

it('has a row for every case of links, jobs and webhooks, once', () => {
  const ids = rows.map((row) => row.id)
  expect(ids.filter((id) => !id.startsWith('C')).sort()).toEqual([...wanted].sort())
  expect(new Set(ids).size).toBe(ids.length)
})

it.each(rows.map((row) => [row.id, row] as const))('%s is named by a test of its file', (id, { path }) => {
  expect(existsSync(resolve(root, path))).toBe(true)
  // In the name of a test, in parentheses, alone or in a list: `(B7, B8)`.
  expect(read(path)).toMatch(new RegExp(`\\((?:[A-Z]\\d+, )*${id}(?:, [A-Z]\\d+)*\\)`))
})
