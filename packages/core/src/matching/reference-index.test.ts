import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BankStatement } from '../records/statement.ts'
import { buildBankLine, buildBookEntry } from '../testing/builders.ts'
import { matchPolicy } from './match-policy.ts'
import { createMatchingContext } from './matching-context.ts'

const many = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index))
const contextOf = (texts: readonly string[], description: string) =>
  createMatchingContext(
    texts.map((remittanceText, index) => buildBankLine({ id: `b${index}`, references: { remittanceText } })),
    [buildBookEntry({ id: 'e0', references: { description } })],
    matchPolicy(),
  )

describe('the references of a run', () => {
  it('tell nothing where every line carries them', () => {
    const bankLines = many(6, (index) =>
      buildBankLine({
        id: `b${index}`,
        amount: money(`${index + 1}.00`, 'USD'),
        references: { customerReference: 'STATEMENT-0042' },
      }),
    )
    const bookEntries = [
      buildBookEntry({ id: 'e1', amount: money('77.00', 'USD'), references: { documentNumber: 'STATEMENT-0042' } }),
    ]
    expect(matchLines({ bankLines, bookEntries }).matches).toEqual([])
  })

  it('tell nothing where every line of one statement carries them, whatever the other statements hold', () => {
    const lineOf = (index: number, customerReference: string) =>
      buildBankLine({ id: `b${index}`, amount: money(`${index + 1}.00`, 'USD'), references: { customerReference } })
    const first = many(5, (index) => lineOf(index, 'CONTRACT-0042'))
    const second = many(5, (index) => lineOf(index + 5, `INV-88${index}1`))
    const statementOf = (id: string, lines: readonly BankLine[]): BankStatement => ({
      id,
      account: 'a',
      currency: 'USD',
      balances: [],
      provisional: false,
      lines,
    })
    const bookEntries = [
      buildBookEntry({ id: 'e1', amount: money('3.00', 'USD'), references: { documentNumber: 'CONTRACT-0042' } }),
      buildBookEntry({ id: 'e2', amount: money('7.00', 'USD'), references: { documentNumber: 'INV-8811' } }),
    ]
    const bankLines = [...first, ...second]
    const dullOf = (statements: readonly BankStatement[]) => {
      const { references } = createMatchingContext(bankLines, bookEntries, matchPolicy(), statements)
      return references.keys.filter((_, key) => references.dull[key] === 1)
    }
    expect(dullOf([])).toEqual([])
    expect(dullOf([statementOf('s1', first), statementOf('s2', second)])).toEqual(['CONTRACT42'])
  })

  it('are not a way to make the engine quadratic', () => {
    const bankLines = many(3000, (index) => buildBankLine({ id: `b${index}`, references: { endToEndId: 'SAME-REF' } }))
    const bookEntries = many(3000, (index) =>
      buildBookEntry({ id: `e${index}`, references: { paymentReference: 'SAME-REF' } }),
    )
    const started = performance.now()
    const run = matchLines({ bankLines, bookEntries })
    expect(run.stats.automatic).toBe(0)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it('are taken from a description where no field is filled, dates aside', () => {
    const context = contextOf(['PAYS INV-10042'], 'Invoice INV-10042 of 2026-01-05')
    expect(context.references.quotes(0)).toMatchObject([{ entry: 0, entryField: 'description', strength: 'STRONG' }])
    expect(contextOf(['ON 2026-01-05'], 'Rent of 2026-01-05').references.quotes(0)).not.toMatchObject([
      { strength: 'STRONG' },
    ])
  })

  it('are found in any spelling a rail or a clerk makes of them', () => {
    const quoted = (bank: string, book: string) =>
      createMatchingContext(
        [buildBankLine({ id: 'b1', references: { endToEndId: bank } })],
        [buildBookEntry({ id: 'e1', references: { documentNumber: book } })],
        matchPolicy(),
      ).references.quotes(0)[0]
    expect(quoted('INV4471', '4471')).toMatchObject({ step: 'prefix', strength: 'STRONG' })
    expect(quoted('XYZ44712', '44712')).toMatchObject({ step: 'prefix', strength: 'WEAK' })
    expect(quoted('XYZ44712', 'ABC44712')).toBeUndefined()
    expect(quoted('44712', 'XYZ44712')).toMatchObject({ step: 'prefix', strength: 'WEAK' })
    expect(quoted('CONTRACT-202', 'CONTRACT-2026-001')).toMatchObject({ step: 'rail-truncation' })
    expect(quoted('1Z3AS9', '123459')).toMatchObject({ step: 'lookalike', strength: 'WEAK' })
  })
})
