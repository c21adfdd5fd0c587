import { addMoney, fromMinorUnits, type Money, type RunProof, type Scenario, scenarios } from '@recon/core'
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

/** The figures of one currency's items. Items in other currencies are not counted: amounts of two currencies never add. */
export function runFigures(
  rows: readonly WorkItem[],
  proof: RunProof | null,
  currency: string,
  now: number,
): RunFigures {
  const zero = fromMinorUnits(0n, currency)
  const own = rows.filter((row) => row.total.currency === currency)
  const open = own.filter((row) => !settled.has(row.item.status))
  const done = own.filter((row) => row.item.status === 'RECONCILED')
  const failed = open.filter((row) => row.item.scenario === 'FAILED_PAYMENT' && row.item.status === 'OUTSTANDING')
  const ages = open.map((row) => now - Date.parse(row.arrivedAt ?? `${row.date}T00:00:00Z`))
  const sum = (some: readonly WorkItem[]): Money =>
    some.reduce((total, row) => addMoney(total, absolute(row.total)), zero)
  const inScenario = (scenario: Scenario) => own.filter((row) => row.item.scenario === scenario)
  const inBand = (band: AgeBand) => open.filter((_, index) => bandOf(ages[index] ?? 0) === band)
  return {
    reconciled: done.length,
    total: own.length,
    reconciledAmount: sum(done),
    open: open.length,
    oldestOpen: ages.length === 0 ? null : ages.reduce((oldest, age) => Math.max(oldest, age), 0),
    failedAmount: sum(failed),
    byScenario: scenarios.map((scenario) => {
      const some = inScenario(scenario)
      return { scenario, count: some.length, amount: sum(some) }
    }),
    openByAge: ageBands.map((band) => {
      const some = inBand(band)
      return { band, count: some.length, amount: sum(some) }
    }),
    proof,
  }
}

function absolute(value: Money): Money {
  return value.amount.startsWith('-') ? { ...value, amount: value.amount.slice(1) } : value
}
