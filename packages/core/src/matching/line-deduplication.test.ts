import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { buildBankLine } from '../testing/builders.ts'
import { defaultDeduplicationRules, findLineTwins, type ImportedLine } from './line-deduplication.ts'

type Given = Omit<ImportedLine, 'line'> & {
  date?: string
  name?: string
  amount?: string | null
  account?: string
  pending?: boolean
}

function imported(id: string, given: Given = {}): ImportedLine {
  const { date = '2026-04-05', name, amount = '-12.39', account = 'A1', pending = false, ...rest } = given
  const { amount: _amount, ...line } = buildBankLine({
    id,
    account,
    bookingDate: date,
    status: pending ? 'PENDING' : 'POSTED',
    ...(name === undefined ? {} : { counterparty: { name } }),
  })
  return { line: amount === null ? line : { ...line, amount: money(amount, 'USD') }, ...rest }
}

const twin = (fresh: Given, stored: Given) =>
  findLineTwins([imported('n1', fresh)], [imported('s1', stored)])[0]?.twin ?? 'NONE'

describe('a new line and a stored one', () => {
  it.each<[string, Given, Given, string]>([
    ['share the bank id', { bankId: '#1' }, { bankId: '#1' }, 'DUPLICATE'],
    ['share the bank id months apart', { bankId: '#1', date: '2026-09-01' }, { bankId: '#1' }, 'DUPLICATE'],
    ['have two ids of one feed', { bankId: '#1' }, { bankId: '#2' }, 'NONE'],
    ['have ids of two feeds', { bankId: '#1', feed: 'a' }, { bankId: '#2', feed: 'b' }, 'PRECISE'],
    ['agree on one day', {}, {}, 'PRECISE'],
    ['agree four days apart', { date: '2026-04-09' }, {}, 'IMPRECISE'],
    ['agree five days apart', { date: '2026-04-10' }, {}, 'NONE'],
    ['differ in amount', { amount: '-12.40' }, {}, 'NONE'],
    ['differ in sign', { amount: '12.39' }, {}, 'NONE'],
    ['differ in account', { account: 'A2' }, {}, 'NONE'],
    ['differ in payee', { name: 'Bakery' }, { name: 'Garage' }, 'NONE'],
    [
      'differ in running balance',
      { runningBalance: money('5.00', 'USD') },
      { runningBalance: money('6.00', 'USD') },
      'NONE',
    ],
    ['lack an amount', { amount: null }, {}, 'NONE'],
    ['are linked already', {}, { linked: true }, 'NONE'],
    ['are posted and pending', { bankId: 'x', date: '2026-04-07' }, { bankId: 'y', pending: true }, 'REPLACES'],
    [
      'point at each other',
      { pendingBankId: 'y', amount: '-15.00', date: '2026-04-30' },
      { bankId: 'y', pending: true },
      'REPLACES',
    ],
  ])('that %s', (_, fresh, stored, expected) => {
    expect(twin(fresh, stored)).toBe(expected)
  })

  it('are paired with the nearest in time, whatever the order', () => {
    const fresh = [imported('n1', { date: '2026-04-08' }), imported('n2', { date: '2026-04-05' })]
    for (const order of [fresh, [...fresh].reverse()]) {
      expect(findLineTwins(order, [imported('s1')])).toEqual([{ newId: 'n2', storedId: 's1', twin: 'PRECISE' }])
    }
  })

  it('may be held to the window although the ids agree', () => {
    const rules = { ...defaultDeduplicationRules, idBeyondWindow: false }
    expect(
      findLineTwins([imported('n1', { bankId: '#1', date: '2026-09-01' })], [imported('s1', { bankId: '#1' })], rules),
    ).toEqual([])
  })
})
