import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashUnits, KeyTable } from './key-table.ts'
import { SpellingTable, spellingRoom } from './spelling-table.ts'

const texts = fc.array(fc.string({ unit: fc.constantFrom('A', 'B', '0', '1', 'é'), maxLength: 5 }), { maxLength: 300 })

describe('a table of keys', () => {
  it('numbers distinct texts in the order they came, and finds them whole or as a part', () => {
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 3 }), (given, other) => {
        const table = new KeyTable()
        const distinct = [...new Set(given)]
        for (const text of given) expect(table.keys[table.add(text)]).toBe(text)
        expect(table.keys).toEqual(distinct)
        for (const [id, text] of distinct.entries()) {
          const units = Uint16Array.from(text, (letter) => letter.charCodeAt(0))
          const framed = `xy${text}z`
          expect([
            table.find(text),
            table.find(framed, 2, text.length + 2),
            table.findUnits(units, text.length),
          ]).toEqual([id, id, id])
        }
        expect(table.find(other)).toBe(distinct.indexOf(other))
      }),
    )
  })
})

describe('texts made to collide', () => {
  it('cost no more than others, and are told apart', () => {
    // Of many texts those whose hashes end alike, as a hostile sender would choose them.
    const colliding: string[] = []
    for (let number = 0; colliding.length < 3000; number++) {
      const text = `REF${number}`
      if ((hashUnits(text, 0, text.length) & 0xff) === 7) colliding.push(text)
    }
    const table = new KeyTable()
    for (const text of colliding) table.add(text)
    expect(table.keys).toEqual(colliding)
    expect(colliding.map((text) => table.find(text))).toEqual(colliding.map((_, id) => id))
    const units = Uint16Array.from('REF', (letter) => letter.charCodeAt(0))
    expect([table.find('REF'), table.findUnits(units, 3)]).toEqual([-1, -1])
    expect([table.add('REF'), table.findUnits(units, 3)]).toEqual([3000, 3000])
  })
})

describe('a table of spellings', () => {
  const fold = Uint16Array.from({ length: 65_536 }, (_, code) => (code === 65 ? 48 : code))
  const folded = (text: string) => text.replaceAll('A', '0')

  it('lists the keys filed under a part of a text, folded alike, in their order and at most twenty', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const keys = [...new Set(given)]
        const table = new SpellingTable(
          keys,
          (key) => ((keys[key] ?? '').length > 1 ? { from: 1, to: (keys[key] ?? '').length } : undefined),
          fold,
        )
        const room = spellingRoom()
        for (const text of keys) {
          const count = table.collect(`-${text}`, 1, text.length + 1, room)
          const expected = keys.flatMap((key, id) =>
            key.length > 1 && folded(key.slice(1)) === folded(text) ? [id] : [],
          )
          expect([...room.subarray(0, count)]).toEqual(expected.slice(0, 20))
        }
      }),
    )
  })
})
