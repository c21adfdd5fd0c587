import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const openCases = join(root, '..', 'shared', 'matchcases', 'open')
const folder = mkdtempSync(join(tmpdir(), 'matchcases-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(path: string) {
  const result = spawnSync(
    process.execPath,
    ['--conditions=recon-source', join(root, 'scripts/matchcases.mjs'), path],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  )
  return { ...result, last: result.stdout.trimEnd().split('\n').at(-1) }
}

const item = (id: string, amount: string, rest: object = {}) => ({
  id,
  amount,
  currency: 'USD',
  date: '2026-01-15',
  ...rest,
})
const testCase = (id: string, expected: object, rest: object = {}) => ({
  id,
  type: 'match',
  title: id,
  why: id,
  options: {},
  bank: [item('b1', '10.00', { reference: 'PAY-1' })],
  ledger: [item('l1', '10.00', { reference: 'PAY-1' })],
  expected,
  ...rest,
})
const link = { bank: ['b1'], ledger: ['l1'], kind: '1:1' }

describe('the case runner', () => {
  it('counts what passes and fails, opinions apart, and shows what came', () => {
    const cases = [
      testCase('right', { links: [{ ...link, auto: true }] }),
      testCase('wrong', { links: [], mustNotLink: [{ ...link, reason: 'not the same' }] }),
      testCase('opinion', { links: [], noAuto: ['b1'] }, { opinion: true, options: { rules: [] } }),
      testCase(
        'finer than cents',
        { links: [{ ...link, difference: '0.0005' }] },
        {
          bank: [item('b1', '10.0005')],
          options: { amountTolerance: { abs: '0.001' } },
        },
      ),
    ]
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ schemaVersion: 1, cases }))
    const { status, last, stdout } = run(folder)
    expect(last).toBe('3 passed, 1 failed (1 opinion)')
    expect(status).toBe(1)
    expect(stdout).toContain('FAIL  wrong')
    expect(stdout).toContain('AUTO b1=l1')
    expect(stdout).toContain('automatic links that hit mustNotLink or noAuto: 1')
  })

  it.skipIf(!existsSync(openCases))('passes every open case (skipped where ../shared/matchcases is absent)', () => {
    const { status, last } = run(openCases)
    expect(last).toMatch(/^\d+ passed, 0 failed \(\d+ opinion\)$/)
    expect(status).toBe(0)
  })
})
