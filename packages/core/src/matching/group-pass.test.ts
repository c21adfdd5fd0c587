import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { fromMinorUnits } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { addDays } from '../records/iso-date.ts'
import { type MatchPolicyInput, matchPolicy } from './match-policy.ts'

type LinePart = Partial<BankLine> & { readonly minor: number; readonly lag?: number }
type EntryPart = Partial<BookEntry> & { readonly minor: number; readonly lag?: number }
const day = '2026-05-11'

const line = (id: string, { minor, lag = 0, ...rest }: LinePart): BankLine => ({
  id,
  bookingDate: addDays(day, lag),
  amount: fromMinorUnits(BigInt(minor), 'USD'),
  status: 'POSTED',
  references: {},
  ...rest,
})
const entry = (id: string, { minor, lag = 0, ...rest }: EntryPart): BookEntry => ({
  id,
  date: addDays(day, lag),
  amount: fromMinorUnits(BigInt(minor), 'USD'),
  kind: 'INVOICE',
  references: {},
  ...rest,
})
const best = (bankLines: BankLine[], bookEntries: BookEntry[], policy: MatchPolicyInput = {}) =>
  matchLines({ bankLines, bookEntries }, matchPolicy(policy)).items.map((item) => {
    const match = item.matches[0]
    return `${item.bankLineIds.join('+')}=${match?.bookEntryIds.join('+') ?? ''} ${match?.status ?? 'NONE'} ${match?.reason.code ?? item.reason.code}`
  })
const invoice = (id: string, minor: number, number: string, rest: Partial<BookEntry> = {}) =>
  entry(id, { minor, lag: -9, references: { documentNumber: number }, counterparty: { name: 'Cedar Foods' }, ...rest })

describe('groups by explicit references', () => {
  const bills = [invoice('e1', 12_345, 'INV-40411'), invoice('e2', 6_100, 'INV-40417'), invoice('e3', 990, 'INV-40420')]
  const paying = (minor: number, text: string) => [line('b1', { minor, references: { remittanceText: text } })]

  it('joins every invoice a remittance lists', () => {
    expect(best(paying(19_435, 'INV-40411, INV-40417, INV-40420'), bills)).toEqual([
      'b1=e1+e2+e3 PROPOSED REFERENCES_SUM',
    ])
  })

  it('deducts a credit note that is listed too', () => {
    const all = [...bills, invoice('e4', -435, 'CN-40431')]
    expect(best(paying(19_000, 'INV-40411 INV-40417 INV-40420 CN-40431'), all)).toEqual([
      'b1=e1+e2+e3+e4 PROPOSED GROUP_QUOTED',
    ])
  })

  it('takes a fee within the allowance as a difference that says so, and nothing beyond it', () => {
    const [match] = matchLines({
      bankLines: paying(19_135, 'INV-40411 INV-40417 INV-40420'),
      bookEntries: bills,
    }).matches
    expect(match).toMatchObject({
      bookEntryIds: ['e1', 'e2', 'e3'],
      difference: { amount: '-3.00' },
      adjustments: [{ kind: 'FEE', amount: { amount: '-3.00' } }],
      reason: { code: 'GROUP_FEE_NETTED' },
    })
    expect(best(paying(15_000, 'INV-40411 INV-40417 INV-40420'), bills)[0]).not.toContain('GROUP_FEE_NETTED')
  })

  it('sees installments of one invoice', () => {
    const parts = [4_000, 5_000, 3_345].map((minor, at) =>
      line(`b${at}`, { minor, lag: at * 6, references: { remittanceText: `part ${at} of INV-40411` } }),
    )
    expect(best(parts, [invoice('e1', 12_345, 'INV-40411')])).toEqual(['b0+b1+b2=e1 PROPOSED INSTALLMENTS_SUM'])
  })
})

describe('groups by a number both sides carry', () => {
  const sales = [4_410, 2_599, -1_100, 7_250].map((minor, at) =>
    entry(`s${at}`, {
      minor,
      lag: -2,
      instrument: 'CARD',
      references: { documentNumber: `T${at}9001`, batchId: 'BX88120' },
    }),
  )
  it.each([13_159, 12_950])('a card payout of %d finds its batch, wherever the number stands', (minor) => {
    const payout = line('b1', { minor, instrument: 'CARD', references: { remittanceText: 'SETTLEMENT BX88120' } })
    const code = minor === 13_159 ? 'GROUP_BATCH' : 'GROUP_FEE_NETTED'
    expect(best([payout], sales)).toEqual([`b1=s0+s1+s2+s3 PROPOSED ${code}`])
  })

  it('closes explicit groups by itself only where the policy allows the pass', () => {
    const payout = line('b1', { minor: 13_159, references: { batchId: 'BX88120' } })
    const automatic = { automatic: { passes: ['GROUP' as const] } }
    expect(best([payout], sales, automatic)).toEqual(['b1=s0+s1+s2+s3 AUTO GROUP_BATCH'])
  })
})

