import { effectCatalogue } from '../effect-catalogue.ts'
import type { Effect } from '../transition-table.ts'

/** The effects that are not in the catalogue, or do not fit its schema, each with what is wrong. Empty when all are fine. */
export function uncataloguedEffects(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => {
    const parsed = effectCatalogue.get(effect.type)?.schema.safeParse(effect)
    if (parsed?.success) return []
    return [`${effect.type}: ${parsed?.error?.issues.map((issue) => issue.message).join('; ') ?? 'unknown type'}`]
  })
}
