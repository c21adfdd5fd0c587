import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMoney, fromMinorUnits, isZeroMoney, money, sumMoney, toMinorUnits } from '../money/money.ts'
import { mintRemittance, type Remittance } from './remittance.ts'
import { mintReversal, type ReversalRequest, remainderOf } from './reversal.ts'

const usd = (amount: string) => money(amount, 'USD')
const at = '2026-11-21T09:00:00Z'

function payment(amount = '333.35', rate = '0.10', id = 'row-1'): Remittance {
  const minted = mintRemittance({
    remittanceId: id,
    placementId: 'placement-1',
    paymentId: `payment-${id}`,
    recovered: usd(amount),
    rate,
    occurredAt: '2026-11-01T12:00:00Z',
    transferRail: true,
    installment: 2,
  })
  if (!minted.ok) throw new Error(minted.refusal.code)
  return minted.value
}
const request = (given: Partial<ReversalRequest> = {}): ReversalRequest => ({
  remittanceId: 'row-2',
  paymentId: 'dispute-1',
  occurredAt: at,
  transferRail: true,
  ...given,
})
function minted(parent: Remittance, rows: readonly Remittance[], given: Partial<ReversalRequest> = {}): Remittance {
  const answer = mintReversal(parent, rows, request(given))
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value
}

