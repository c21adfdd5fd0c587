import { compareMoney, fromMinorUnits, isZeroMoney, type Money, subtractMoney, sumMoney } from '../money/money.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import type { PlacementStatus } from './placement-machine.ts'
import type { Remittance } from './remittance.ts'

/** A rate and the moment from which payments take it. */
export interface RateStep {
  readonly rate: string
  readonly from: IsoInstant
}

/** One invoice given to be collected. Its money is the sum of its remittance rows, never a figure of its own. */
export interface Placement {
  readonly id: string
  readonly version: number
  readonly creditorId: string
  readonly invoiceNumber: string
  /** The invoice's id in the books, where they are connected. */
  readonly invoiceId?: string
  readonly invoiceAmount: Money
  readonly status: PlacementStatus
  /** In order of time; at least one. */
  readonly rates: readonly [RateStep, ...RateStep[]]
}

/** The rolling figures of a placement. */
export interface PlacementTotals {
  readonly recovered: Money
  readonly fee: Money
  readonly net: Money
  /** Still open of the invoice; zero when more came in. */
  readonly outstanding: Money
  /** What came in beyond the invoice. */
  readonly overRecovered: Money
}

/** Adds up the rows of one placement, reversals included. */
export function placementTotals(placement: Placement, rows: readonly Remittance[]): PlacementTotals {
  const { currency } = placement.invoiceAmount
  const own = rows.filter((row) => row.placementId === placement.id)
  const recovered = sumMoney(
    own.map((row) => row.recovered),
    currency,
  )
  const fee = sumMoney(
    own.map((row) => row.fee),
    currency,
  )
  const open = subtractMoney(placement.invoiceAmount, recovered)
  const zero = fromMinorUnits(0n, currency)
  const left = compareMoney(open, zero) > 0
  return {
    recovered,
    fee,
    net: subtractMoney(recovered, fee),
    outstanding: left ? open : zero,
    overRecovered: left ? zero : subtractMoney(recovered, placement.invoiceAmount),
  }
}

/** Whether the invoice is recovered. */
export function isRecovered(totals: PlacementTotals): boolean {
  return isZeroMoney(totals.outstanding)
}

/** The rate in force at a moment: the last step not later than it, else the first. */
export function rateAt(placement: Placement, moment: IsoInstant): string {
  const steps = placement.rates.filter((step) => Date.parse(step.from) <= Date.parse(moment))
  return (steps.at(-1) ?? placement.rates[0]).rate
}
