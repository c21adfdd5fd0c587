import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CharsetDecoder } from './charset-decoder.ts'

function decode(pieces: readonly Uint8Array[], declared?: string): { text: string; charset: string } {
  const decoder = new CharsetDecoder(declared)
  const text = pieces.map((piece) => decoder.write(piece)).join('') + decoder.end()
  return { text, charset: decoder.charset }
}

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('CharsetDecoder', () => {
  it.each([
    ['plain text', utf8('abc'), 'abc', 'utf-8'],
    ['two letters', utf8('ab'), 'ab', 'utf-8'],
    ['nothing', utf8(''), '', 'utf-8'],
    ['UTF-8 with a mark', utf8('\ufeffä€😀'), 'ä€😀', 'utf-8'],
    ['Windows-1252', Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x80), 'Müll€', 'windows-1252'],
    ['UTF-16 little endian', Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0xe4, 0x00), 'Aä', 'utf-16le'],
    ['UTF-16 big endian', Uint8Array.of(0xfe, 0xff, 0x00, 0x41, 0x00, 0xe4), 'Aä', 'utf-16be'],
    ['a cut UTF-8 letter', Uint8Array.of(0x41, 0x42, 0x43, 0xc3), 'ABCÃ', 'windows-1252'],
  ])('reads %s', (_, bytes, text, charset) => {
    expect(decode([bytes])).toEqual({ text, charset })
  })

  it('follows a declared charset', () => {
    expect(decode([Uint8Array.of(0xb1, 0xea)], 'iso-8859-2').text).toBe('ąę')
  })

  it('reads the same text wherever the bytes are cut', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }).map(utf8),
      fc
        .tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 5 }))
        .map(([text, bytes]) => Uint8Array.from([...utf8(text), ...bytes])),
    )
    fc.assert(
      fc.property(anything, fc.array(fc.nat(60), { maxLength: 6 }), (bytes, cuts) => {
        const ends = cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b)
        const pieces = [0, ...ends].map((start, index) => bytes.slice(start, ends[index] ?? bytes.length))
        expect(decode(pieces)).toEqual(decode([bytes]))
      }),
      { numRuns: 500 },
    )
  })

  it('reads sound UTF-8 as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decode([utf8(text)]).text).toBe(new TextDecoder().decode(utf8(text)))
      }),
    )
  })
})