describe('card payouts without a batch number', () => {
  it('take the days whose fee rate the other payouts share', () => {
    const entries: BookEntry[] = []
    const lines: BankLine[] = []
    for (let sold = 0; sold < 6; sold++) {
      const amounts = [10_007 + sold * 613, 20_011 + sold * 1_171, 5_003 + sold * 97]
      for (const [at, minor] of amounts.entries())
        entries.push(entry(`s${sold}-${at}`, { minor, lag: sold, instrument: 'CARD' }))
      const gross = amounts.reduce((sum, minor) => sum + minor, 0)
      lines.push(line(`p${sold}`, { minor: gross - Math.round(gross * 0.02), lag: sold + 2, instrument: 'CARD' }))
    }
    const found = best(lines, entries)
    for (let sold = 0; sold < 6; sold++)
      expect(found).toContain(`p${sold}=s${sold}-0+s${sold}-1+s${sold}-2 PROPOSED GROUP_FEE_NETTED`)
  })
})

describe('groups by sum', () => {
  it('finds the open items of one counterparty, also for a payer without a name', () => {
    const bills = [
      invoice('e1', 45_211, 'A-1'),
      invoice('e2', 13_780, 'A-2'),
      invoice('x', 77_003, 'Z-9', { counterparty: { name: 'Delta Steel' } }),
    ]
    const named = line('b1', { minor: 58_991, counterparty: { name: 'CEDAR FOODS' } })
    expect(best([named], bills)).toEqual(['b1=e1+e2 PROPOSED GROUP_COUNTERPARTY_TOTAL'])
    expect(best([line('b1', { minor: 58_991 })], bills)).toEqual(['b1=e1+e2 PROPOSED GROUP_COUNTERPARTY_TOTAL'])
  })

  it('prefers a plausible one-to-one to a coincidental sum', () => {
    const bills = [
      invoice('e1', 45_211, 'A-1'),
      invoice('e2', 13_780, 'A-2'),
      entry('whole', { minor: 58_991, lag: -1 }),
    ]
    expect(best([line('b1', { minor: 58_991 })], bills)[0]).toContain('b1=whole')
  })

  it('counts the ways, and confirms none when there are several', () => {
    const bills = [20_000, 30_000, 10_000, 40_000].map((minor, at) =>
      invoice(`e${at}`, minor + 7 * (at % 2 ? 1 : -1), `A-${at}`),
    )
    const payer = line('b1', { minor: 50_000, counterparty: { name: 'CEDAR FOODS' } })
    const [match] = matchLines({ bankLines: [payer], bookEntries: bills }).matches
    expect(match).toMatchObject({ status: 'PROPOSED', reason: { code: 'GROUP_AMBIGUOUS', params: { solutions: 2 } } })
  })

  it('never uses a record twice, and gives the same groups in any order', () => {
    const part = fc.record({
      minor: fc.integer({ min: 1, max: 60 }),
      name: fc.constantFrom('CEDAR', 'DELTA', undefined),
    })
    const some = fc.array(part, { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(some, some, (left, right) => {
        const named = (name: string | undefined) => (name === undefined ? {} : { counterparty: { name } })
        const bankLines = left.map(({ minor, name }, at) => line(`b${at}`, { minor: minor * 101, ...named(name) }))
        const bookEntries = right.map(({ minor, name }, at) => entry(`e${at}`, { minor: minor * 101, ...named(name) }))
        const run = matchLines({ bankLines, bookEntries })
        const again = matchLines({ bankLines: [...bankLines].reverse(), bookEntries: [...bookEntries].reverse() })
        expect(again.matches).toEqual(run.matches)
        const taken = run.matches.filter((match) => match.status === 'AUTO').flatMap((match) => match.bookEntryIds)
        expect(new Set(taken).size).toBe(taken.length)
        expect(run.items.flatMap((item) => item.bankLineIds).sort()).toEqual(bankLines.map(({ id }) => id).sort())
      }),
      { numRuns: 150 },
    )
  })
})
