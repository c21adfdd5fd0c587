import { fromMinorUnits, type RunProof, type Scenario, scenarios, toMinorUnits } from '@recon/core'
import type { WorkItem } from '../work-item.ts'
import { type AgeBand, ageBands, type RunFigures } from './run-summary.tsx'

const settled: ReadonlySet<string> = new Set(['RECONCILED', 'UNRECEIVED'])
const day = 86_400_000

function bandOf(age: number): AgeBand {
  if (age < day) return 'today'
  if (age < 3 * day) return 'days1to2'
  if (age < 6 * day) return 'days3to5'
  return age < 11 * day ? 'days6to10' : 'older'
}

interface Tally {
  count: number
  minor: bigint
}

function talliesOf<Name extends string>(names: readonly Name[]): Record<Name, Tally> {
  return Object.fromEntries(names.map((name) => [name, { count: 0, minor: 0n }])) as Record<Name, Tally>
}

/**
 * The figures of one currency's items, in one walk over them. Items in other currencies are not counted: amounts of two
 * currencies never add.
 */
export function runFigures(
  rows: readonly WorkItem[],
  proof: RunProof | null,
  currency: string,
  now: number,
): RunFigures {
  const byScenario = talliesOf<Scenario>(scenarios)
  const byAge = talliesOf<AgeBand>(ageBands)
  const totals = talliesOf(['own', 'done', 'open', 'failed'])
  let oldestOpen: number | null = null
  for (const { item, total, arrivedAt, date } of rows) {
    if (total.currency !== currency) continue
    const minor = magnitude(toMinorUnits(total))
    add(totals.own, minor)
    add(byScenario[item.scenario], minor)
    if (item.status === 'RECONCILED') add(totals.done, minor)
    if (settled.has(item.status)) continue
    const age = now - Date.parse(arrivedAt ?? `${date}T00:00:00Z`)
    oldestOpen = Math.max(oldestOpen ?? 0, age)
    add(totals.open, minor)
    add(byAge[bandOf(age)], minor)
    if (item.scenario === 'FAILED_PAYMENT' && item.status === 'OUTSTANDING') add(totals.failed, minor)
  }
  const money = ({ minor }: Tally) => fromMinorUnits(minor, currency)
  return {
    reconciled: totals.done.count,
    total: totals.own.count,
    reconciledAmount: money(totals.done),
    open: totals.open.count,
    oldestOpen,
    failedAmount: money(totals.failed),
    byScenario: scenarios.map((scenario) => {
      const tally = byScenario[scenario]
      return { scenario, count: tally.count, amount: money(tally) }
    }),
    openByAge: ageBands.map((band) => ({ band, count: byAge[band].count, amount: money(byAge[band]) })),
    proof,
  }
}

function add(tally: Tally, minor: bigint): void {
  tally.count++
  tally.minor += minor
}

function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor
}
