import { describe, expect, it } from 'vitest'
import { defineMachine, type EventOf, type Fact, possibleEvents, type StateOf, transition } from './transition-table.ts'

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

  it('refuses by the first guard that does not hold, naming the ids, and says which others do not', () => {
    expect(transition(door, 'SHUT', 'open', { locked: true, peopleInside: [] })).toEqual({
      ok: false,
      refusal: {
        code: 'LOCKED',
        message: 'Unlock it first.',
        details: { also: [{ code: 'NOBODY_INSIDE', message: 'Nobody is inside.' }] },
      },
    })
    const nobody = transition(door, 'SHUT', 'open', { locked: false, peopleInside: [] })
    expect(nobody).toEqual({ ok: false, refusal: { code: 'NOBODY_INSIDE', message: 'Nobody is inside.' } })
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

const gate = defineMachine({
  name: 'gate',
  about: 'A gate with one guard of each kind.',
  initial: 'closed',
  states: { closed: 'Nobody passes.', open: 'Everybody does.' },
  events: { pay: 'Paid', free: 'Nothing owed', calm: 'Nobody waits', crowd: 'Somebody waits' },
  table: { closed: { pay: 'open', free: 'open', calm: 'open', crowd: 'open' }, open: {} },
  guards: {
    pay: [{ fact: 'paid', must: 'BE_TRUE', code: 'UNPAID', says: 'Pay first.' }],
    free: [{ fact: 'owes', must: 'BE_FALSE', code: 'OWES', says: 'Something is owed.' }],
    calm: [{ fact: 'waiting', must: 'BE_EMPTY', code: 'WAITING', says: 'Somebody waits.' }],
    crowd: [{ fact: 'waiting', must: 'NOT_BE_EMPTY', code: 'NOBODY', says: 'Nobody waits.' }],
  },
})
const facts = { paid: true, owes: false, waiting: [] as Fact }

describe('a refused transition', () => {
  it('refuses a state it does not know, by name, shortened', () => {
    const state = JSON.parse(`"${'x'.repeat(80)}"`)
    expect(transition(gate, state, 'pay', facts)).toEqual({
      ok: false,
      refusal: { code: 'STATE_UNKNOWN', message: `"${'x'.repeat(60)}" is not a state of gate.` },
    })
  })

  it('refuses an event it does not know, by name, shortened', () => {
    const event = JSON.parse(`"${'y'.repeat(80)}"`)
    expect(transition(gate, 'closed', event, facts)).toEqual({
      ok: false,
      refusal: { code: 'EVENT_UNKNOWN', message: `"${'y'.repeat(60)}" is not an event of gate.` },
    })
  })

  it.each<[string, 'pay' | 'free' | 'calm' | 'crowd', Partial<Record<'paid' | 'owes' | 'waiting', Fact>>, boolean]>([
    ['true where it must be', 'pay', { paid: true }, true],
    ['false where it must be true', 'pay', { paid: false }, false],
    ['missing where it must be true', 'pay', {}, false],
    ['false where it must be', 'free', { owes: false }, true],
    ['true where it must be false', 'free', { owes: true }, false],
    ['missing where it must be false', 'free', {}, false],
    ['an empty list where it must be', 'calm', { waiting: [] }, true],
    ['a full list where it must be empty', 'calm', { waiting: ['ann'] }, false],
    ['missing where it must be empty', 'calm', {}, false],
    ['a full list where it must be', 'crowd', { waiting: ['ann'] }, true],
    ['an empty list where it must not be', 'crowd', { waiting: [] }, false],
  ])('takes a fact that is %s', (_what, event, given, ok) => {
    expect(transition(gate, 'closed', event, given as typeof facts).ok).toBe(ok)
  })

  it('names what stands in the way, and names nothing where nothing does', () => {
    expect(transition(gate, 'closed', 'calm', { ...facts, waiting: ['ann', 'bob'] })).toMatchObject({
      refusal: { code: 'WAITING', ids: ['ann', 'bob'] },
    })
    const unpaid = transition(gate, 'closed', 'pay', { ...facts, paid: false })
    expect(unpaid.ok ? null : unpaid.refusal).toEqual({ code: 'UNPAID', message: 'Pay first.' })
  })
})
