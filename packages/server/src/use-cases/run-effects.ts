import type { Effect } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Turns a rule's effects into jobs of the same transaction. An effect nobody handles yet is kept as a job of its name. */
export function runEffects(unit: UnitOfWork, effects: readonly Effect[]): void {
  for (const effect of effects) unit.enqueue({ queue: 'effect', data: { tenantId: unit.tenantId, effect } })
}
