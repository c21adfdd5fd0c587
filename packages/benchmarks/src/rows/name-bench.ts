import { createRequire } from 'node:module'
import { jaroWinkler } from '@recon/core'
import { distance } from 'fastest-levenshtein'
import { LabelledWorld } from '../labelled/labelled-world.ts'
import { comparisonTable, sideBySide } from '../side-by-side.ts'

type Compare = (left: string, right: string) => number
const load = createRequire(import.meta.url)
const npmJaroWinkler = load('jaro-winkler') as Compare
const talismanModule = load('talisman/metrics/jaro-winkler') as Compare | { readonly default: Compare }
const talisman = typeof talismanModule === 'function' ? talismanModule : talismanModule.default

/** Row 5: pairs of company names per second. */
export async function nameBench(pairs: number, rounds: number): Promise<string> {
  const world = new LabelledWorld(5, 30)
  const names = Array.from({ length: pairs + 1 }, () => world.name().toUpperCase())
  const over = (compare: Compare) => () => {
    let sum = 0
    for (let at = 0; at < pairs; at++) sum += compare(names[at] ?? '', names[at + 1] ?? '')
    return sum.toFixed(3)
  }
  const comparison = await sideBySide(
    `Name similarity, ${pairs} pairs of names`,
    [
      { name: 'recon jaroWinkler', run: over(jaroWinkler) },
      { name: 'fastest-levenshtein 1.0.16', run: over(distance) },
      { name: 'jaro-winkler 0.2.8', run: over(npmJaroWinkler) },
      { name: 'talisman 1.1.4 jaro-winkler', run: over(talisman) },
    ],
    rounds,
  )
  return comparisonTable(comparison)
}
