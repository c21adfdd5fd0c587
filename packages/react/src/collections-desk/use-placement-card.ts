import { type Placement, placementTotals, type Remittance, rateAt } from '@recon/core'
import { useMemo } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'

/** The placement without markup: its totals, the rate of this moment, and how much of the invoice has come in. */
export function usePlacementCard(placement: Placement, rows: readonly Remittance[]) {
  const { now } = useRecon()
  const totals = useMemo(() => placementTotals(placement, rows), [placement, rows])
  return {
    totals,
    rate: rateAt(placement, new Date(now ?? 0).toISOString()),
    /** 0 to 1, for a bar; never for a sum. */
    share: shareOf(totals.recovered.amount, placement.invoiceAmount.amount),
    overRecovered: /[1-9]/.test(totals.overRecovered.amount) ? totals.overRecovered : null,
  }
}

export type PlacementCardModel = ReturnType<typeof usePlacementCard>

function shareOf(part: string, whole: string): number {
  const total = Number(whole)
  return total === 0 ? 0 : Math.max(0, Math.min(1, Number(part) / total))
}
