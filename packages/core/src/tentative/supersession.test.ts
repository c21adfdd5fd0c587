import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildBankLine } from '../testing/builders.ts'
import { migrateLinks, type Supersession, supersedeLine, withdrawUnposted } from './supersession.ts'

const usd = (amount: string) => money(amount, 'USD')
const pending = buildBankLine({ id: 'p1', status: 'PENDING', amount: usd('-410.22'), bookingDate: '2026-08-31' })
const posted = buildBankLine({ id: 'd1', amount: usd('-410.22'), bookingDate: '2026-09-01' })
function superseded(first = pending, second = posted): Supersession {
  const done = supersedeLine(first, second)
  if (!done.ok) throw new Error(done.refusal.code)
  return done.value
}

describe('supersedeLine', () => {
  it('keeps both lines: the pending one superseded, the posted one pointing back', () => {
    expect(superseded()).toEqual({
      superseded: { ...pending, status: 'SUPERSEDED' },
      successor: { ...posted, supersedes: 'p1' },
      amountChange: usd('0.00'),
      carries: true,
    })
  })

  it('does not carry a changed amount over, and compares no currencies', () => {
    expect(superseded(pending, { ...posted, amount: usd('-431.22') })).toMatchObject({
      amountChange: usd('-21.00'),
      carries: false,
    })
    const euro = superseded(pending, { ...posted, amount: money('-410.22', 'EUR') })
    expect(euro.carries).toBe(false)
    expect(euro).not.toHaveProperty('amountChange')
  })

  it('takes a line that was withdrawn too early', () => {
    expect(superseded({ ...pending, status: 'WITHDRAWN' }).superseded.status).toBe('SUPERSEDED')
    expect(superseded(pending, { ...posted, bookingDate: '2026-08-24' }).carries).toBe(true)
  })

  it.each([
    ['itself', pending, { ...posted, id: 'p1' }, 'SAME_LINE'],
    ['by a pending line', pending, { ...posted, status: 'PENDING' as const }, 'SUCCESSOR_NOT_POSTED'],
    ['by a line of another account', pending, { ...posted, account: 'ACC-2' }, 'ACCOUNT_DIFFERS'],
    ['by a line much older', pending, { ...posted, bookingDate: '2026-08-23' }, 'DATE_OUT_OF_ORDER'],
    ['when it is posted', { ...pending, status: 'POSTED' as const }, posted, 'NOT_SUPERSEDABLE'],
    ['twice', { ...pending, status: 'SUPERSEDED' as const }, posted, 'NOT_SUPERSEDABLE'],
  ])('does not replace a line %s', (_what, first, second, code) => {
    expect(supersedeLine(first, second)).toMatchObject({ ok: false, refusal: { code, ids: [first.id, second.id] } })
  })
})

describe('migrateLinks', () => {
  it('moves links to the successors, says which amounts changed, and leaves the others', () => {
    const changed = superseded({ ...pending, id: 'p2' }, { ...posted, id: 'd2', amount: usd('-500.00') })
    const links = [
      { bankLineIds: ['p1'], bookEntryIds: ['e1'] },
      { bankLineIds: ['p2', 'p1'], bookEntryIds: ['e2'] },
      { bankLineIds: ['other'], bookEntryIds: ['e3'] },
    ]
    expect(migrateLinks(links, [superseded(), changed])).toEqual([
      { link: { bankLineIds: ['d1'], bookEntryIds: ['e1'] }, migrated: true, changedLineIds: [] },
      { link: { bankLineIds: ['d1', 'd2'], bookEntryIds: ['e2'] }, migrated: true, changedLineIds: ['d2'] },
      { link: links[2], migrated: false, changedLineIds: [] },
    ])
  })
})

describe('withdrawUnposted', () => {
  it('withdraws what did not post within the window, that day included', () => {
    const lines = [pending, { ...pending, id: 'p2', bookingDate: '2026-09-02' }, posted]
    const withdrawn = withdrawUnposted(lines, '2026-09-15', 14)
    expect(withdrawn).toEqual({ ok: true, value: [{ ...pending, status: 'WITHDRAWN' }] })
    expect(withdrawUnposted(lines, '2026-09-14', 14)).toEqual({ ok: true, value: [] })
  })

  it.each([-1, 61, 1.5])('refuses a window of %s days', (days) => {
    expect(withdrawUnposted([], '2026-09-15', days)).toMatchObject({ refusal: { code: 'WINDOW_INVALID' } })
  })
})
