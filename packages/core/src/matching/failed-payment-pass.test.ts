import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { buildBankLine, buildBookEntry } from '../testing/builders.ts'
import { matchPolicy } from './match-policy.ts'

const paid = buildBankLine({
  id: 'b1',
  amount: money('-50.00', 'USD'),
  bookingDate: '2026-11-02',
  references: { endToEndId: 'PAY-77' },
  counterparty: { name: 'Acme' },
})
const entry = buildBookEntry({
  id: 'e1',
  amount: money('-50.00', 'USD'),
  date: '2026-11-01',
  references: { paymentReference: 'PAY-77' },
  counterparty: { name: 'Acme Inc.' },
})
const back = (rest: Partial<BankLine>) =>
  buildBankLine({ id: 'b2', amount: money('50.00', 'USD'), bookingDate: '2026-11-06', ...rest })

const scenarios = (bankLines: BankLine[], policy = matchPolicy()) =>
  Object.fromEntries(
    matchLines({ bankLines, bookEntries: [entry] }, policy).items.map((item) => [
      item.bankLineIds.join(),
      `${item.scenario} ${item.matches[0]?.status ?? 'none'} ${item.matches[0]?.bookEntryIds.join() ?? ''}`.trim(),
    ]),
  )

describe('a payment that failed', () => {
  it('is flagged with the entry that was authorized', () => {
    const failed = buildBankLine({
      id: 'b1',
      amount: money('-50.00', 'USD'),
      returnCode: 'R01',
      references: { endToEndId: 'PAY-77' },
    })
    expect(scenarios([failed])).toEqual({ b1: 'FAILED_PAYMENT FLAGGED e1' })
  })

  it.each([
    ['by reference and code', { returnCode: 'R02', references: { endToEndId: 'PAY-77' } }],
    ['by transaction code', { transactionCode: '257', references: { endToEndId: 'PAY-77' } }],
    ['by reference and opposite amount alone', { references: { endToEndId: 'PAY-77' } }],
    ['by name and amount, with a code', { returnCode: 'AC04', counterparty: { name: 'ACME INC' } }],
    [
      'by words in the text and the payer',
      { references: { remittanceText: 'RETURNED ITEM' }, counterparty: { name: 'Acme' } },
    ],
    ['by its reference in the text', { returnCode: 'R03', references: { remittanceText: 'RETURN OF PAY-77' } }],
    ['by a code and the only payment of that size', { returnCode: 'R03' }],
    ['by an ISO 20022 code', { transactionCode: 'PMNT/ICDT/RRTN', references: { endToEndId: 'PAY-77' } }],
  ])('and came back is never confirmed: told %s', (_, rest) => {
    expect(scenarios([paid, back(rest)])).toEqual({
      b1: 'FAILED_PAYMENT FLAGGED e1',
      b2: 'FAILED_PAYMENT FLAGGED e1',
    })
  })

  it('may be cleared by a replacement, which is proposed', () => {
    const again = buildBankLine({ ...paid, id: 'b3', bookingDate: '2026-11-12' })
    const came = scenarios([paid, back({ returnCode: 'R02', references: { endToEndId: 'PAY-77' } }), again])
    expect(came).toMatchObject({ b1: 'FAILED_PAYMENT FLAGGED e1', b3: 'UNMATCHED PROPOSED e1' })
  })

  it('is not seen in a transfer between own accounts', () => {
    expect(
      scenarios([paid, back({ account: 'ACC-2', bookingDate: '2026-11-02', references: { endToEndId: 'PAY-77' } })]).b1,
    ).toBe('AUTO_RECONCILED AUTO e1')
  })

  it('is not seen after the window', () => {
    const late = back({ bookingDate: '2026-11-20', references: { endToEndId: 'PAY-77' } })
    expect(scenarios([paid, late], matchPolicy({ failedPayments: { windowDays: 5 } })).b1).toBe(
      'AUTO_RECONCILED AUTO e1',
    )
  })
})
