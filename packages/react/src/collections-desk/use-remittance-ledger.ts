import { type Money, type Remittance, sumMoney } from '@recon/core'
import { useMemo } from 'react'

export interface LedgerTotals {
  readonly currency: string
  readonly recovered: Money
  readonly fee: Money
  readonly net: Money
}

/** The ledger without markup: a reversal right under the row it takes back, and the totals of each currency. */
export function useRemittanceLedger<Row extends Remittance>(rows: readonly Row[]) {
  return useMemo(() => ({ rows: inFamilies(rows), totals: totalsOf(rows) }), [rows])
}

export type RemittanceLedgerModel = ReturnType<typeof useRemittanceLedger>

function totalsOf(rows: readonly Remittance[]): readonly LedgerTotals[] {
  const currencies = [...new Set(rows.map((row) => row.recovered.currency))].sort()
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.recovered.currency === currency)
    const sum = (pick: 'recovered' | 'fee' | 'net') =>
      sumMoney(
        own.map((row) => row[pick]),
        currency,
      )
    return { currency, recovered: sum('recovered'), fee: sum('fee'), net: sum('net') }
  })
}

/** A reversal stands right under the row it takes back, whenever it came. */
function inFamilies<Row extends Remittance>(rows: readonly Row[]): readonly Row[] {
  const children = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.parentRemittanceId === undefined) continue
    const known = children.get(row.parentRemittanceId)
    if (known === undefined) children.set(row.parentRemittanceId, [row])
    else known.push(row)
  }
  const known = new Set(rows.map((row) => row.id))
  const roots = rows.filter((row) => row.parentRemittanceId === undefined || !known.has(row.parentRemittanceId))
  const withChildren = (row: Row): readonly Row[] => [row, ...(children.get(row.id) ?? []).flatMap(withChildren)]
  return roots.flatMap(withChildren)
}
