import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-content.ts'
import { recordBirth, recordChange, replaySubject, type Subject, wrongMoment } from './subject-change.ts'

interface Lamp extends Subject {
  readonly on: boolean
  readonly shade?: { readonly colour: string }
}
const lamp: Lamp = { id: 'lamp-1', version: 4, on: false, shade: { colour: 'red' } }
const note = { name: 'lamp.changed', kind: 'lamp', actorId: 'ana', at: '2026-11-21T09:00:00Z' }

describe('recordChange', () => {
  it('writes only what changed, and null for what went', () => {
    const { shade: _shade, ...bare } = lamp
    const change = recordChange(
      lamp,
      { ...bare, on: true },
      { ...note, about: { why: 'dark' }, effects: [{ type: 'HUM' }] },
    )
    expect(change).toEqual({
      subject: { id: 'lamp-1', version: 5, on: true },
      events: [
        {
          name: 'lamp.changed',
          at: note.at,
          actorId: 'ana',
          subject: { kind: 'lamp', id: 'lamp-1' },
          version: 5,
          data: { changes: { on: true, shade: null }, about: { why: 'dark' } },
        },
      ],
      effects: [{ type: 'HUM' }],
    })
    expect(recordChange(lamp, { ...lamp, shade: { colour: 'red' } }, note).events[0]?.data).toEqual({ changes: {} })
    expect(recordChange({ ...bare }, lamp, note).events[0]?.data.changes).toEqual({ shade: { colour: 'red' } })
    expect(recordChange(lamp, lamp, note).effects).toEqual([])
  })

  it('is undone by nothing and replayed in order only', () => {
    const first = recordChange(lamp, { ...lamp, on: true }, note)
    const second = recordChange(first.subject, { ...first.subject, on: false }, note)
    const events = [...first.events, ...second.events]
    expect(replaySubject(lamp, events)).toEqual({ ok: true, value: { ...lamp, version: 6 } })
    const bare = recordChange(lamp, { id: lamp.id, version: lamp.version, on: true }, note)
    const rebuilt = replaySubject(lamp, bare.events)
    expect(rebuilt.ok && 'shade' in rebuilt.value).toBe(false)
    expect(replaySubject(lamp, second.events)).toMatchObject({
      refusal: { code: 'HISTORY_BROKEN', message: 'Event 6 does not follow from version 4.', ids: ['lamp-1'] },
    })
    expect(replaySubject({ ...lamp, id: 'lamp-2' }, first.events)).toMatchObject({ ok: false })
  })
})

describe('recordBirth', () => {
  it('writes every field but the version and what no log may hold', () => {
    const key = { ...lamp, version: 1, hash: 'abc', note: undefined }
    expect(recordBirth(key, note, ['hash'])).toEqual({
      subject: key,
      events: [
        {
          name: 'lamp.changed',
          at: note.at,
          actorId: 'ana',
          subject: { kind: 'lamp', id: 'lamp-1' },
          version: 1,
          data: { changes: { id: 'lamp-1', on: false, shade: { colour: 'red' } } },
        },
      ],
      effects: [],
    })
    const born = recordBirth({ ...lamp, version: 1 }, { ...note, effects: [{ type: 'HUM' }] })
    expect(born.effects).toEqual([{ type: 'HUM' }])
    expect(replaySubject({ id: 'lamp-1', version: 0 } as Lamp, born.events)).toEqual({ ok: true, value: born.subject })
  })
})

describe('wrongMoment', () => {
  it('is null for real moments, and says which is none', () => {
    expect(wrongMoment(note.at, '2026-11-21T09:00:00.5Z')).toBeNull()
    expect(wrongMoment(note.at, '2026-02-30T00:00:00Z')).toMatchObject({
      code: 'DATE_INVALID',
      message: expect.stringContaining('2026-02-30'),
    })
  })
})

describe('canonicalJson', () => {
  it('is the same text for the same value, whatever the order of its keys', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x"\n'], c: { z: undefined, y: {} } })).toBe(
      '{"a":[true,null,"x\\"\\n"],"b":1,"c":{"y":{}}}',
    )
    expect(canonicalJson([undefined, 1])).toBe('[null,1]')
    expect(canonicalJson(null)).toBe('null')
    expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }))
  })
})
