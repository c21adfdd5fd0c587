import { type Money, money, type Scenario, scenarios } from '@recon/core'
import { buildReviewItem } from '@recon/core/testing'
import type { WorkItem } from '@recon/react'

const names = [
  'Northwind',
  'Oakline',
  'Meridian',
  'Calder',
  'Harrow',
  'Tanager',
  'Ridgeway',
  'Yarrow',
  'Kestrel',
  'Juniper',
]
const trades = ['Freight', 'Energy', 'Paper', 'Finch LLP', 'Studios', 'Logistics', 'Steel', 'Medical', 'Data', 'Supply']

/** A list of any length for measuring: mixed scenarios, amounts and names from a small generator with a fixed seed. */
export function largeDay(count: number): readonly WorkItem[] {
  let state = 20_261_120
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state % below
  }
  return Array.from({ length: count }, (_, index) => rowOf(index, next))
}

function rowOf(index: number, next: (below: number) => number): WorkItem {
  const scenario: Scenario = scenarios[next(scenarios.length)] ?? 'UNMATCHED'
  const amount: Money = money(
    `${next(2) === 0 ? '-' : ''}${next(900_000)}.${String(next(100)).padStart(2, '0')}`,
    'USD',
  )
  const id = `L-${String(index).padStart(6, '0')}`
  const date = `2026-11-${String(1 + next(20)).padStart(2, '0')}`
  const settled = scenario === 'AUTO_RECONCILED' || scenario === 'SYSTEM_MATCH'
  return {
    item: buildReviewItem({
      id: `item:${id}`,
      bankLineIds: [id],
      scenario,
      status: settled ? 'RECONCILED' : 'OUTSTANDING',
      severity: settled ? 0 : next(100),
    }),
    bankLines: [
      {
        id,
        account: '4471',
        bookingDate: date,
        amount,
        status: 'POSTED',
        instrument: 'WIRE',
        references: { endToEndId: `E2E${next(10_000_000)}` },
        counterparty: { name: `${names[next(names.length)]} ${trades[next(trades.length)]} ${next(5000)}` },
      },
    ],
    bookEntries: [],
    bankLineCount: 1,
    bookEntryCount: 0,
    total: amount,
    date,
    arrivedAt: `${date}T05:00:00Z`,
  }
}
