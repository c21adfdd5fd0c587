import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMoney, fromMinorUnits, money, subtractMoney, sumMoney } from '../money/money.ts'
import { type CreditorStatementRequest, creditorStatement } from './creditor-statement.ts'
import { mintRemittance, type Remittance } from './remittance.ts'
import { mintReversal } from './reversal.ts'

const usd = (amount: string) => money(amount, 'USD')
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

function row(id: string, amount: string, occurredAt: string): Remittance {
  const minted = mintRemittance({
    remittanceId: id,
    placementId: 'placement-1',
    paymentId: `payment-${id}`,
    recovered: usd(amount),
    rate: '0.20',
    occurredAt,
    transferRail: true,
  })
  if (!minted.ok) throw new Error(minted.refusal.code)
  return minted.value
}
const first = row('row-1', '100.00', '2026-10-01T00:00:00Z')
const last = row('row-2', '50.00', '2026-10-31T23:59:59Z')
const lost = mintReversal(first, [first], {
  remittanceId: 'row-3',
  paymentId: 'dispute-1',
  occurredAt: '2026-10-20T00:00:00Z',
  amount: usd('40.00'),
  transferRail: true,
})
const reversal = lost.ok ? lost.value : first
const request: CreditorStatementRequest = {
  creditorId: 'creditor-1',
  currency: 'USD',
  from: '2026-10-01',
  to: '2026-10-31',
  opening: usd('12.00'),
  remittances: [
    last,
    reversal,
    first,
    row('early', '7.00', '2026-09-30T23:59:59Z'),
    row('late', '9.00', '2026-11-01T00:00:00Z'),
  ],
  payouts: [
    { id: 'payout-1', date: '2026-10-15', amount: usd('80.00'), reference: 'tr_1' },
    { id: 'payout-0', date: '2026-09-30', amount: usd('5.00') },
  ],
  adjustments: [
    { id: 'adjustment-1', date: '2026-10-31', amount: usd('-1.50'), reason: 'wire fee' },
    { id: 'adjustment-0', date: '2026-11-01', amount: usd('99.00'), reason: 'next month' },
  ],
  sha256,
}
const made = (given: Partial<CreditorStatementRequest> = {}) => {
  const statement = creditorStatement({ ...request, ...given })
  if (!statement.ok) throw new Error(statement.refusal.code)
  return statement.value
}

describe('creditorStatement', () => {
  it('goes from opening to closing, first and last day included', () => {
    const statement = made()
    expect(statement).toMatchObject({
      collected: usd('110.00'),
      fees: usd('22.00'),
      paidOut: usd('80.00'),
      adjusted: usd('-1.50'),
      closing: usd('18.50'),
    })
    expect(statement.remittances.map(({ id }) => id)).toEqual(['row-1', 'row-3', 'row-2'])
    expect(statement.payouts.map(({ id }) => id)).toEqual(['payout-1'])
    expect(statement.adjustments.map(({ id }) => id)).toEqual(['adjustment-1'])
  })

  it('has the same text and hash whatever the order, and whatever became of the transfers since', () => {
    const statement = made()
    expect(statement.hash).toBe(sha256(statement.canonical))
    const moved = {
      ...first,
      status: 'paid',
      version: 4,
      transferReference: 'tr_9',
      paidAt: '2026-11-02T00:00:00Z',
    } as const
    expect(made({ remittances: [moved, last, reversal] }).hash).toBe(statement.hash)
    expect(made({ remittances: [{ ...first, failure: 'X' }, last, reversal] }).hash).toBe(statement.hash)
  })

  it('has another hash when a figure, a row or a name differs', () => {
    const { hash } = made()
    expect(made({ opening: usd('12.01') }).hash).not.toBe(hash)
    expect(made({ creditorId: 'creditor-2' }).hash).not.toBe(hash)
    expect(made({ remittances: [last, reversal] }).hash).not.toBe(hash)
    expect(made({ payouts: [] }).hash).not.toBe(hash)
    expect(made({ adjustments: [] }).hash).not.toBe(hash)
  })

  it('joins the statement before it', () => {
    expect(made({ previous: { to: '2026-09-30', closing: usd('12.00') } }).closing).toEqual(usd('18.50'))
  })

  it.each<[string, Partial<CreditorStatementRequest>, string]>([
    ['a period turned round', { from: '2026-11-01' }, 'PERIOD_REVERSED'],
    ['a day that does not exist', { to: '2026-02-30' }, 'DATE_INVALID'],
    ['a payout of no day', { payouts: [{ id: 'p', date: '', amount: usd('1.00') }] }, 'DATE_INVALID'],
    [
      'an adjustment of no day',
      { adjustments: [{ id: 'a', date: 'x', amount: usd('1.00'), reason: '' }] },
      'DATE_INVALID',
    ],
    ['two currencies', { opening: money('1.00', 'EUR') }, 'CURRENCY_MISMATCH'],
    ['a payout of nothing', { payouts: [{ id: 'p', date: '2026-10-02', amount: usd('0.00') }] }, 'AMOUNT_NOT_POSITIVE'],
    ['a negative payout', { payouts: [{ id: 'p', date: '2026-10-02', amount: usd('-1.00') }] }, 'AMOUNT_NOT_POSITIVE'],
    ['a row twice', { remittances: [first, first] }, 'RECORD_DUPLICATE_ID'],
    ['a gap of a day', { previous: { to: '2026-09-29', closing: usd('12.00') } }, 'STATEMENT_GAP'],
    ['a gap of a cent', { previous: { to: '2026-09-30', closing: usd('12.01') } }, 'STATEMENT_GAP'],
  ])('refuses %s', (_what, given, code) => {
    expect(creditorStatement({ ...request, ...given })).toMatchObject({ ok: false, refusal: { code } })
  })

  it('accepts a period of one day', () => {
    expect(made({ from: '2026-10-15', to: '2026-10-15' }).paidOut).toEqual(usd('80.00'))
  })

  it('names the rows that are wrong', () => {
    expect(creditorStatement({ ...request, remittances: [first, first] })).toMatchObject({
      refusal: { ids: ['row-1'] },
    })
    const payouts = [{ id: 'p', date: '2026-10-02', amount: money('1.00', 'EUR') }]
    expect(creditorStatement({ ...request, payouts })).toMatchObject({ refusal: { ids: ['p'] } })
    const none = [{ id: 'p', date: '2026-10-02', amount: usd('0.00') }]
    expect(creditorStatement({ ...request, payouts: none })).toMatchObject({ refusal: { ids: ['p'] } })
  })

  it('always adds up', () => {
    const amounts = fc.array(fc.bigInt(1n, 10n ** 10n), { maxLength: 10 })
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 10n), 10n ** 10n), amounts, amounts, (opening, paid, out) => {
        const statement = made({
          opening: fromMinorUnits(opening, 'USD'),
          remittances: paid.map((minor, index) =>
            row(`r${index}`, fromMinorUnits(minor, 'USD').amount, '2026-10-10T00:00:00Z'),
          ),
          payouts: out.map((minor, index) => ({
            id: `p${index}`,
            date: '2026-10-11',
            amount: fromMinorUnits(minor, 'USD'),
          })),
        })
        const net = sumMoney(
          statement.remittances.map((one) => one.net),
          'USD',
        )
        const expected = addMoney(
          subtractMoney(addMoney(statement.opening, net), statement.paidOut),
          statement.adjusted,
        )
        expect(statement.closing).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })
})
