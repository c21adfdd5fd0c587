import { describe, expect, it } from 'vitest'
import { creditorStatement } from '../collections/creditor-statement.ts'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import { presets } from '../presets/presets.ts'
import { statementProof } from '../proof/statement-proof.ts'
import { scenarios } from '../scenarios/scenario.ts'
import { type ChangeEvent, replaySubject, type Subject } from '../subject-change.ts'
import { accepted } from './accepted.ts'
import { bookkeepingHistory } from './bookkeeping-history.ts'
import { bookkeepingWorld } from './bookkeeping-world.ts'
import { cashManagementDay, cashManagementWorld } from './cash-management-world.ts'
import { collectionsHistory } from './collections-history.ts'
import { collectionsWorld } from './collections-world.ts'
import { paymentsDeskWorld } from './payments-desk-world.ts'
import { treasuryHistory } from './treasury-history.ts'
import { treasuryWorld } from './treasury-world.ts'
import { uncataloguedEvents } from './uncatalogued-events.ts'

function rebuilt<S extends Subject>(first: S, events: readonly ChangeEvent[]): S {
  return accepted(
    replaySubject(
      first,
      events.filter((event) => event.subject.id === first.id),
    ),
  )
}

describe('the worlds', () => {
  it('of cash management shows every scenario, and its statement is true to itself', () => {
    const { bankLines, bookEntries, statement } = cashManagementWorld
    const run = matchLines({ bankLines, bookEntries, statements: [statement] }, presets.cashManagement)
    expect([...new Set(run.items.map((item) => item.scenario))].sort()).toEqual([...scenarios].sort())
    for (const proof of run.proofs) expect(proof.unexplained.amount).toBe('0.00')
    expect(statementProof([statement])).toMatchObject([{ proven: true, difference: { amount: '0.00' } }])
    const quiet = cashManagementDay(0)
    expect(quiet.bankLines.length).toBe(bankLines.length - 3)
    expect(matchLines(cashManagementDay(40), presets.cashManagement).stats.byScenario.AUTO_RECONCILED).toBe(40)
  })

  it('of the payments desk has payments in each bucket, and reconciles nothing by itself', () => {
    const { deposits, payments } = paymentsDeskWorld
    const run = matchLines({ bankLines: deposits, bookEntries: payments }, presets.paymentsDesk)
    const inBucket = (bucket: string) => run.items.filter((item) => item.bucket === bucket).map((item) => item.id)
    expect(inBucket('UNIQUE')).toHaveLength(7)
    expect(inBucket('PARTIAL').sort()).toEqual(['item:PAY-10479', 'item:PAY-10482'])
    expect(inBucket('NO_MATCH').sort()).toEqual(['item:PAY-10377', 'item:PAY-10490', 'item:PAY-10491'])
    expect(run.items.every((item) => item.status === 'OUTSTANDING')).toBe(true)
  })

  it('of bookkeeping has an exact match, a proposal and five questions for the client', () => {
    const { bankLines, bookEntries, statement, items } = bookkeepingWorld
    const run = matchLines({ bankLines, bookEntries }, presets.bookkeeping)
    expect(run.stats).toMatchObject({ automatic: 1, proposed: 1, unmatched: 5 })
    expect(statementProof([statement])).toMatchObject([{ proven: true }])
    const { answering, settling } = bookkeepingHistory()
    const statuses = (moment: typeof answering) => moment.items.map((item) => item.response?.status ?? item.status)
    expect(statuses(answering)).toEqual(['PENDING', 'DRAFT', 'SUBMITTED', 'PUSHED_BACK', 'PENDING'])
    expect(statuses(settling)).toEqual(['IN_EXCEPTION', 'SUBMITTED', 'APPLIED', 'PUSHED_BACK', 'PENDING'])
    expect(items.map((item) => rebuilt(item, settling.events))).toEqual(settling.items)
    expect(uncataloguedEvents(settling.events)).toEqual([])
  })

  it('of the treasury knows some of it on Friday and nearly all of it on Monday, and overwrites nothing', () => {
    const { friday, monday } = treasuryHistory()
    const certain = (moment: typeof friday) =>
      moment.transactables.map((one) => one.certainty).reduce<Record<string, number>>(counted, {})
    expect(certain(friday)).toEqual({ TENTATIVE: 5, RECONCILED: 5, UNRECONCILED: 1 })
    expect(certain(monday)).toEqual({ TENTATIVE: 1, RECONCILED: 8, UNRECONCILED: 2 })
    expect(monday.bankLines).toHaveLength(treasuryWorld.intraday.length + treasuryWorld.priorDay.length)
    expect(monday.bankLines.filter((line) => line.status === 'SUPERSEDED')).toHaveLength(5)
    expect(treasuryWorld.transactables.map((one) => rebuilt(one, monday.events))).toEqual(monday.transactables)
    expect(uncataloguedEvents(monday.events)).toEqual([])
  })

  it('of collections adds up: rows, payouts and the statement of its month', () => {
    const { placements, creditor, period } = collectionsWorld
    const { placements: after, remittances, payouts, events } = collectionsHistory()
    expect(placements.map((one) => rebuilt(one, events))).toEqual(after)
    expect(uncataloguedEvents(events)).toEqual([])
    const opening = money('0.00', 'USD')
    const given = { creditorId: creditor.id, currency: 'USD', ...period, opening, remittances, payouts }
    const statement = accepted(creditorStatement({ ...given, adjustments: [], sha256: (text) => `${text.length}` }))
    expect(
      [statement.collected, statement.fees, statement.paidOut, statement.closing].map((one) => one.amount),
    ).toEqual(['1233.35', '155.34', '1406.01', '-328.00'])
  })

  it('are histories of what is allowed: a step that is not stops with its reason', () => {
    const [first] = collectionsWorld.steps
    if (first === undefined) throw new Error('no step')
    expect(() => collectionsHistory([first, first])).toThrow('PAYMENT_RECORDED')
    expect(() => collectionsHistory([{ ...first, placementId: 'pl_9' } as typeof first])).toThrow('no placement')
    const transfer = { step: 'TRANSFER', remittanceId: 'rm_9', reference: 'TR-1', at: collectionsWorld.now } as const
    expect(() => collectionsHistory([transfer])).toThrow('no row')
    expect(() => accepted(null)).toThrow('not offered')
  })
})

function counted(sums: Record<string, number>, word: string): Record<string, number> {
  return { ...sums, [word]: (sums[word] ?? 0) + 1 }
}
