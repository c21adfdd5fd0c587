import type { ActivityEventRow, ItemRow } from '@recon/client'
import { allow, type Decision, itemActions, ReconError, type Refusal, refuse } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { finish } from './act-on-item.ts'
import { loadItemRows } from './load-item-rows.ts'
import { type LoadedReview, loadReview } from './load-review.ts'
import { storeOutcome } from './store-outcome.ts'

export interface UndoAnswer {
  readonly rows: readonly ItemRow[]
  readonly event: ActivityEventRow
}

/** Takes an event back by a compensating one. Only the last change of an item can be taken back. */
export async function undoEvent(unit: UnitOfWork, input: { readonly eventId: string }): Promise<Decision<UndoAnswer>> {
  const found = await findUndoable(unit, input.eventId)
  if (!found.ok) return found
  const { loaded, actions } = found.value
  if (actions.undo === null) return { ok: false, refusal: actions.whyNot.undo ?? notPossible() }
  const outcome = actions.undo({})
  if (!outcome.ok) return outcome
  await storeOutcome(unit, loaded.item, outcome.value, loaded.place, loaded.records)
  const answer = await finish(unit, outcome.value, loaded.place.runId, input.eventId)
  return allow({ rows: [answer.row, ...answer.alsoChanged], event: answer.event })
}

export interface UndoPreview {
  readonly possible: boolean
  readonly refusal: { readonly code: string; readonly message: string } | null
  readonly reopens: readonly ItemRow[]
}

/** What an undo would reopen; changes nothing. */
export async function previewUndo(unit: UnitOfWork, input: { readonly eventId: string }): Promise<UndoPreview> {
  const found = await findUndoable(unit, input.eventId)
  const refusal = found.ok
    ? found.value.actions.undo === null
      ? (found.value.actions.whyNot.undo ?? notPossible())
      : null
    : found.refusal
  const reopens = found.ok ? await loadItemRows(unit, [found.value.loaded.item.id]) : []
  return {
    possible: refusal === null,
    refusal: refusal === null ? null : { code: refusal.code, message: refusal.message },
    reopens,
  }
}

function notPossible(): Refusal {
  return refuse('NOTHING_TO_UNDO', 'This event cannot be undone.').refusal
}

async function findUndoable(
  unit: UnitOfWork,
  eventId: string,
): Promise<Decision<{ loaded: LoadedReview; actions: ReturnType<typeof itemActions> }>> {
  const event = await unit.db
    .selectFrom('activity')
    .select(['subject_kind', 'subject_id'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', eventId)
    .executeTakeFirst()
  if (event === undefined) throw new ReconError('NOT_FOUND', 'There is no such event.', { place: 'eventId' })
  if (event.subject_kind !== 'review_item') {
    return refuse('NOT_UNDOABLE', 'This kind of event is not undone; do the opposite instead.')
  }
  const loaded = await loadReview(unit, event.subject_id)
  if (loaded === undefined)
    return refuse('UNDO_NOT_LAST', 'The item was replaced by a later run.', { ids: [event.subject_id] })
  if (loaded.lastEvent?.id !== eventId) {
    return refuse('UNDO_NOT_LAST', 'Only the last change can be undone; this item has changed since.', {
      ids: [loaded.item.id],
    })
  }
  return allow({ loaded, actions: itemActions(loaded.item, unit.actor, loaded.context) })
}
