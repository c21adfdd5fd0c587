import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machines } from './machine-catalogue.ts'
import { presets } from './presets/presets.ts'
import { type Fact, type Guard, type Machine, possibleEvents, transition } from './transition-table.ts'

/** Facts under which every guard of the event holds. */
function goodFacts(machine: Machine, event: string): Record<string, Fact> {
  const guards = machine.guards?.[event] ?? []
  return Object.fromEntries(guards.map((guard) => [guard.fact, factFor(guard, true)]))
}

function factFor(guard: Guard, holds: boolean): Fact {
  if (guard.must === 'BE_TRUE' || guard.must === 'BE_FALSE') return (guard.must === 'BE_TRUE') === holds
  return (guard.must === 'BE_EMPTY') === holds ? [] : ['record-7']
}

function reachable(machine: Machine): Set<string> {
  const found = new Set<string>([machine.initial, ...(machine.alsoInitial ?? [])])
  for (const state of found) for (const next of Object.values(machine.table[state] ?? {})) if (next) found.add(next)
  return found
}

describe.each(machines.map((machine) => [machine.name, machine] as const))('%s', (_name, machine) => {
  const states = Object.keys(machine.states)
  const events = Object.keys(machine.events)

  it('reaches every state, uses every event, and names nothing that is not there', () => {
    expect([...reachable(machine)].sort()).toEqual([...states].sort())
    expect(Object.keys(machine.table).sort()).toEqual([...states].sort())
    const used = new Set(states.flatMap((state) => Object.keys(machine.table[state] ?? {})))
    expect([...used].sort()).toEqual([...events].sort())
    for (const event of [...Object.keys(machine.guards ?? {}), ...Object.keys(machine.effects ?? {})]) {
      expect(events).toContain(event)
    }
  })

  it.each(states.flatMap((state) => events.map((event) => [state, event] as const)))(
    'in %s answers %s by the table',
    (state, event) => {
      const next = machine.table[state]?.[event]
      const answer = transition(machine, state, event, goodFacts(machine, event))
      expect(possibleEvents(machine, state).includes(event)).toBe(next !== undefined)
      if (next === undefined) {
        expect(answer).toMatchObject({ ok: false, refusal: { code: 'EVENT_NOT_ALLOWED', details: { state, event } } })
        return
      }
      expect(answer).toEqual({ ok: true, value: { next, effects: machine.effects?.[event] ?? [] } })
      for (const guard of machine.guards?.[event] ?? []) {
        const facts = { ...goodFacts(machine, event), [guard.fact]: factFor(guard, false) }
        const refusal = { code: guard.code, message: guard.says }
        const ids = guard.must === 'BE_EMPTY' ? { ids: ['record-7'] } : {}
        expect(transition(machine, state, event, facts)).toEqual({ ok: false, refusal: { ...refusal, ...ids } })
        const { [guard.fact]: _left, ...without } = goodFacts(machine, event)
        expect(transition(machine, state, event, without)).toEqual({ ok: false, refusal })
      }
    },
  )

  it('refuses states and events it does not know, also hostile ones', () => {
    for (const name of ['', 'NOPE', '__proto__', 'constructor', 'toString']) {
      expect(transition(machine, name, events[0] ?? '', {})).toMatchObject({ refusal: { code: 'STATE_UNKNOWN' } })
      expect(transition(machine, machine.initial, name, {})).toMatchObject({ refusal: { code: 'EVENT_UNKNOWN' } })
    }
  })

  it('stays inside its states whatever happens, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), fc.boolean(), (history, holds) => {
        let state: string = machine.initial
        for (const event of history) {
          const answer = transition(machine, state, event, holds ? goodFacts(machine, event) : {})
          if (answer.ok) state = answer.value.next
          expect(states).toContain(state)
        }
      }),
      { numRuns: 50 },
    )
  })
})

it('has names of its own, and every preset names machines that exist', () => {
  const names = machines.map((machine) => machine.name)
  expect(new Set(names).size).toBe(names.length)
  for (const preset of Object.values(presets)) for (const machine of preset.machines) expect(names).toContain(machine)
})
