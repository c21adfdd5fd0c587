import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits, isZeroMoney, money, sumMoney } from '../money/money.ts'
import { buildBankLine, buildBookEntry } from '../testing/builders.ts'
import { linkProof } from './link-proof.ts'

const usd = (amount: string) => money(amount, 'USD')

describe('linkProof', () => {
  it('breaks the difference down by cause', () => {
    const proofs = linkProof({
      bankLines: [
        buildBankLine({ id: 'b1', amount: usd('100.00') }),
        buildBankLine({ id: 'b2', amount: usd('30.00') }),
        buildBankLine({ id: 'b3', amount: usd('7.00'), status: 'PENDING' }),
        buildBankLine({ id: 'gone', amount: usd('999.00'), status: 'WITHDRAWN' }),
        buildBankLine({ id: 'old', amount: usd('999.00'), status: 'SUPERSEDED' }),
      ],
      bookEntries: [
        buildBookEntry({ id: 'e1', amount: usd('102.00') }),
        buildBookEntry({ id: 'e2', amount: usd('50.00'), openAmount: usd('20.00') }),
        buildBookEntry({ id: 'e3', amount: usd('999.00'), status: 'CLOSED' }),
      ],
      links: [{ bankLineIds: ['b1'], bookEntryIds: ['e1'], adjustments: [{ kind: 'FEE', amount: usd('-2.00') }] }],
      bankCause: (line) => (line.status === 'PENDING' ? 'PENDING' : 'UNMATCHED'),
    })
    expect(proofs).toEqual([
      {
        currency: 'USD',
        bankTotal: usd('137.00'),
        bookTotal: usd('122.00'),
        difference: usd('15.00'),
        causes: [
          { cause: 'ADJUSTMENT_FEE', amount: usd('-2.00'), count: 1 },
          { cause: 'OPEN_BOOK_ENTRY', amount: usd('-20.00'), count: 1 },
          { cause: 'PENDING', amount: usd('7.00'), count: 1 },
          { cause: 'UNMATCHED', amount: usd('30.00'), count: 1 },
        ],
        unexplained: usd('0.00'),
      },
    ])
  })

  it('shows what a link leaves without an adjustment', () => {
    const [proof] = linkProof({
      bankLines: [buildBankLine({ id: 'b1', amount: usd('10.00') })],
      bookEntries: [buildBookEntry({ id: 'e1', amount: usd('9.99') })],
      links: [
        {
          bankLineIds: ['b1', 'unknown'],
          bookEntryIds: ['e1', 'unknown'],
          adjustments: [{ kind: 'FX', amount: money('1.00', 'EUR') }],
        },
      ],
      bookCause: () => 'NEVER',
    })
    expect(proof?.causes).toEqual([{ cause: 'LINK_DIFFERENCE', amount: usd('0.01'), count: 1 }])
  })

  it('shows both sides of a conversion, each in its currency', () => {
    const proofs = linkProof({
      bankLines: [buildBankLine({ id: 'b1', amount: money('90.00', 'EUR') })],
      bookEntries: [buildBookEntry({ id: 'e1', amount: usd('100.00') })],
      links: [{ bankLineIds: ['b1'], bookEntryIds: ['e1'], adjustments: [{ kind: 'FX', amount: usd('1.00') }] }],
    })
    expect(proofs.map((proof) => proof.causes)).toEqual([
      [{ cause: 'CURRENCY_CONVERSION', amount: money('90.00', 'EUR'), count: 1 }],
      [{ cause: 'CURRENCY_CONVERSION', amount: usd('-100.00'), count: 1 }],
    ])
    expect(proofs.map((proof) => proof.difference)).toEqual([money('90.00', 'EUR'), usd('-100.00')])
  })

  it('has no cause where everything is linked, an entry by what is still open of it', () => {
    const [proof] = linkProof({
      bankLines: [buildBankLine({ id: 'b1', amount: usd('20.00') })],
      bookEntries: [buildBookEntry({ id: 'e1', amount: usd('50.00'), openAmount: usd('20.00') })],
      links: [{ bankLineIds: ['b1'], bookEntryIds: ['e1'], adjustments: [] }],
    })
    expect(proof).toMatchObject({ bookTotal: usd('20.00'), difference: usd('0.00'), causes: [] })
  })

  it('has nothing to say of nothing', () => {
    expect(linkProof({ bankLines: [], bookEntries: [], links: [] })).toEqual([])
    const [bankOnly] = linkProof({ bankLines: [buildBankLine({ id: 'b' })], bookEntries: [], links: [] })
    expect(bankOnly?.causes).toEqual([{ cause: 'OPEN_BANK_LINE', amount: usd('100.00'), count: 1 }])
    const [bookOnly] = linkProof({
      bankLines: [],
      bookEntries: [buildBookEntry({ id: 'e' })],
      links: [],
      bookCause: () => 'LATE',
    })
    expect(bookOnly).toMatchObject({ bankTotal: usd('0.00'), causes: [{ cause: 'LATE', amount: usd('-100.00') }] })
  })

  it('leaves nothing unexplained when no record is in two links', () => {
    const amounts = fc.array(fc.record({ minor: fc.bigInt(-(10n ** 9n), 10n ** 9n), euro: fc.boolean() }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(amounts, amounts, fc.nat(6), (bank, book, links) => {
        const bankLines = bank.map(({ minor, euro }, at) =>
          buildBankLine({ id: `b${at}`, amount: fromMinorUnits(minor, euro ? 'EUR' : 'USD') }),
        )
        const bookEntries = book.map(({ minor, euro }, at) =>
          buildBookEntry({ id: `e${at}`, amount: fromMinorUnits(minor, euro ? 'EUR' : 'USD') }),
        )
        const pairs = Array.from({ length: Math.min(links, bank.length, book.length) }, (_unused, at) => ({
          bankLineIds: [`b${at}`],
          bookEntryIds: [`e${at}`],
          adjustments: [],
        }))
        for (const proof of linkProof({ bankLines, bookEntries, links: pairs })) {
          expect(isZeroMoney(proof.unexplained)).toBe(true)
          expect(
            sumMoney(
              proof.causes.map((cause) => cause.amount),
              proof.currency,
            ),
          ).toEqual(proof.difference)
        }
      }),
      { numRuns: 80 },
    )
  })
})
