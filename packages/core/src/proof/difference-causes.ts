import { fromMinorUnits, type Money, toMinorUnits } from '../money/money.ts'
import type { CarriedItem, ReconciliationStatementRequest, ReconcilingItem } from './reconciliation-statement.ts'

/**
 * What may have made a difference. The first two are facts that carry their own amount; the others are leads for the rest:
 * the classic patterns of a slip. UNEXPLAINED is what no lead explains.
 */
export const differenceCauseCodes = [
  'CARRIED_ITEM_GONE',
  'CARRIED_ITEM_CHANGED',
  'ITEM_MISSED_OR_DOUBLED',
  'SIGN_TURNED',
  'DIGITS_TRANSPOSED',
  'UNEXPLAINED',
] as const
export type DifferenceCauseCode = (typeof differenceCauseCodes)[number]

export interface DifferenceCause {
  readonly code: DifferenceCauseCode
  readonly amount: Money
  readonly ids: readonly string[]
}

/** The difference by cause; the amounts add up to it. Empty when it is zero. */
export function differenceCauses(
  request: ReconciliationStatementRequest,
  difference: Money,
): readonly DifferenceCause[] {
  const whole = toMinorUnits(difference)
  if (whole === 0n) return []
  const { currency } = request
  const causes: DifferenceCause[] = []
  let rest = whole
  const take = (code: DifferenceCauseCode, minor: bigint, ids: readonly string[]) => {
    causes.push({ code, amount: fromMinorUnits(minor, currency), ids })
    rest -= minor
  }
  const now = new Map(request.items.map((item) => [item.id, item]))
  const settled = new Set(request.settledIds ?? [])
  for (const before of request.previous?.items ?? []) {
    const item = now.get(before.id)
    if (item === undefined && !settled.has(before.id)) take('CARRIED_ITEM_GONE', stepMinor(before), [before.id])
    else if (item !== undefined && stepMinor(item) !== stepMinor(before)) {
      take('CARRIED_ITEM_CHANGED', stepMinor(before) - stepMinor(item), [item.id])
    }
  }
  if (rest !== 0n) lead(rest, request.items, take)
  return causes
}

/** How an item moves from the bank's balance to the books', in minor units. */
function stepMinor(item: ReconcilingItem | CarriedItem): bigint {
  const minor = toMinorUnits(item.amount)
  return item.kind === 'UNRECORDED' || item.kind === 'BANK_ERROR' ? -minor : minor
}

function lead(
  rest: bigint,
  items: readonly ReconcilingItem[],
  take: (code: DifferenceCauseCode, minor: bigint, ids: readonly string[]) => void,
): void {
  const equal = items.filter((item) => magnitude(stepMinor(item)) === magnitude(rest)).map((item) => item.id)
  const half = items.filter((item) => magnitude(stepMinor(item)) * 2n === magnitude(rest)).map((item) => item.id)
  if (equal.length > 0) take('ITEM_MISSED_OR_DOUBLED', rest, equal)
  else if (half.length > 0) take('SIGN_TURNED', rest, half)
  else if (rest % 9n === 0n) take('DIGITS_TRANSPOSED', rest, [])
  else take('UNEXPLAINED', rest, [])
}

function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor
}
