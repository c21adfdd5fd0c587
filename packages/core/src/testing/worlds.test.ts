import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { presets } from '../presets/presets.ts'
import { statementProof } from '../proof/statement-proof.ts'
import { scenarios } from '../scenarios/scenario.ts'
import { bookkeepingWorld } from './bookkeeping-world.ts'
import { cashManagementWorld } from './cash-management-world.ts'
import { paymentsDeskWorld } from './payments-desk-world.ts'

describe('the worlds', () => {
  it('of cash management shows every scenario once, and its statement is true to itself', () => {
    const { bankLines, bookEntries, statement } = cashManagementWorld
    const run = matchLines({ bankLines, bookEntries, statements: [statement] }, presets.cashManagement)
    expect(run.items.map((item) => item.scenario).sort()).toEqual([...scenarios].sort())
    expect(run.proof.unexplained.amount).toBe('0.00')
    expect(statementProof([statement])).toMatchObject([{ proven: true, difference: { amount: '0.00' } }])
  })

  it('of the payments desk has one payment in each bucket, and reconciles nothing by itself', () => {
    const { deposits, payments } = paymentsDeskWorld
    const run = matchLines({ bankLines: deposits, bookEntries: payments }, presets.paymentsDesk)
    expect(run.items.map((item) => [item.id, item.bucket, item.status]).sort()).toEqual([
      ['item:payment-none', 'NO_MATCH', 'OUTSTANDING'],
      ['item:payment-partial', 'PARTIAL', 'OUTSTANDING'],
      ['item:payment-unique', 'UNIQUE', 'OUTSTANDING'],
    ])
  })

  it('of bookkeeping has an exact match, a proposal and two questions for the client', () => {
    const { bankLines, bookEntries, statement } = bookkeepingWorld
    const run = matchLines({ bankLines, bookEntries }, presets.bookkeeping)
    expect(run.stats).toMatchObject({ automatic: 1, proposed: 1, unmatched: 2 })
    expect(statementProof([statement])).toMatchObject([{ proven: true }])
  })
})
