import { describe, expect, it } from 'vitest'
import { parseStatement } from './parse-statement.ts'
import { summarizeStatements } from './statement-summary.ts'
import { bai2File, mt940File, nachaFile } from './testing/bank-files.ts'

describe('summarizeStatements', () => {
  it('sums credits and debits apart, both without a sign', async () => {
    expect(summarizeStatements(await parseStatement(bai2File))).toEqual([
      {
        account: '0001234567',
        currency: 'USD',
        openingBalance: '1000.00',
        closingBalance: '1155.00',
        transactions: 4,
        sumCredits: '200.00',
        sumDebits: '45.00',
        firstDate: '2026-11-20',
        lastDate: '2026-11-20',
      },
    ])
  })

  it('says null where the file says nothing, and counts entries that move no money', async () => {
    const [summary] = summarizeStatements(await parseStatement(nachaFile))
    expect(summary).toMatchObject({
      openingBalance: null,
      closingBalance: null,
      sumCredits: '100.00',
      sumDebits: '25.00',
    })
    const [empty] = summarizeStatements({
      statements: [
        { id: '1', account: 'A', currency: 'JPY', balances: [], lines: [], provisional: false, informationEntries: 3 },
      ],
    })
    expect(empty).toMatchObject({ transactions: 3, sumCredits: '0', sumDebits: '0', firstDate: null, lastDate: null })
  })

  it('reads the example of every format without a warning', async () => {
    for (const text of [bai2File, mt940File, nachaFile]) expect((await parseStatement(text)).warnings).toEqual([])
  })
})