describe('mintReversal', () => {
  it('claws the whole row back with negative amounts and leaves the parent as it is', () => {
    const parent = payment()
    const before = structuredClone(parent)
    expect(minted(parent, [parent])).toEqual({
      id: 'row-2',
      version: 1,
      placementId: 'placement-1',
      paymentId: 'dispute-1',
      kind: 'REVERSAL',
      status: 'reversed',
      recovered: usd('-333.35'),
      fee: usd('-33.34'),
      net: usd('-300.01'),
      rate: '0.10',
      occurredAt: at,
      parentRemittanceId: 'row-1',
      installment: 2,
    })
    expect(parent).toEqual(before)
  })

  it('splits three ways without losing the cent that does not divide', () => {
    const parent = payment('100.00', '0.333333')
    const rows = [parent]
    for (const [index, amount] of ['33.33', '33.33', '33.34'].entries()) {
      rows.push(
        minted(parent, rows, { remittanceId: `part-${index}`, paymentId: `dispute-${index}`, amount: usd(amount) }),
      )
    }
    expect(rows.slice(1).map((row) => row.fee.amount)).toEqual(['-11.11', '-11.11', '-11.11'])
    expect(
      isZeroMoney(
        sumMoney(
          rows.map((row) => row.recovered),
          'USD',
        ),
      ),
    ).toBe(true)
    expect(
      isZeroMoney(
        sumMoney(
          rows.map((row) => row.fee),
          'USD',
        ),
      ),
    ).toBe(true)
    expect(
      isZeroMoney(
        sumMoney(
          rows.map((row) => row.net),
          'USD',
        ),
      ),
    ).toBe(true)
  })

  it('reinstates a reversal when the dispute is won, and can claw it back again', () => {
    const parent = payment()
    const lost = minted(parent, [parent])
    const won = minted(lost, [parent, lost], { remittanceId: 'row-3', paymentId: 'won-1' })
    expect(won).toMatchObject({
      kind: 'REINSTATEMENT',
      status: 'pending',
      parentRemittanceId: 'row-2',
      recovered: usd('333.35'),
    })
    expect(won.fee).toEqual(usd('33.34'))
    const rows = [parent, lost, won]
    expect(remainderOf(parent, rows)).toEqual({ recovered: usd('333.35'), fee: usd('33.34') })
    const again = minted(parent, rows, { remittanceId: 'row-4', paymentId: 'dispute-2' })
    expect(again).toMatchObject({ recovered: usd('-333.35'), fee: usd('-33.34') })
  })

  it('pays a reinstatement by hand where there is no rail', () => {
    const parent = payment()
    const lost = minted(parent, [parent])
    const won = minted(lost, [parent, lost], { remittanceId: 'row-3', paymentId: 'won-1', transferRail: false })
    expect(won.status).toBe('manual_required')
  })

  it.each<[string, Partial<ReversalRequest>, string]>([
    ['more than is left', { amount: usd('333.36') }, 'AMOUNT_EXCEEDS_REMAINDER'],
    ['zero', { amount: usd('0.00') }, 'AMOUNT_NOT_POSITIVE'],
    ['a negative amount', { amount: usd('-1.00') }, 'AMOUNT_NOT_POSITIVE'],
    ['another currency', { amount: money('1.00', 'EUR') }, 'CURRENCY_MISMATCH'],
    ['a moment before the payment', { occurredAt: '2026-10-31T00:00:00Z' }, 'DATE_OUT_OF_ORDER'],
    ['no moment at all', { occurredAt: 'yesterday' }, 'DATE_INVALID'],
    ['an event that has its row', { paymentId: 'payment-row-1' }, 'PAYMENT_RECORDED'],
  ])('refuses %s', (_what, given, code) => {
    const parent = payment()
    expect(mintReversal(parent, [parent], request(given))).toMatchObject({ ok: false, refusal: { code } })
  })

  it('names the rows it refuses, and shows no more than 40 characters of a date', () => {
    const parent = payment()
    const early = mintReversal(parent, [parent], request({ occurredAt: '2026-10-31T00:00:00Z' }))
    expect(early).toMatchObject({ refusal: { ids: ['row-1'] } })
    const twice = mintReversal(parent, [parent], request({ paymentId: 'payment-row-1' }))
    expect(twice).toMatchObject({ refusal: { ids: ['row-1'] } })
    const long = mintReversal(parent, [parent], request({ occurredAt: `x${'9'.repeat(100)}` }))
    expect(long).toMatchObject({ refusal: { message: `"x${'9'.repeat(39)}" is not an instant.` } })
  })

  it('accepts a reversal at the very moment of the payment', () => {
    const parent = payment()
    expect(minted(parent, [parent], { occurredAt: parent.occurredAt }).kind).toBe('REVERSAL')
  })

  it('says what is left when too much is asked', () => {
    const parent = payment()
    const part = minted(parent, [parent], { amount: usd('300.00') })
    const answer = mintReversal(parent, [parent, part], request({ paymentId: 'dispute-2', amount: usd('33.36') }))
    expect(answer).toMatchObject({ refusal: { ids: ['row-1'], details: { remainder: usd('33.35') } } })
  })

  it('refuses a second full reversal and the reversal of a reinstatement', () => {
    const parent = payment()
    const lost = minted(parent, [parent])
    const second = mintReversal(parent, [parent, lost], request({ paymentId: 'dispute-2' }))
    expect(second).toMatchObject({ refusal: { code: 'NOTHING_LEFT', ids: ['row-1'] } })
    const won = minted(lost, [parent, lost], { remittanceId: 'row-3', paymentId: 'won-1' })
    const wrong = mintReversal(won, [parent, lost, won], request({ paymentId: 'dispute-3' }))
    expect(wrong).toMatchObject({ refusal: { code: 'PARENT_NOT_REVERSIBLE', ids: ['row-3'] } })
  })

  it('gives no installment number where the payment had none', () => {
    const { installment: _installment, ...parent } = payment()
    expect(minted(parent, [parent])).not.toHaveProperty('installment')
  })

  it('adds up to the parent to the cent in any parts, with any reinstatements between', () => {
    const rate = fc.integer({ min: 0, max: 999_999 }).map((value) => `0.${String(value).padStart(6, '0')}`)
    const steps = fc.array(fc.record({ share: fc.integer({ min: 1, max: 100 }), back: fc.boolean() }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 9n), rate, steps, (minor, text, parts) => {
        const parent = payment(fromMinorUnits(minor, 'USD').amount, text)
        const rows: Remittance[] = [parent]
        const take = (from: Remittance, share: number) => {
          const left = toMinorUnits(remainderOf(from, rows).recovered)
          const magnitude = left < 0n ? -left : left
          if (magnitude === 0n) return
          const wanted = (magnitude * BigInt(share)) / 100n
          const amount = fromMinorUnits(wanted === 0n ? 1n : wanted, 'USD')
          const id = `row-${rows.length + 1}`
          rows.push(minted(from, rows, { remittanceId: id, paymentId: `event-${id}`, amount }))
        }
        for (const { share, back } of parts) {
          const reversals = rows.filter(
            (row) => row.kind === 'REVERSAL' && !isZeroMoney(remainderOf(row, rows).recovered),
          )
          take(back ? (reversals.at(-1) ?? parent) : parent, share)
          const left = remainderOf(parent, rows)
          const net = toMinorUnits(left.recovered) - toMinorUnits(left.fee)
          expect(toMinorUnits(left.recovered) >= 0n && toMinorUnits(left.fee) >= 0n && net >= 0n).toBe(true)
          for (const row of rows) {
            expect(addMoney(row.net, row.fee)).toEqual(row.recovered)
            const sign = row.kind === 'REVERSAL' ? -1n : 1n
            expect(sign * toMinorUnits(row.fee) >= 0n && sign * toMinorUnits(row.net) >= 0n).toBe(true)
          }
        }
        take(parent, 100)
        expect(remainderOf(parent, rows)).toEqual({ recovered: usd('0.00'), fee: usd('0.00') })
        expect(
          isZeroMoney(
            sumMoney(
              rows.map((row) => row.net),
              'USD',
            ),
          ),
        ).toBe(true)
      }),
    )
  })
})
