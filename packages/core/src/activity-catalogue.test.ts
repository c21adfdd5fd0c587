import { describe, expect, it } from 'vitest'
import { activityCatalogue } from './activity-catalogue.ts'
import { subjectExamples } from './activity-examples.ts'
import { placementEventNames } from './collections/placement-actions.ts'
import { effectCatalogue } from './effect-catalogue.ts'
import { machineActivity } from './machine-activity.ts'
import { machines } from './machine-catalogue.ts'
import { unreconciledItemEventNames } from './portal/unreconciled-item.ts'
import { runEventNames } from './review/reconciliation-run.ts'
import { uncataloguedEffects } from './testing/uncatalogued-effects.ts'
import { webhookCatalogue } from './webhook-catalogue.ts'

describe('activityCatalogue', () => {
  it.each([...activityCatalogue.values()].map((entry) => [entry.name, entry] as const))(
    '%s fits its schema',
    (_name, entry) => {
      expect(entry.schema.parse(entry.example)).toEqual(entry.example)
      expect(entry.about).toMatch(/\.$/)
      const stray: unknown[] = [
        { ...entry.example, stray: 1 },
        { ...entry.example, name: 'other' },
        { ...entry.example, at: '2026-02-30T00:00:00Z' },
        { ...entry.example, version: 0 },
        entry.byHost ? 'no event' : { ...entry.example, data: { ...(entry.example.data as object), stray: 1 } },
      ]
      for (const wrong of stray) expect(entry.schema.safeParse(wrong).success).toBe(false)
    },
  )

  it('has every name the rules write, and no example of an event that is not there', () => {
    const written = [runEventNames, unreconciledItemEventNames, placementEventNames].flatMap((names) =>
      Object.values(names),
    )
    for (const name of [...written, ...Object.keys(subjectExamples)]) expect(activityCatalogue.has(name)).toBe(true)
  })
})

describe('machineActivity', () => {
  it('says of every event of every machine how it is logged, by names of the catalogue', () => {
    expect(Object.keys(machineActivity).sort()).toEqual(machines.map((machine) => machine.name).sort())
    for (const machine of machines) {
      const logged = machineActivity[machine.name] ?? {}
      expect(Object.keys(logged).sort(), machine.name).toEqual(Object.keys(machine.events).sort())
      for (const name of Object.values(logged).flat()) expect(activityCatalogue.has(name), name).toBe(true)
    }
  })

  it('leaves no name of the catalogue without a machine, births and settings aside', () => {
    const logged = new Set(Object.values(machineActivity).flatMap((events) => Object.values(events).flat()))
    const births = ['sent', 'issued', 'started', 'queued', 'told', 'minted', 'created', 'settings_changed', 'overdue']
    for (const [name, { byHost }] of activityCatalogue) {
      if (byHost) continue
      expect(logged.has(name) || births.some((word) => name.endsWith(word)), name).toBe(true)
    }
  })
})

describe('effectCatalogue', () => {
  it.each([...effectCatalogue.values()].map((entry) => [entry.type, entry] as const))(
    '%s fits its schema',
    (_t, entry) => {
      expect(entry.schema.parse(entry.example)).toEqual(entry.example)
      expect(entry.schema.safeParse({ ...entry.example, stray: 1 }).success).toBe(false)
      expect(entry.about).toMatch(/\.$/)
    },
  )

  it('has every effect of every machine', () => {
    for (const machine of machines) {
      const effects = Object.values(machine.effects ?? {}).flatMap((list) => list ?? [])
      expect(uncataloguedEffects(effects), machine.name).toEqual([])
    }
    expect(uncataloguedEffects([{ type: 'DANCE' }, { type: 'FETCH_NOW', why: 1 }])).toHaveLength(2)
  })
})

describe('webhookCatalogue', () => {
  it.each(webhookCatalogue.map((entry) => [`${entry.topic} ${entry.event}`, entry] as const))(
    '%s fits its schema',
    (_name, entry) => {
      expect(entry.schema.parse(entry.example)).toEqual(entry.example)
      expect(entry.schema.safeParse({ ...entry.example, stray: 1 }).success).toBe(false)
    },
  )

  it('has every event once, and every one a machine emits', () => {
    const names = webhookCatalogue.map((entry) => `${entry.topic} ${entry.event}`)
    expect(new Set(names).size).toBe(names.length)
    const emitted = machines
      .flatMap((machine) => Object.values(machine.effects ?? {}).flatMap((effects) => effects ?? []))
      .filter((effect) => effect.type === 'EMIT_WEBHOOK')
      .map((effect) => effect.event)
    expect(emitted.length).toBeGreaterThan(4)
    for (const event of emitted) expect(webhookCatalogue.map((entry) => entry.event)).toContain(event)
  })
})
