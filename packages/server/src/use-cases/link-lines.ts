import type { TransactableRow } from '@recon/client'
import {
  allow,
  type BankLine,
  type Decision,
  type Money,
  missingPermission,
  ReconError,
  recordChange,
  refuse,
  toMinorUnits,
  transactableMachines,
  transition,
} from '@recon/core'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { lockLines, settleParts } from '../treasury/settle-parts.ts'
import {
  type LinePart,
  lockTransactables,
  ownEvents,
  readTransactable,
  requireVersion,
  type StoredTransactable,
  storeSubject,
  transactableRow,
} from '../treasury/transactable-rows.ts'
import { announceWebhooks } from '../webhooks/webhook-event.ts'

export interface LinkRequest {
  readonly transactableId: string
  readonly version: number
  readonly links: readonly { readonly bankLineId: string; readonly amount?: Money }[]
}

/** Sets the lines of a transactable by hand; no lines takes them back. */
export async function linkLines(unit: UnitOfWork, input: LinkRequest): Promise<Decision<TransactableRow>> {
  const missing = missingPermission(unit.actor, 'item.reconcile', 'TREASURY')
  if (missing) return { ok: false, refusal: missing }
  const seen = await readTransactable(unit, input.transactableId)
  const touched = [...seen.parts.map((part) => part.bankLineId), ...input.links.map((link) => link.bankLineId)]
  const lines = await lockLines(unit, touched)
  const stored = await lockOne(unit, input.transactableId)
  requireVersion(stored, input.version)
  const wanted = input.links.map((link) => partOf(link, lines))
  const settled = await settleParts(unit, stored, wanted, lines)
  if (!settled.ok) return settled
  announceWebhooks(unit, settled.value.webhooks)
  await recordActivity(unit, settled.value.events)
  return allow(transactableRow(settled.value.stored))
}

function partOf(link: LinkRequest['links'][number], lines: ReadonlyMap<string, BankLine>): LinePart {
  const line = lines.get(link.bankLineId)
  if (line === undefined) throw new ReconError('NOT_FOUND', 'There is no such bank line.', { place: 'bankLineId' })
  const amount = link.amount ?? line.amount
  if (amount.currency !== line.amount.currency) {
    throw new ReconError('REQUEST_INVALID', `The line is in ${line.amount.currency}.`, { place: 'amount' })
  }
  return { bankLineId: line.id, minor: toMinorUnits(amount), madeBy: 'PERSON' }
}

async function lockOne(unit: UnitOfWork, id: string): Promise<StoredTransactable> {
  const [stored] = await lockTransactables(unit, [id])
  if (stored !== undefined) return stored
  throw new ReconError('NOT_FOUND', 'There is no such transactable.', { place: 'transactableId' })
}

/** Raises an event of the transactable's own machine: what the host's system did with it. */
export async function moveTransactable(
  unit: UnitOfWork,
  input: { readonly transactableId: string; readonly version: number; readonly event: string },
): Promise<Decision<TransactableRow>> {
  const missing = missingPermission(unit.actor, 'item.reconcile', 'TREASURY')
  if (missing) return { ok: false, refusal: missing }
  const stored = await lockOne(unit, input.transactableId)
  requireVersion(stored, input.version)
  const { subject } = stored
  if (!ownEvents(subject).includes(input.event)) {
    const known = ownEvents(subject).join(', ') || 'none'
    return refuse('NOT_POSSIBLE', `A ${subject.kind} that is ${subject.state} takes these events: ${known}.`, {
      ids: [subject.id],
    })
  }
  const step = transition(transactableMachines[subject.kind], subject.state, input.event, {})
  if (!step.ok) return step
  const change = recordChange(
    subject,
    { ...subject, state: step.value.next },
    {
      name: 'treasury.transactable.moved',
      kind: 'transactable',
      actorId: unit.actor.id,
      at: unit.now,
      about: { event: input.event },
    },
  )
  await storeSubject(unit, subject, change.subject)
  unit.announce(`transactable:${subject.id}`)
  await recordActivity(unit, change.events)
  return allow(transactableRow({ ...stored, subject: change.subject, updatedAt: unit.now }))
}
