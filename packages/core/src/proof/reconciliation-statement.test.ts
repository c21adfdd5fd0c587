import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits, money, sumMoney } from '../money/money.ts'
import { differenceCauseCodes } from './difference-causes.ts'
import {
  type ReconciliationStatementRequest,
  type ReconcilingItem,
  reconciliationStatement,
  reconcilingKinds,
} from './reconciliation-statement.ts'

const usd = (amount: string) => money(amount, 'USD')
const item = (id: string, kind: ReconcilingItem['kind'], amount: string, date = '2026-10-30'): ReconcilingItem => ({
  id,
  kind,
  date,
  amount: usd(amount),
  description: id,
})
const items = [
  item('deposit', 'DEPOSIT_IN_TRANSIT', '250.00'),
  item('check', 'OUTSTANDING_PAYMENT', '-90.00', '2026-09-15'),
  item('fee', 'UNRECORDED', '-12.00', '2026-10-31'),
  item('bank-slip', 'BANK_ERROR', '5.00'),
  item('book-slip', 'BOOK_ERROR', '-3.00'),
]
const request: ReconciliationStatementRequest = {
  account: 'ACC-1',
  currency: 'USD',
  asOf: '2026-10-31',
  balancePerBank: usd('1000.00'),
  balancePerBooks: usd('1164.00'),
  items,
}
const made = (given: Partial<ReconciliationStatementRequest> = {}) => {
  const answer = reconciliationStatement({ ...request, ...given })
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value
}

