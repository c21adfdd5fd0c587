import { expect, it } from 'vitest'
import { allow, andThen, type Decision, refuse } from './decision.ts'

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
