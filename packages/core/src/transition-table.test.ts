import { describe, expect, it } from 'vitest'
import { defineMachine, type EventOf, possibleEvents, type StateOf, transition } from './transition-table.ts'

const door = defineMachine({
  name: 'door',
  about: 'A door.',
  initial: 'SHUT',
  states: { SHUT: 'Shut.', OPEN: 'Open.', GONE: 'Taken out.' },
  events: { open: 'Opened', shut: 'Shut', remove: 'Taken out' },
  table: { SHUT: { open: 'OPEN', remove: 'GONE' }, OPEN: { shut: 'SHUT' }, GONE: {} },
  guards: {
    open: [
      { fact: 'locked', must: 'BE_FALSE', code: 'LOCKED', says: 'Unlock it first.' },
      { fact: 'peopleInside', must: 'NOT_BE_EMPTY', code: 'NOBODY_INSIDE', says: 'Nobody is inside.' },
    ],
    remove: [{ fact: 'peopleInside', must: 'BE_EMPTY', code: 'SOMEBODY_INSIDE', says: 'Somebody is inside.' }],
  },
  effects: { open: [{ type: 'RING_BELL', times: 2 }] },
})
const state: StateOf<typeof door> = 'SHUT'
const event: EventOf<typeof door> = 'open'

describe('transition', () => {
  it('gives the next state and the effects as data', () => {
    expect(transition(door, state, event, { locked: false, peopleInside: ['ana'] })).toEqual({
      ok: true,
      value: { next: 'OPEN', effects: [{ type: 'RING_BELL', times: 2 }] },
    })
    expect(transition(door, 'OPEN', 'shut', { locked: true, peopleInside: [] })).toEqual({
      ok: true,
      value: { next: 'SHUT', effects: [] },
    })
  })

  it('refuses by the first guard that does not hold, naming the ids', () => {
    expect(transition(door, 'SHUT', 'open', { locked: true, peopleInside: [] })).toEqual({
      ok: false,
      refusal: { code: 'LOCKED', message: 'Unlock it first.' },
    })
    expect(transition(door, 'SHUT', 'open', { locked: false, peopleInside: [] })).toMatchObject({
      refusal: { code: 'NOBODY_INSIDE' },
    })
    expect(transition(door, 'SHUT', 'remove', { locked: false, peopleInside: ['ana', 'bo'] })).toEqual({
      ok: false,
      refusal: { code: 'SOMEBODY_INSIDE', message: 'Somebody is inside.', ids: ['ana', 'bo'] },
    })
  })

  it('takes no fact of another sort for true', () => {
    expect(transition(door, 'SHUT', 'open', { locked: [], peopleInside: ['ana'] })).toMatchObject({ ok: false })
    expect(transition(door, 'SHUT', 'open', { locked: false, peopleInside: true })).toMatchObject({ ok: false })
    expect(transition(door, 'SHUT', 'remove', { locked: false, peopleInside: false })).toMatchObject({ ok: false })
  })

  it('says what would be possible', () => {
    expect(transition(door, 'OPEN', 'open', { locked: false, peopleInside: [] })).toMatchObject({
      refusal: {
        code: 'EVENT_NOT_ALLOWED',
        message: 'door: "open" is not possible in OPEN. Possible there: shut.',
        details: { machine: 'door', state: 'OPEN', event: 'open', possible: ['shut'] },
      },
    })
    expect(transition(door, 'GONE', 'open', { locked: false, peopleInside: [] })).toMatchObject({
      refusal: { message: 'door: "open" is not possible in GONE. Possible there: nothing.' },
    })
    expect(possibleEvents(door, 'SHUT')).toEqual(['open', 'remove'])
    expect(possibleEvents(door, 'GONE')).toEqual([])
  })
})
