import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinorUnits, type Money, money } from '../money/money.ts'
import type { BankStatement } from '../records/statement.ts'
import { buildBankLine, buildStatement } from '../testing/builders.ts'
import { statementProof } from './statement-proof.ts'

const usd = (amount: string) => money(amount, 'USD')
const opens = (amount: Money) => ({ openingBalance: { kind: 'OPENING_BOOKED' as const, amount } })
const closes = (amount: Money) => ({ closingBalance: { kind: 'CLOSING_BOOKED' as const, amount } })
const october: BankStatement = buildStatement({
  id: 'october',
  ...opens(usd('100.00')),
  ...closes(usd('130.00')),
  sequence: '10',
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
  lines: [
    buildBankLine({ id: 'o1', bookingDate: '2026-10-01', amount: usd('50.00') }),
    buildBankLine({ id: 'o2', bookingDate: '2026-10-31', amount: usd('-20.00') }),
    buildBankLine({ id: 'o3', bookingDate: '2026-10-31', amount: usd('999.00'), status: 'PENDING' }),
    buildBankLine({ id: 'o4', bookingDate: '2026-10-30', amount: usd('999.00'), status: 'SUPERSEDED' }),
  ],
})
const november: BankStatement = buildStatement({
  id: 'november',
  ...opens(usd('130.00')),
  ...closes(usd('131.50')),
  sequence: '11',
  periodStart: '2026-11-01',
  periodEnd: '2026-11-30',
  lines: [buildBankLine({ id: 'n1', bookingDate: '2026-11-15', amount: usd('1.50') })],
})
const proofOf = (...statements: BankStatement[]) => {
  const [proof] = statementProof(statements)
  if (!proof) throw new Error('no proof')
  return proof
}
const findings = (...statements: BankStatement[]) => proofOf(...statements).findings.map((finding) => finding.code)
const without = <Key extends keyof BankStatement>(statement: BankStatement, ...keys: Key[]): BankStatement => {
  const copy: Partial<BankStatement> = { ...statement }
  for (const key of keys) delete copy[key]
  return copy as BankStatement
}

