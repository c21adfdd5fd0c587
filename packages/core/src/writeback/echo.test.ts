import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import type { BookedPayment } from '../provider.ts'
import { recognizeEcho } from './echo.ts'
import { stampedMemo, stampsIn } from './memo-stamp.ts'
import type { WritebackMapping } from './writeback-mapping.ts'

const stamp = '[ai-collect:placement=placement-1]'
const payment: BookedPayment = {
  paymentId: '180',
  amount: money('125.50', 'USD'),
  date: '2026-11-21',
  memo: `${stamp} debtor payment`,
  invoiceIds: ['145'],
  status: 'LIVE',
}
const mapping: WritebackMapping = {
  id: 'mapping-1',
  version: 3,
  provider: 'quickbooks',
  placementId: 'placement-1',
  remittanceId: 'remittance-1',
  invoiceId: '145',
  amount: money('125.50', 'USD'),
  status: 'posted',
  generation: 1,
  attempts: 1,
  externalId: '180',
}
const inFlight = (given: Partial<WritebackMapping> = {}): WritebackMapping => {
  const { externalId: _id, ...rest } = mapping
  return { ...rest, status: 'in_flight', ...given }
}

describe('stampedMemo', () => {
  it('puts the stamp first and keeps to what the books take', () => {
    expect(stampedMemo('placement-1', ' debtor payment ')).toEqual({ ok: true, value: `${stamp} debtor payment` })
    expect(stampedMemo('placement-1')).toEqual({ ok: true, value: stamp })
    const cut = stampedMemo('placement-1', '😀'.repeat(40), { prefix: 'ai-collect', longestMemo: 40 })
    expect(cut).toEqual({ ok: true, value: `${stamp} ${'😀'.repeat(2)}` })
    expect(stampedMemo('placement-1', 'text', { prefix: 'ai-collect', longestMemo: stamp.length })).toEqual({
      ok: true,
      value: stamp,
    })
  })

  it.each(['', 'a b', 'a]b', '[x', 'a\nb', 'x'.repeat(101)])('refuses the id %j', (id) => {
    expect(stampedMemo(id)).toMatchObject({ refusal: { code: 'STAMP_INVALID' } })
  })

  it.each(['', 'a b', 'a:b', 'x'.repeat(41)])('refuses the prefix %j', (prefix) => {
    expect(stampedMemo('p', '', { prefix, longestMemo: 4000 })).toMatchObject({ refusal: { code: 'STAMP_INVALID' } })
  })

  it('is found again in any memo, once, whatever text surrounds it', () => {
    const ids = fc.stringMatching(/^[A-Za-z0-9._:-]{1,100}$/)
    fc.assert(
      fc.property(ids, fc.string({ unit: 'binary', maxLength: 200 }), (id, text) => {
        const memo = stampedMemo(id, text)
        expect(memo.ok && stampsIn(memo.value)).toEqual([id])
      }),
    )
  })

  it('is not found where it is broken, and hostile memos cost nothing', () => {
    expect(stampsIn('[ai-collect:placement=]')).toEqual([])
    expect(stampsIn('[ai-collect:placement=a b]')).toEqual([])
    expect(stampsIn('[ai-collect:placement=a')).toEqual([])
    expect(stampsIn('[other:placement=a]')).toEqual([])
    expect(stampsIn(`${stamp}${stamp}`)).toEqual(['placement-1', 'placement-1'])
    expect(stampsIn('[ai-collect:placement='.repeat(100_000))).toEqual([])
  })
})

describe('recognizeEcho', () => {
  it.each<[string, BookedPayment, readonly WritebackMapping[], string, string]>([
    ['our own write', payment, [mapping], 'OURS', 'RECORDED'],
    [
      'an edited amount',
      { ...payment, amount: money('125.51', 'USD') },
      [mapping],
      'OURS_CHANGED',
      'AMOUNT_OR_INVOICE_DIFFERS',
    ],
    [
      'another currency',
      { ...payment, amount: money('125.50', 'EUR') },
      [mapping],
      'OURS_CHANGED',
      'AMOUNT_OR_INVOICE_DIFFERS',
    ],
    ['another invoice', { ...payment, invoiceIds: ['146'] }, [mapping], 'OURS_CHANGED', 'AMOUNT_OR_INVOICE_DIFFERS'],
    ['a stamp taken out', { ...payment, memo: 'debtor payment' }, [mapping], 'OURS_CHANGED', 'STAMP_GONE'],
    ['a payment voided there', { ...payment, status: 'VOIDED' }, [mapping], 'OURS_CHANGED', 'STATE_DIFFERS'],
    ['one we took back', { ...payment, status: 'VOIDED' }, [{ ...mapping, status: 'reverted' }], 'OURS', 'RECORDED'],
    ['one we took back and is alive', payment, [{ ...mapping, status: 'reverted' }], 'OURS_CHANGED', 'STATE_DIFFERS'],
    ['a write without its answer', payment, [inFlight()], 'UNRECORDED', 'WRITE_WITHOUT_ANSWER'],
    [
      'a write that failed for us only',
      payment,
      [inFlight({ status: 'failed' })],
      'UNRECORDED',
      'WRITE_WITHOUT_ANSWER',
    ],
    ['a write to be tried again', payment, [inFlight({ status: 'pending' })], 'UNRECORDED', 'WRITE_WITHOUT_ANSWER'],
    ['a write that was given up', payment, [inFlight({ status: 'abandoned' })], 'UNRECORDED', 'WRITE_WITHOUT_ANSWER'],
    [
      'a stamp on a write that was not sent',
      payment,
      [inFlight({ status: 'pending', attempts: 0 })],
      'FORGED',
      'NO_SUCH_WRITE',
    ],
    ['a copied stamp', { ...payment, paymentId: '999' }, [mapping], 'FORGED', 'NO_SUCH_WRITE'],
    ['a stamp of another placement', payment, [inFlight({ placementId: 'placement-2' })], 'FORGED', 'NO_SUCH_WRITE'],
    ['a stamp with another amount', payment, [inFlight({ amount: money('1.00', 'USD') })], 'FORGED', 'NO_SUCH_WRITE'],
    ['two stamps', { ...payment, memo: `${stamp} ${stamp}` }, [inFlight()], 'FORGED', 'SEVERAL_STAMPS'],
    ['a payment of somebody else', { ...payment, memo: 'thanks' }, [inFlight()], 'OUT_OF_BAND', 'NO_STAMP'],
  ])('tells %s', (_what, given, mappings, kind, reason) => {
    expect(recognizeEcho(given, mappings)).toMatchObject({ kind, reason })
  })

  it('names the mapping it belongs to', () => {
    expect(recognizeEcho(payment, [inFlight({ id: 'open' })]).mappingId).toBe('open')
    expect(recognizeEcho(payment, [mapping]).mappingId).toBe('mapping-1')
    const { memo: _memo, ...bare } = payment
    expect(recognizeEcho(bare, [])).toEqual({ kind: 'OUT_OF_BAND', reason: 'NO_STAMP' })
  })
})
