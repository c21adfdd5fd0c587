import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { buildBankLine, buildBookEntry } from '../testing/builders.ts'
import { matchPolicy } from './match-policy.ts'

const line = (id: string, endToEndId: string, rest: Partial<BankLine> = {}) =>
  buildBankLine({ id, references: { endToEndId }, ...rest })
const entry = (id: string, paymentReference: string, rest: Partial<BookEntry> = {}) =>
  buildBookEntry({ id, references: { paymentReference }, ...rest })
const usd = (amount: string) => ({ amount: money(amount, 'USD') })

function outcome(bankLines: BankLine[], bookEntries: BookEntry[], policy = matchPolicy()) {
  const run = matchLines({ bankLines, bookEntries }, policy)
  return run.items.map((item) => ({
    id: item.bankLineIds.join('+'),
    scenario: item.scenario,
    best:
      item.matches[0] === undefined ? 'none' : `${item.matches[0].status} ${item.matches[0].bookEntryIds.join('+')}`,
    reason: item.reason.code,
  }))
}

describe('one line and one entry under an identifier', () => {
  it('is automatic when equal as received', () => {
    expect(outcome([line('b1', 'PAY-1')], [entry('e1', 'PAY-1')])).toEqual([
      { id: 'b1', scenario: 'AUTO_RECONCILED', best: 'AUTO e1', reason: 'IDENTIFIER_EQUAL' },
    ])
  })

  it.each([
    ['0004217', '4217', 'leading-zeros'],
    ['pay-1 ', 'PAY-1', 'case'],
    ['PAY 1X', 'PAY1X', 'whitespace'],
    ['EREF+PAY-1', 'PAY-1', 'code-word'],
    ['PAY/1X', 'PAY-1X', 'punctuation'],
    ['INV4471', '4471', 'prefix'],
    ['RF18539007547034', '539007547034', 'check-digit'],
    ['CONTRACT-2026-00', 'CONTRACT-2026-001234', 'rail-truncation'],
  ])('is a system match when %j becomes %j by %s', (bank, book, step) => {
    const run = matchLines({ bankLines: [line('b1', bank)], bookEntries: [entry('e1', book)] })
    expect(run.items[0]).toMatchObject({ scenario: 'SYSTEM_MATCH', status: 'RECONCILED' })
    expect(run.items[0]?.matches[0]?.evidence[0]).toMatchObject({ bank, book, step, verdict: 'AGREES' })
  })

  it.each([
    ['a look-alike', '1Z3AS9', '123A59'],
    ['a check digit of Luhn', '20240016', 'F-2024001'],
  ])('is never automatic by %s', (_, bank, book) => {
    expect(outcome([line('b1', bank)], [entry('e1', book)])[0]?.best).toBe('PROPOSED e1')
  })

  it('is not made by a number inside a number, nor by sentinels', () => {
    const far = { date: '2026-09-01' }
    expect(outcome([line('b1', '91814')], [entry('e1', '1814', far)])[0]?.best).toBe('none')
    expect(outcome([line('b1', 'NOTPROVIDED')], [entry('e1', 'NOTPROVIDED', far)])[0]?.best).toBe('none')
  })

  it('proposes a difference, and holds it where a conversion explains it', () => {
    expect(outcome([line('b1', 'PAY-1', usd('90.00'))], [entry('e1', 'PAY-1')])[0]).toMatchObject({
      scenario: 'UNMATCHED',
      best: 'PROPOSED e1',
      reason: 'AMOUNT_DIFFERS',
    })
    const foreign = { transactionCode: '514', amount: money('92.00', 'EUR') }
    expect(outcome([line('b1', 'PAY-1', foreign)], [entry('e1', 'PAY-1')])[0]).toMatchObject({
      scenario: 'AMOUNT_VARIANCE',
      best: 'PROPOSED e1',
    })
  })

  it.each([
    ['opposite sign', usd('-100.00'), 'OPPOSITE_SIGN'],
    ['another currency', { amount: money('100.00', 'EUR') }, 'OTHER_CURRENCY'],
    ['another account', { account: 'ACC-2' }, 'OTHER_ACCOUNT'],
    ['a closed entry', { status: 'CLOSED' as const }, 'ENTRY_CLOSED'],
  ])('is no link with %s, and says why', (_, rest, reason) => {
    const others = [entry('e1', 'PAY-1', rest), entry('e2', 'ZZ-9', { ...usd('7.00') })]
    expect(
      outcome([line('b1', 'PAY-1'), line('b2', 'QQ-1', usd('3.00'))], others).find((item) => item.id === 'b1'),
    ).toMatchObject({
      best: 'none',
      reason,
    })
  })

  it('is only proposed when stale, reversed in the ledger, or debited directly', () => {
    expect(outcome([line('b1', 'PAY-1')], [entry('e1', 'PAY-1', { date: '2026-05-01' })])[0]?.reason).toBe(
      'REFERENCE_STALE',
    )
    const reversal = entry('e2', 'PAY-1', usd('-100.00'))
    expect(outcome([line('b1', 'PAY-1')], [entry('e1', 'PAY-1'), reversal])[0]).toMatchObject({
      best: 'PROPOSED e1',
      reason: 'REVERSED_IN_LEDGER',
    })
    const debit = { instrument: 'DIRECT_DEBIT' as const }
    expect(outcome([line('b1', 'PAY-1', debit)], [entry('e1', 'PAY-1')])[0]?.best).toBe('PROPOSED e1')
  })

  it('compares a field by its own steps where the policy gives some', () => {
    const policy = matchPolicy({ references: { pipelines: { endToEndId: ['trim'], paymentReference: ['trim'] } } })
    const far = { date: '2026-09-01' }
    expect(outcome([line('b1', '007 ')], [entry('e1', '007', far)], policy)[0]?.best).toBe('PROPOSED e1')
    expect(outcome([line('b1', '007')], [entry('e1', '7', far)], policy)[0]?.best).toBe('none')
  })

  it('may be kept from being automatic by the policy', () => {
    const policy = matchPolicy({ automatic: { passes: ['IDENTIFIER_EXACT'] } })
    expect(outcome([line('b1', '007')], [entry('e1', '7')], policy)[0]).toMatchObject({
      scenario: 'SYSTEM_MATCH',
      best: 'PROPOSED e1',
      reason: 'PASS_NOT_AUTOMATIC',
    })
  })
})

