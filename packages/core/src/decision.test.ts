import { describe, expect, it } from 'vitest'
import { allow, andThen, type Decision, named, naming, refuse } from './decision.ts'

it('goes on with a value and stops at a refusal', () => {
  const half = (value: number): Decision<number, 'ODD'> => (value % 2 === 0 ? allow(value / 2) : refuse('ODD', 'odd'))
  expect(andThen(half(12), half)).toEqual({ ok: true, value: 3 })
  expect(andThen(half(6), half)).toEqual({ ok: false, refusal: { code: 'ODD', message: 'odd' } })
  expect(andThen(half(5), () => expect.unreachable())).toMatchObject({ refusal: { code: 'ODD' } })
  expect(refuse('ODD', 'odd', { ids: ['a'] })).toEqual({
    ok: false,
    refusal: { code: 'ODD', message: 'odd', ids: ['a'] },
  })
})

describe('named', () => {
  it('names the record a refusal is about, unless it names what stands in the way', () => {
    expect(named(refuse('CLOSED', 'It is closed.').refusal, 'run-1')).toEqual({
      code: 'CLOSED',
      message: 'It is closed.',
      ids: ['run-1'],
    })
    expect(naming(refuse('OPEN', 'Items are open.', { ids: ['item-1'] }), 'run-1')).toMatchObject({
      ok: false,
      refusal: { ids: ['item-1'] },
    })
    expect(naming(allow(1), 'run-1')).toEqual({ ok: true, value: 1 })
  })
})
