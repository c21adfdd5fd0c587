import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { machinesDocument } from './generate-machines.mjs'

it('keeps docs/machines.md true to the transition tables', () => {
  expect(readFileSync(resolve(import.meta.dirname, '../docs/machines.md'), 'utf8')).toBe(machinesDocument())
})