describe('an identifier used more than once', () => {
  it('is a duplicate in either direction', () => {
    expect(outcome([line('b1', 'PAY-1')], [entry('e1', 'PAY-1'), entry('e2', 'PAY-1')])[0]).toMatchObject({
      scenario: 'DUPLICATE',
      reason: 'DUPLICATE_ENTRIES',
    })
    expect(
      outcome([line('b1', 'PAY-1'), line('b2', 'PAY-1')], [entry('e1', 'PAY-1')]).map((item) => item.reason),
    ).toEqual(['DUPLICATE_LINES', 'DUPLICATE_LINES'])
  })

  it.each(['PAY-10234A', 'PAY-10243', 'PAY-1023', 'PAY-10235'])(
    'is a suspected duplicate beside %s of one payee',
    (near) => {
      const payee = { counterparty: { name: 'Acme' } }
      const books = [entry('e1', 'PAY-10234', payee), entry('e2', near, payee)]
      expect(outcome([line('b1', 'PAY-10234')], books)[0]).toMatchObject({
        scenario: 'DUPLICATE',
        best: 'FLAGGED e1',
        reason: 'NEAR_DUPLICATE_ENTRY',
      })
    },
  )

  it('is a suspected duplicate when one payee is booked the same uncommon amount again within two days', () => {
    const payee = { counterparty: { name: 'Acme' }, ...usd('1234.56') }
    const again = (date: string) => [entry('e1', 'PAY-10234', payee), entry('e2', 'ZZ-88', { ...payee, date })]
    const bank = [line('b1', 'PAY-10234', usd('1234.56'))]
    expect(outcome(bank, again('2026-11-21'))[0]?.best).toBe('FLAGGED e1')
    expect(outcome(bank, again('2026-11-25'))[0]?.best).toBe('AUTO e1')
    expect(
      outcome([...bank, line('b2', 'ZZ-88', usd('1234.56'))], again('2026-11-21')).map((item) => item.best),
    ).toEqual(['AUTO e1', 'AUTO e2'])
  })

  it('is a suspected duplicate when entered again with a slip in the amount', () => {
    const books = [entry('e1', 'PAY-1'), entry('e2', 'PAY-1', usd('101.00')), entry('e3', 'PAY-9', usd('55.00'))]
    expect(outcome([line('b1', 'PAY-1')], books)[0]).toMatchObject({
      best: 'FLAGGED e1',
      reason: 'NEAR_DUPLICATE_ENTRY',
    })
    const far = [entry('e1', 'PAY-1'), entry('e2', 'PAY-1', { ...usd('101.00'), date: '2026-10-01' })]
    expect(outcome([line('b1', 'PAY-1')], far)[0]).toMatchObject({ best: 'PROPOSED e1', reason: 'IDENTIFIER_REUSED' })
  })

  it('is no duplicate of the next number, where nobody is named', () => {
    expect(outcome([line('b1', 'PAY-10234')], [entry('e1', 'PAY-10234'), entry('e2', 'PAY-10235')])[0]?.best).toBe(
      'AUTO e1',
    )
    expect(outcome([line('b1', 'PAY-10234')], [entry('e1', 'PAY-10234'), entry('e2', 'PAY-10243')])[0]?.best).toBe(
      'FLAGGED e1',
    )
  })

  it('is no duplicate when the neighbour has a line of its own', () => {
    const bank = [line('b1', 'PAY-10234'), line('b2', 'PAY-10235')]
    const books = [entry('e1', 'PAY-10234'), entry('e2', 'PAY-10235')]
    expect(outcome(bank, books).map((item) => item.best)).toEqual(['AUTO e1', 'AUTO e2'])
  })

  it('pairs twins by date and never confirms them', () => {
    const bank = [line('b1', 'PAY-1', { bookingDate: '2026-10-20' }), line('b2', 'PAY-1')]
    const books = [entry('e1', 'PAY-1', { date: '2026-10-19' }), entry('e2', 'PAY-1', { date: '2026-11-19' })]
    expect(outcome(bank, books).map((item) => item.best)).toEqual(['PROPOSED e1', 'PROPOSED e2'])
  })

  it('adds up entries to a line, and lines to an entry', () => {
    const parts = [entry('e1', 'PAY-1', usd('40.00')), entry('e2', 'PAY-1', usd('60.00'))]
    expect(outcome([line('b1', 'PAY-1')], parts)[0]?.best).toBe('PROPOSED e1+e2')
    const bank = [line('b1', 'PAY-1', usd('40.00')), line('b2', 'PAY-1', usd('60.00'))]
    expect(outcome(bank, [entry('e1', 'PAY-1')])).toMatchObject([{ id: 'b1+b2', best: 'PROPOSED e1' }])
  })
})
