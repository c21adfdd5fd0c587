import { findSubsets } from '@recon/core'
import { seededRandom } from '../labelled/seeded-random.ts'
import { comparisonTable, sideBySide } from '../side-by-side.ts'

/** Row 7: proofs that no subset makes the target. No peer on npm counts solutions; the plain contender is what people write. */
export async function subsetSumBench(rounds: number): Promise<string> {
  const random = seededRandom(7)
  const thousand = Array.from({ length: 1000 }, () => 10 * random.between(100, 90_000_000))
  thousand[0] = (thousand[0] ?? 0) + 1
  thousand[1] = (thousand[1] ?? 0) + 1
  const unreachable = 4_000_000_005
  const forty = Array.from({ length: 40 }, () => random.between(100, 900_000_000))
  const target = 3_333_333_333
  const small = thousand.slice(0, 160)
  const tables = [
    comparisonTable(
      await sideBySide(
        'Subset sum, 1000 items, up to 4, proof that none exists',
        [{ name: 'recon findSubsets', run: () => describe(findSubsets(thousand, unreachable, { maxItems: 4 })) }],
        rounds,
      ),
    ),
    comparisonTable(
      await sideBySide(
        'Subset sum, 160 items, up to 4, beside four nested loops',
        [
          { name: 'recon findSubsets', run: () => describe(findSubsets(small, unreachable, { maxItems: 4 })) },
          { name: 'nested loops', run: () => nestedLoops(small, unreachable) },
        ],
        Math.min(rounds, 3),
      ),
    ),
    comparisonTable(
      await sideBySide(
        'Subset sum, 40 items of any cardinality',
        [{ name: 'recon findSubsets', run: () => describe(findSubsets(forty, target)) }],
        rounds,
      ),
    ),
  ]
  return tables.join('\n\n')
}

function describe(result: ReturnType<typeof findSubsets>): string {
  return `${result.outcome}, ${result.solutions.length} solutions`
}

function nestedLoops(amounts: readonly number[], target: number): string {
  let found = 0
  for (let a = 0; a < amounts.length; a++)
    for (let b = a + 1; b < amounts.length; b++)
      for (let c = b + 1; c < amounts.length; c++) {
        const rest = target - (amounts[a] ?? 0) - (amounts[b] ?? 0) - (amounts[c] ?? 0)
        for (let d = c + 1; d < amounts.length; d++) if (amounts[d] === rest) found++
      }
  return `${found} solutions of four`
}