describe('statementProof', () => {
  it('proves opening + movements = closing over joined statements, first and last day included', () => {
    expect(proofOf(november, october)).toEqual({
      account: 'ACC-1',
      currency: 'USD',
      statementIds: ['october', 'november'],
      firstDate: '2026-10-01',
      lastDate: '2026-11-30',
      opening: usd('100.00'),
      movements: usd('31.50'),
      closing: usd('131.50'),
      computedClosing: usd('131.50'),
      difference: usd('0.00'),
      proven: true,
      findings: [],
    })
  })

  it('finds what a statement is short of, and where', () => {
    const wrong = { ...october, ...closes(usd('130.01')) }
    expect(proofOf(wrong)).toMatchObject({
      difference: usd('0.01'),
      proven: false,
      findings: [{ code: 'DOES_NOT_ADD_UP', statementIds: ['october'], amount: usd('0.01') }],
    })
  })

  it('finds a gap between statements by its amount, and a missing number', () => {
    const december = { ...november, id: 'december', sequence: '12', ...opens(usd('131.00')), ...closes(usd('132.50')) }
    expect(proofOf(october, december).findings).toEqual([
      { code: 'GAP_BETWEEN_STATEMENTS', statementIds: ['october', 'december'], amount: usd('1.00') },
      { code: 'SEQUENCE_GAP', statementIds: ['october', 'december'] },
    ])
  })

  it.each<[string, BankStatement[], string[]]>([
    ['no opening', [without(october, 'openingBalance')], ['OPENING_MISSING']],
    ['no closing', [without(october, 'closingBalance')], ['CLOSING_MISSING']],
    ['an intraday statement', [{ ...october, provisional: true }], ['PROVISIONAL']],
    ['overlapping periods', [october, { ...november, periodStart: '2026-10-30' }], ['PERIODS_OVERLAP']],
    ['a period turned round', [{ ...november, periodEnd: '2026-10-01' }], ['PERIOD_REVERSED', 'LINE_OUTSIDE_PERIOD']],
    ['a line before the first day', [{ ...october, periodStart: '2026-10-02' }], ['LINE_OUTSIDE_PERIOD']],
    ['a line after the last day', [{ ...october, periodEnd: '2026-10-30' }], ['LINE_OUTSIDE_PERIOD']],
    [
      'a line told twice',
      [october, { ...november, ...closes(usd('180.00')), lines: october.lines.slice(0, 1) }],
      ['LINE_OUTSIDE_PERIOD', 'LINE_REPEATED'],
    ],
    ['a balance in another currency', [{ ...october, ...opens(money('100.00', 'EUR')) }], ['CURRENCY_MISMATCH']],
    ['a closing in another currency', [{ ...october, ...closes(money('100.00', 'EUR')) }], ['CURRENCY_MISMATCH']],
    [
      'numbers that are words',
      [
        { ...october, sequence: 'A' },
        { ...november, sequence: 'C' },
      ],
      [],
    ],
    ['no numbers', [without(october, 'sequence'), november], []],
    ['no periods', [without(october, 'periodStart', 'periodEnd'), november], []],
    ['touching periods', [october, { ...november, periodStart: '2026-10-31' }], []],
  ])('tells of %s', (_what, statements, codes) => {
    expect(findings(...statements)).toEqual(codes)
    expect(proofOf(...statements).proven).toBe(codes.length === 0)
  })

  it('names the lines it tells of', () => {
    const foreign = buildBankLine({ id: 'e1', bookingDate: '2026-10-05', amount: money('5.00', 'EUR') })
    expect(proofOf({ ...october, lines: [...october.lines, foreign] }).findings).toEqual([
      { code: 'CURRENCY_MISMATCH', statementIds: ['october'], ids: ['e1'] },
    ])
    expect(proofOf({ ...october, periodEnd: '2026-10-30' }).findings[0]?.ids).toEqual(['o2'])
    const again = { ...november, ...closes(usd('110.00')), lines: [october.lines[1] as (typeof october.lines)[0]] }
    expect(proofOf(october, again).findings.at(-1)).toEqual({
      code: 'LINE_REPEATED',
      statementIds: ['october', 'november'],
      ids: ['o2'],
    })
  })

  it('compares no balances across a currency that changed', () => {
    const euro = { ...november, ...opens(money('130.00', 'EUR')) }
    expect(findings(october, euro)).toEqual(['CURRENCY_MISMATCH'])
    expect(findings(without(october, 'closingBalance'), november)).toEqual(['CLOSING_MISSING'])
  })

  it('says what it can when a balance is missing', () => {
    const bare = without(october, 'openingBalance', 'closingBalance', 'periodStart', 'periodEnd')
    const proof = proofOf(bare)
    expect(proof).toMatchObject({
      movements: usd('30.00'),
      firstDate: '2026-10-01',
      lastDate: '2026-10-31',
      proven: false,
    })
    for (const key of ['opening', 'closing', 'computedClosing', 'difference']) expect(proof).not.toHaveProperty(key)
    const nothing = proofOf({ ...bare, lines: [] })
    expect(nothing).not.toHaveProperty('firstDate')
    expect(nothing).not.toHaveProperty('lastDate')
  })

  it('takes first and last day from the lines whatever their order, and a statement of one day for one', () => {
    const bare = without(october, 'periodStart', 'periodEnd')
    expect(proofOf({ ...bare, lines: [...bare.lines].reverse() })).toMatchObject({
      firstDate: '2026-10-01',
      lastDate: '2026-10-31',
    })
    const day = buildStatement({ id: 'day', periodStart: '2026-11-20', periodEnd: '2026-11-20' })
    expect(proofOf(day)).toMatchObject({ proven: true, firstDate: '2026-11-20', lastDate: '2026-11-20' })
  })

  it('keeps accounts and currencies apart, in order', () => {
    const other = buildStatement({ id: 'other', account: 'ACC-0' })
    const euro = buildStatement({ id: 'euro', currency: 'EUR' })
    expect(statementProof([october, other, euro]).map((proof) => [proof.account, proof.currency])).toEqual([
      ['ACC-0', 'USD'],
      ['ACC-1', 'EUR'],
      ['ACC-1', 'USD'],
    ])
    expect(statementProof([])).toEqual([])
  })

  it('puts statements in order by period, opening day, last day, first line, then number and id', () => {
    const day = (id: string, given: Partial<BankStatement>) => buildStatement({ id, ...given })
    const dated = (date: string) => ({ openingBalance: { kind: 'OPENING_BOOKED' as const, amount: usd('0'), date } })
    const statements = [
      day('f', { periodStart: '2026-11-06' }),
      day('e', { ...dated('2026-11-05') }),
      day('d', { periodEnd: '2026-11-04' }),
      day('c', { lines: [buildBankLine({ id: 'x', bookingDate: '2026-11-03', status: 'PENDING' })] }),
      day('b', { sequence: '2' }),
      day('a2', { sequence: '1' }),
      day('a1', { sequence: '1' }),
    ]
    expect(proofOf(...statements).statementIds).toEqual(['a1', 'a2', 'b', 'c', 'd', 'e', 'f'])
    expect(proofOf(...statements.reverse()).statementIds).toEqual(['a1', 'a2', 'b', 'c', 'd', 'e', 'f'])
  })

  it('proves any chain of statements made from its own movements, and no chain with a cent changed', () => {
    const months = fc.array(fc.array(fc.bigInt(-(10n ** 9n), 10n ** 9n), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(months, fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.nat(), (chain, start, spot) => {
        let balance = start
        const statements = chain.map((amounts, index) => {
          const opening = balance
          balance += amounts.reduce((sum, amount) => sum + amount, 0n)
          return buildStatement({
            id: `s${index}`,
            sequence: String(index + 1),
            periodStart: `2026-11-0${index + 1}`,
            ...opens(fromMinorUnits(opening, 'USD')),
            ...closes(fromMinorUnits(balance, 'USD')),
            lines: amounts.map((amount, at) =>
              buildBankLine({ id: `l${index}-${at}`, amount: fromMinorUnits(amount, 'USD') }),
            ),
          })
        })
        expect(proofOf(...statements).proven).toBe(true)
        const at = spot % statements.length
        const spoiled = statements.map((one, index) =>
          index === at ? { ...one, lines: [...one.lines, buildBankLine({ id: 'extra', amount: usd('0.01') })] } : one,
        )
        expect(proofOf(...spoiled).findings.map((finding) => finding.code)).toEqual(['DOES_NOT_ADD_UP'])
      }),
      { numRuns: 60 },
    )
  })
})

describe('pages', () => {
  const page = (number: number, given: Partial<BankStatement> = {}) =>
    buildStatement({ id: `page-${number}`, sequence: '7', page: number, ...given })
  const pages = [
    page(1, {
      ...opens(usd('0.00')),
      ...closes(usd('5.00')),
      lines: [buildBankLine({ id: 'a', amount: usd('5.00') })],
      lastPage: false,
    }),
    page(2, {
      ...opens(usd('5.00')),
      ...closes(usd('9.00')),
      lines: [buildBankLine({ id: 'b', amount: usd('4.00') })],
      lastPage: true,
      periodEnd: '2026-11-30',
    }),
  ]

  it('are joined: the opening of the first, the closing of the last, all lines', () => {
    expect(proofOf(...[...pages].reverse())).toMatchObject({
      opening: usd('0.00'),
      closing: usd('9.00'),
      movements: usd('9.00'),
      lastDate: '2026-11-30',
      proven: true,
    })
  })

  it.each<[string, BankStatement[], string[]]>([
    ['a missing first page', [pages[1] as BankStatement], ['PAGE_MISSING']],
    [
      'a missing page between',
      [pages[0] as BankStatement, { ...(pages[1] as BankStatement), page: 3 }],
      ['PAGE_MISSING'],
    ],
    ['a missing last page', [pages[0] as BankStatement], ['LAST_PAGE_MISSING']],
    [
      'a page that is provisional',
      [pages[0] as BankStatement, { ...(pages[1] as BankStatement), provisional: true }],
      ['PROVISIONAL'],
    ],
    [
      'a page without a closing',
      [pages[0] as BankStatement, without(pages[1] as BankStatement, 'closingBalance')],
      ['CLOSING_MISSING'],
    ],
    [
      'a page without an opening',
      [pages[0] as BankStatement, without(pages[1] as BankStatement, 'openingBalance')],
      [],
    ],
    [
      'a first page without an opening',
      [without(pages[0] as BankStatement, 'openingBalance'), pages[1] as BankStatement],
      ['OPENING_MISSING'],
    ],
    [
      'a first page without a closing',
      [without(pages[0] as BankStatement, 'closingBalance'), pages[1] as BankStatement],
      [],
    ],
    ['pages that do not say which is last', pages.map((one) => without(one, 'lastPage')), []],
    ['a page with no number of its statement', [without(page(1), 'sequence')], []],
  ])('tell of %s', (_what, statements, codes) => {
    expect(findings(...statements)).toEqual(codes)
  })

  it('tell of a break that does not carry the balance over', () => {
    const broken = [pages[0] as BankStatement, { ...(pages[1] as BankStatement), ...opens(usd('4.00')) }]
    expect(proofOf(...broken).findings).toEqual([
      { code: 'PAGE_BREAK_DIFFERS', statementIds: ['page-1', 'page-2'], amount: usd('-1.00') },
    ])
    const euro = [pages[0] as BankStatement, { ...(pages[1] as BankStatement), ...opens(money('4.00', 'EUR')) }]
    expect(findings(...euro)).toEqual([])
  })
})
