import { expect, it } from 'vitest'
import { strictJson } from './strict-json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it.each(['{"a":1,"b":[{"a":2},{"a":3}]}', '[]', '"x"', '{"a":"{\\"a\\":1,\\"a\\":2}"}', '{"a":{"b":1},"b":{"a":1}}'])(
  'reads %s as JSON.parse does',
  (text) => {
    expect(strictJson(bytes(text))).toEqual(JSON.parse(text))
  },
)

it.each([
  ['a duplicate key', '{"amount":"1.00","amount":"100.00"}'],
  ['a duplicate key behind an escape', '{"a":1,"\\u0061":2}'],
  ['a prototype key', '{"__proto__":{"role":"ADMIN"}}'],
  ['a nested prototype key', '{"a":[{"__proto__":1}]}'],
  ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['text that is no JSON', '{"a":}'],
  ['a string without end', '{"a":"b'],
])('refuses %s', (_name, text) => {
  expect(() => strictJson(bytes(text))).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
})

it('refuses bytes that are not UTF-8', () => {
  expect(() => strictJson(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID' }),
  )
})
