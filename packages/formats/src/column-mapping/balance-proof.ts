/** A row in minor units; `balance` is undefined where the bank left the cell empty. */
export interface BalancedRow {
  readonly amount: bigint
  readonly balance: bigint | undefined
}

export interface BalanceProof {
  readonly order: 'OLDEST_FIRST' | 'NEWEST_FIRST'
  /** The balances only follow when every amount is taken with the other sign. */
  readonly inverted: boolean
  /** Steps between two stated balances that the amounts explain, and all steps. */
  readonly explained: number
  readonly steps: number
  /** Row indexes after which the balance does not follow. */
  readonly gaps: readonly number[]
}

function tryOut(rows: readonly BalancedRow[], order: BalanceProof['order'], inverted: boolean): BalanceProof {
  const gaps: number[] = []
  let steps = 0
  let sum = 0n
  let previous: bigint | undefined
  for (const [index, row] of rows.entries()) {
    const amount = inverted ? -row.amount : row.amount
    // Oldest first, a balance includes its own row; newest first, it includes its row and every row below.
    if (order === 'OLDEST_FIRST') sum += amount
    if (row.balance !== undefined) {
      if (previous !== undefined) {
        steps++
        const expected = order === 'OLDEST_FIRST' ? previous + sum : previous - sum
        if (expected !== row.balance) gaps.push(index)
      }
      previous = row.balance
      sum = 0n
    }
    if (order === 'NEWEST_FIRST') sum += amount
  }
  return { order, inverted, explained: steps - gaps.length, steps, gaps }
}

/**
 * What a running balance proves: whether the rows stand oldest or newest first, and whether the amounts have the sign of the
 * account holder. Undefined when no reading explains at least two thirds of the steps, or two readings explain as many.
 */
export function proveByBalance(rows: readonly BalancedRow[]): BalanceProof | undefined {
  const tries = (['OLDEST_FIRST', 'NEWEST_FIRST'] as const).flatMap((order) => [
    tryOut(rows, order, false),
    tryOut(rows, order, true),
  ])
  tries.sort((left, right) => right.explained - left.explained)
  const [best, second] = tries
  if (best === undefined || best.steps === 0 || best.explained * 3 < best.steps * 2) return undefined
  // Turning every sign around on the word of one or two steps would be believing a coincidence.
  if (best.inverted && best.explained < 3) return undefined
  return second !== undefined && second.explained === best.explained && second.inverted !== best.inverted
    ? undefined
    : best
}
