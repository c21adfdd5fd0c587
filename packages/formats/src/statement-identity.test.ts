import { describe, expect, it } from 'vitest'
import { LineIdentities, type LineIdentity, StatementIdentities } from './statement-identity.ts'

const line: LineIdentity = {
  account: '1',
  currency: 'USD',
  bookingDate: '2026-11-20',
  amount: '10.00',
  code: '195',
  content: 'text',
}

describe('LineIdentities', () => {
  it('depends on content alone, and numbers twins', () => {
    const first = new LineIdentities()
    const second = new LineIdentities()
    const id = first.idFor(line)
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(first.idFor(line)).toBe(`${id}-2`)
    expect(first.idFor(line)).toBe(`${id}-3`)
    expect(second.idFor({ ...line, amount: '11.00' })).not.toBe(id)
    expect(second.idFor(line)).toBe(id)
  })

  it.each([
    ['account', { account: '2' }],
    ['currency', { currency: 'EUR' }],
    ['date', { bookingDate: '2026-11-21' }],
    ['code', { code: '495' }],
    ['status', { status: 'PENDING' }],
    ['content', { content: 'other' }],
  ])('differs by %s', (_, change) => {
    expect(new LineIdentities().idFor({ ...line, ...change })).not.toBe(new LineIdentities().idFor(line))
  })

  it('lets a telling bank reference stand for the text, and no other', () => {
    const idOf = (bankReference: string, content: string) =>
      new LineIdentities().idFor({ ...line, bankReference, content })
    expect(idOf('FT26112000017', 'a')).toBe(idOf('FT26112000017', 'b'))
    expect(idOf('000000', 'a')).not.toBe(idOf('000000', 'b'))
    expect(idOf('12', 'a')).not.toBe(idOf('12', 'b'))
  })

  it('keeps a hundred thousand lines apart', () => {
    const identities = new LineIdentities()
    const ids = new Set<string>()
    for (let index = 0; index < 100_000; index++)
      ids.add(identities.idFor({ ...line, content: `line ${index % 50_000}` }))
    expect(ids.size).toBe(100_000)
  })
})

describe('StatementIdentities', () => {
  it('tells apart what the bank numbers alike', () => {
    const identities = new StatementIdentities()
    const first = identities.idFor(['bai2', '1', undefined])
    expect(identities.idFor(['bai2', '1', undefined])).toEqual({ id: `${first.id}-2`, occurrence: 2 })
    expect(identities.idFor(['bai2', '2', undefined]).occurrence).toBe(1)
  })
})
