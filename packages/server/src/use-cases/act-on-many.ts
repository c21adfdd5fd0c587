import type { ItemActionRequest } from '@recon/client'
import { allow, type Decision, ReconError, refuse } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { actOnItem } from './act-on-item.ts'
import { filtered, type ItemFilter } from './item-filter.ts'

export interface BulkInput {
  readonly action: 'confirm' | 'markUnreceived' | 'flag' | 'unflag' | 'escalate' | 'awaitJournal' | 'revert' | 'approve'
  readonly reason?: string
  readonly items?: readonly { readonly id: string; readonly version: number }[]
  readonly filter?: ItemFilter
  readonly expected?: number
}

export interface BulkAnswer {
  readonly done: readonly { readonly id: string; readonly version: number; readonly eventId: string }[]
  readonly refused: readonly { readonly id: string; readonly code: string; readonly message: string }[]
}

const bulkLimit = 1000

/** Does the same with many items, in one transaction. Each is decided by itself: one that is refused stops no other. */
export async function actOnMany(unit: UnitOfWork, input: BulkInput): Promise<Decision<BulkAnswer>> {
  const chosen = await choose(unit, input)
  if (!chosen.ok) return chosen
  const done: { id: string; version: number; eventId: string }[] = []
  const refused: { id: string; code: string; message: string }[] = []
  for (const { id, version } of chosen.value) {
    const decided = await attempt(unit, id, version, requestOf(input))
    if (decided.ok) done.push({ id, version: decided.value.row.item.version, eventId: decided.value.event.id })
    else refused.push({ id, code: decided.refusal.code, message: decided.refusal.message })
  }
  return allow({ done, refused })
}

async function choose(
  unit: UnitOfWork,
  input: BulkInput,
): Promise<Decision<readonly { id: string; version: number }[]>> {
  if (input.items !== undefined) return allow([...input.items].sort((a, b) => (a.id < b.id ? -1 : 1)))
  if (input.filter === undefined) return refuse('NOTHING_SELECTED', 'Name items or give a filter.')
  const found = await filtered(unit, input.filter)
    .select(['id', 'version'])
    .orderBy('id')
    .limit(bulkLimit + 1)
    .execute()
  if (found.length > bulkLimit) {
    return refuse('TOO_MANY', `The filter gives more than ${bulkLimit} items. Narrow it, or go on in parts.`)
  }
  if (input.expected !== undefined && input.expected !== found.length) {
    return refuse(
      'SELECTION_CHANGED',
      `The filter gives ${found.length} items now, not ${input.expected}. Look again first.`,
    )
  }
  return allow(found)
}

async function attempt(unit: UnitOfWork, itemId: string, version: number, request: ItemActionRequest) {
  try {
    return await actOnItem(unit, { itemId, version, do: request })
  } catch (error) {
    if (ReconError.is(error) && (error.code === 'VERSION_CONFLICT' || error.code === 'NOT_FOUND')) {
      return refuse(error.code, error.message)
    }
    throw error
  }
}

function requestOf({ action, reason }: BulkInput): ItemActionRequest {
  if (action === 'flag') return { action, reason: reason ?? 'Flagged together with others' }
  if (action === 'confirm' || action === 'approve') return { action }
  return { action, ...(reason === undefined ? {} : { reason }) }
}
