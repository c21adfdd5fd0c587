import type { ActivityEventRow, ItemActionRequest, ItemRow } from '@recon/client'
import { allow, type Decision, type ItemActions, type ItemOutcome, itemActions, ReconError, refuse } from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { announceWebhooks, itemEvents } from '../webhooks/webhook-event.ts'
import { loadItemRows } from './load-item-rows.ts'
import { loadReview } from './load-review.ts'
import { runEffects } from './run-effects.ts'
import { storeOutcome } from './store-outcome.ts'

export interface ActionAnswer {
  readonly row: ItemRow
  readonly alsoChanged: readonly ItemRow[]
  readonly event: ActivityEventRow
}

/** Does one thing with one item: the rules decide, the store keeps the outcome, its event, and its jobs together. */
export async function actOnItem(
  unit: UnitOfWork,
  input: { readonly itemId: string; readonly version: number; readonly do: ItemActionRequest },
): Promise<Decision<ActionAnswer>> {
  const request = input.do
  const loaded = await loadReview(unit, input.itemId, {
    ...('bankLineIds' in request && request.bankLineIds !== undefined ? { bankLineIds: request.bankLineIds } : {}),
    ...('bookEntryIds' in request && request.bookEntryIds !== undefined ? { bookEntryIds: request.bookEntryIds } : {}),
  })
  if (loaded === undefined) throw new ReconError('NOT_FOUND', 'There is no such item.', { place: 'itemId' })
  if (loaded.item.version !== input.version) {
    throw new ReconError('VERSION_CONFLICT', `The item was changed meanwhile: it has version ${loaded.item.version}.`, {
      place: 'version',
      details: { current: (await loadItemRows(unit, [input.itemId]))[0] },
    })
  }
  const actions = itemActions(loaded.item, unit.actor, loaded.context)
  const outcome = perform(actions, request)
  if (!outcome.ok) return outcome
  await storeOutcome(unit, loaded.item, outcome.value, loaded.place, loaded.records)
  return allow(await finish(unit, outcome.value, loaded.place.runId))
}

/** Effects, events and the answer of an outcome that is stored. */
export async function finish(
  unit: UnitOfWork,
  outcome: ItemOutcome,
  runId: string,
  undoes?: string,
): Promise<ActionAnswer> {
  runEffects(unit, outcome.effects)
  unit.announce(`item:${outcome.item.id}`)
  const ids = [outcome.item.id, ...outcome.created.map((part) => part.id)]
  const [row, ...alsoChanged] = await loadItemRows(unit, ids)
  const own = new Map([row, ...alsoChanged].flatMap((one) => (one === undefined ? [] : [[one.item.id, one] as const])))
  announceWebhooks(
    unit,
    outcome.effects.flatMap((effect) => {
      const about = own.get(String(effect.itemId))
      return effect.type === 'EMIT_WEBHOOK' && about !== undefined ? itemEvents(effect, about) : []
    }),
  )
  const events = await recordActivity(
    unit,
    outcome.events.map((event) => ({ ...event, runId, ...(undoes === undefined ? {} : { undoes }) })),
  )
  const [event] = events
  if (row === undefined || event === undefined) {
    throw new ReconError('INTERNAL', 'An action left no item or no event.', { place: outcome.item.id })
  }
  return { row, alsoChanged, event }
}

function perform(actions: ItemActions, request: ItemActionRequest): Decision<ItemOutcome> {
  const { action: name, ...input } = request
  const action = actions[name] as ((given: typeof input) => Decision<ItemOutcome>) | null
  if (action !== null) return action(input)
  const why = actions.whyNot[name]
  return why === undefined ? refuse('NOT_POSSIBLE', `"${name}" is not possible now.`) : { ok: false, refusal: why }
}
