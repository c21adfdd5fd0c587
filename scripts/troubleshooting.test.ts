import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { problemStatus } from '../packages/client/src/problem.ts'
import { reconErrorCodes } from '../packages/core/src/recon-error.ts'

it('explains every error code with its status, and whether to try again', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../docs/guides/troubleshooting.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (yes|no) \| (.+) \| (.+) \|$/gm)]
  const said = Object.fromEntries(rows.map(([, code, status, again]) => [code, `${status} ${again}`]))
  const retryable = { REFUSED: { retryable: false }, ...reconErrorCodes }
  const known = Object.entries(problemStatus).map(([code, status]) => [
    code,
    `${status} ${retryable[code as keyof typeof retryable].retryable ? 'yes' : 'no'}`,
  ])
  expect(said).toEqual(Object.fromEntries(known))
})
