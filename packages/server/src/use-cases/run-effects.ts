import type { Effect } from '@recon/core'
import type { JobQueue } from '../jobs/job-queues.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** Which queue carries out an effect of a rule. Webhooks go their own way (see webhook-event.ts); other effects are for screens. */
const queueOf: Readonly<Record<string, JobQueue>> = {
  CONFIRM_IN_SOURCE: 'source-confirm',
  REVOKE_IN_SOURCE: 'source-confirm',
}

/** Turns a rule's effects into jobs of the same transaction. */
export function runEffects(unit: UnitOfWork, effects: readonly Effect[]): void {
  for (const effect of effects) {
    const queue = queueOf[effect.type]
    if (queue !== undefined) unit.enqueue({ queue, data: { tenantId: unit.tenantId, effect, at: unit.now } })
  }
}
