import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBytes, decodeCharset } from './charset-decoder.ts'

const utf16 = (text: string, little: boolean, mark: boolean) => {
  const bytes: number[] = mark ? (little ? [0xff, 0xfe] : [0xfe, 0xff]) : []
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    bytes.push(...(little ? [code & 255, code >> 8] : [code >> 8, code & 255]))
  }
  return Uint8Array.from(bytes)
}
const text = 'Datum;Betrag\n02.03.2026;Zürich\n'

test.each([
  ['plain UTF-8', new TextEncoder().encode(text), 'utf-8', 'VALID_UTF8'],
  [
    'UTF-8 with a mark',
    Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]),
    'utf-8',
    'BYTE_ORDER_MARK',
  ],
  ['windows-1252', Uint8Array.from(text, (char) => char.charCodeAt(0)), 'windows-1252', 'NOT_UTF8'],
  ['UTF-16LE with a mark', utf16(text, true, true), 'utf-16le', 'BYTE_ORDER_MARK'],
  ['UTF-16BE with a mark', utf16(text, false, true), 'utf-16be', 'BYTE_ORDER_MARK'],
  ['UTF-16LE without', utf16(text, true, false), 'utf-16le', 'ZERO_BYTES'],
  ['UTF-16BE without', utf16(text, false, false), 'utf-16be', 'ZERO_BYTES'],
])('%s', (_, bytes, charset, reason) => {
  expect(decodeBytes(bytes)).toEqual({ text, finding: { charset, reason, mixed: false } })
})

test('UTF-8 with stray bytes is told from windows-1252', () => {
  const mixed = Uint8Array.from([...new TextEncoder().encode('é'), 0xe9, 65])
  expect(decodeBytes(mixed)).toEqual({
    text: 'é\ufffdA',
    finding: { charset: 'utf-8', reason: 'VALID_UTF8', mixed: true },
  })
})

test('a declared charset is taken at its word, an unknown one refused', () => {
  expect(decodeBytes(Uint8Array.from([0x82, 0xa0]), 'shift_jis').text).toBe('あ')
  expect(() => decodeBytes(new Uint8Array(), 'klingon')).toThrowError('klingon')
})

test('where the pieces end changes nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), fc.array(fc.nat(700), { maxLength: 6 }), (bytes, cuts) => {
      const whole = decodeBytes(bytes)
      const decoding = decodeCharset()
      let parts = ''
      let from = 0
      for (const cut of [...cuts.filter((at) => at <= bytes.length).sort((a, b) => a - b), bytes.length]) {
        parts += decoding.push(bytes.subarray(from, cut))
        from = cut
      }
      parts += decoding.finish()
      expect({ text: parts, finding: decoding.finding() }).toEqual(whole)
    }),
    { numRuns: 500 },
  )
})
