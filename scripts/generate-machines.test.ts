import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { eventsDocument, machinesDocument } from './generate-machines.mjs'

const page = (name: string) => readFileSync(resolve(import.meta.dirname, '../docs', name), 'utf8')

it('keeps docs/machines.md true to the transition tables', () => {
  expect(page('machines.md')).toBe(machinesDocument())
})

it('keeps docs/events.md true to the catalogues', () => {
  expect(page('events.md')).toBe(eventsDocument())
})