describe('reconciliationStatement', () => {
  it('leads from the balance per bank to the balance per books, to 0.00', () => {
    expect(made()).toMatchObject({
      depositsInTransit: usd('250.00'),
      outstandingPayments: usd('90.00'),
      unrecorded: usd('-12.00'),
      bankErrors: usd('5.00'),
      bookErrors: usd('-3.00'),
      computedBalancePerBooks: usd('1164.00'),
      difference: usd('0.00'),
      reconciled: true,
      causes: [],
    })
  })

  it('lists every item, oldest first, and carries it forward with its age', () => {
    const first = made()
    expect(first.items.map(({ id, ageDays, carriedForward }) => [id, ageDays, carriedForward])).toEqual([
      ['check', 46, false],
      ['bank-slip', 1, false],
      ['book-slip', 1, false],
      ['deposit', 1, false],
      ['fee', 0, false],
    ])
    const next = made({
      asOf: '2026-11-30',
      items: items.slice(1, 2),
      previous: first,
      settledIds: ['deposit', 'fee', 'bank-slip', 'book-slip'],
      balancePerBooks: usd('910.00'),
    })
    expect(next.items).toMatchObject([{ id: 'check', firstSeen: '2026-10-31', ageDays: 76, carriedForward: true }])
    expect(next.reconciled).toBe(true)
  })

  it('breaks a difference down: items that vanished or changed, then the classic slips', () => {
    const before = made()
    const causes = (given: Partial<ReconciliationStatementRequest>) =>
      made(given).causes.map(({ code, amount, ids }) => [code, amount.amount, ids])
    expect(
      causes({ asOf: '2026-11-30', previous: before, items: items.slice(1), balancePerBooks: usd('1164.00') }),
    ).toEqual([['CARRIED_ITEM_GONE', '250.00', ['deposit']]])
    const changed = [item('deposit', 'DEPOSIT_IN_TRANSIT', '205.00'), ...items.slice(1)]
    expect(causes({ asOf: '2026-11-30', previous: before, items: changed })).toEqual([
      ['CARRIED_ITEM_CHANGED', '45.00', ['deposit']],
    ])
    expect(causes({ balancePerBooks: usd('1414.00') })).toEqual([['ITEM_MISSED_OR_DOUBLED', '250.00', ['deposit']]])
    expect(causes({ balancePerBooks: usd('1140.00') })).toEqual([['SIGN_TURNED', '-24.00', ['fee']]])
    expect(causes({ balancePerBooks: usd('1164.27') })).toEqual([['DIGITS_TRANSPOSED', '0.27', []]])
    expect(causes({ balancePerBooks: usd('1164.01') })).toEqual([['UNEXPLAINED', '0.01', []]])
  })

  it('has no cause to name at zero, also when an item before is not here any more', () => {
    const next = made({ asOf: '2026-11-30', previous: made(), items: items.slice(1), balancePerBooks: usd('914.00') })
    expect([next.reconciled, next.causes]).toEqual([true, []])
    expect(differenceCauseCodes).toContain(made({ balancePerBooks: usd('1164.01') }).causes[0]?.code)
  })

  it.each<[string, Partial<ReconciliationStatementRequest>, string]>([
    ['an item later than the day', { items: [item('x', 'UNRECORDED', '1.00', '2026-11-01')] }, 'DATE_OUT_OF_ORDER'],
    ['a statement before that is not before', { previous: { asOf: '2026-10-31', items: [] } }, 'DATE_OUT_OF_ORDER'],
    ['a day that does not exist', { asOf: '2026-02-30' }, 'DATE_INVALID'],
    ['an item of no day', { items: [item('x', 'UNRECORDED', '1.00', 'soon')] }, 'DATE_INVALID'],
    ['a balance in another currency', { balancePerBank: money('1', 'EUR') }, 'CURRENCY_MISMATCH'],
    ['books in another currency', { balancePerBooks: money('1', 'EUR') }, 'CURRENCY_MISMATCH'],
    ['a negative deposit', { items: [item('x', 'DEPOSIT_IN_TRANSIT', '-1.00')] }, 'SIGN_INVALID'],
    ['a deposit of nothing', { items: [item('x', 'DEPOSIT_IN_TRANSIT', '0.00')] }, 'SIGN_INVALID'],
    ['a positive payment', { items: [item('x', 'OUTSTANDING_PAYMENT', '1.00')] }, 'SIGN_INVALID'],
    ['a payment of nothing', { items: [item('x', 'OUTSTANDING_PAYMENT', '0.00')] }, 'SIGN_INVALID'],
    ['an item twice', { items: [...items, item('fee', 'UNRECORDED', '1.00')] }, 'RECORD_DUPLICATE_ID'],
  ])('refuses %s', (_what, given, code) => {
    expect(reconciliationStatement({ ...request, ...given })).toMatchObject({ ok: false, refusal: { code } })
  })

  it('names the items it refuses', () => {
    const euro = { ...item('euro', 'UNRECORDED', '1.00'), amount: money('1.00', 'EUR') }
    const ids = (given: readonly ReconcilingItem[]) => {
      const answer = reconciliationStatement({ ...request, items: given })
      return answer.ok ? [] : answer.refusal.ids
    }
    expect(ids([euro])).toEqual(['euro'])
    expect(ids([item('x', 'OUTSTANDING_PAYMENT', '1.00')])).toEqual(['x'])
    expect(ids([item('late', 'UNRECORDED', '1.00', '2026-12-01')])).toEqual(['late'])
    expect(ids([...items, ...items.slice(2, 3), ...items.slice(2, 3)])).toEqual(['fee'])
  })

  it('accounts for any difference in full by its causes', () => {
    const kinds = fc.constantFrom(...reconcilingKinds)
    const list = fc.array(fc.record({ kind: kinds, minor: fc.bigInt(1n, 10n ** 9n) }), { maxLength: 8 })
    const of = (rows: readonly { kind: ReconcilingItem['kind']; minor: bigint }[]) =>
      rows.map(({ kind, minor }, at) => ({
        ...item(`i${at}`, kind, '1.00'),
        amount: fromMinorUnits(kind === 'OUTSTANDING_PAYMENT' ? -minor : minor, 'USD'),
      }))
    fc.assert(
      fc.property(list, list, fc.bigInt(-(10n ** 9n), 10n ** 9n), (before, now, books) => {
        const previous = made({ asOf: '2026-10-30', items: of(before) })
        const statement = made({ previous, items: of(now), balancePerBooks: fromMinorUnits(books, 'USD') })
        if (statement.reconciled) expect(statement.causes).toEqual([])
        else
          expect(
            sumMoney(
              statement.causes.map((cause) => cause.amount),
              'USD',
            ),
          ).toEqual(statement.difference)
      }),
      { numRuns: 80 },
    )
  })
})
