import { allow, type Decision, named, naming, type Refusal, refuse } from '../decision.ts'
import type { Money } from '../money/money.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { enteredText, longestNote } from '../review/item-text.ts'
import { type Actor, missingPermission } from '../review/permission.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import { type ClientResponseStatus, clientResponseMachine } from './client-response-machine.ts'
import { isMaterial, type UnreconciledItem, unreconciledItemEventNames } from './unreconciled-item.ts'
import { unreconciledItemMachine } from './unreconciled-item-machine.ts'

export type ResponseKind = 'UPLOADED_SUPPORTING' | 'NO_SUPPORTING'

/** What the client says about one item. Attachments are ids of files whose stored hash equals the sent one. */
export interface ClientResponse {
  readonly status: ClientResponseStatus
  readonly kind?: ResponseKind
  readonly category?: string
  readonly note?: string
  readonly attachmentIds: readonly string[]
  readonly contactId: string
  readonly at: IsoInstant
}

export interface ResponseInput {
  readonly kind?: ResponseKind
  readonly category?: string
  readonly note?: string
  readonly attachmentIds?: readonly string[]
  readonly expectedVersion?: number
}

export interface PortalContext {
  readonly now: IsoInstant
  /** The contact the live dispatch was sent to; another one is refused. */
  readonly contactId: string
  readonly clientId: string
  readonly runOpen: boolean
  /** Items as of dispatch: an item outside is not the client's business. */
  readonly dispatchedItemIds: readonly string[]
  /** Categories to choose from; none asked for when empty. */
  readonly categories: readonly string[]
  /** Files that are stored whole, by id. */
  readonly storedAttachmentIds: readonly string[]
  readonly materiality: readonly Money[]
}

type Act = ((input: ResponseInput) => Decision<SubjectChange<UnreconciledItem>>) | null
export interface PortalActions {
  readonly save: Act
  readonly submit: Act
  readonly whyNot: Readonly<Partial<Record<'save' | 'submit', Refusal>>>
}

/** What the client's contact may do with one item. An answer once given is changed by giving it again. */
export function portalActions(item: UnreconciledItem, actor: Actor, context: PortalContext): PortalActions {
  const closed = closedToClient(item, actor, context)
  if (closed) {
    const refused = named(closed, item.id)
    return { save: null, submit: null, whyNot: { save: refused, submit: refused } }
  }
  const saving = transition(clientResponseMachine, item.response?.status ?? 'DRAFT', 'save', unanswered)
  return {
    save: saving.ok ? (input) => naming(answer(item, actor, input, 'save', context), item.id) : null,
    submit: (input) => naming(answer(item, actor, input, 'submit', context), item.id),
    whyNot: saving.ok ? {} : { save: named(saving.refusal, item.id) },
  }
}

function closedToClient(item: UnreconciledItem, actor: Actor, context: PortalContext): Refusal | null {
  const missing = missingPermission(actor, 'portal.respond')
  if (missing) return missing
  if (actor.clientId !== context.clientId || actor.id !== context.contactId) {
    return refuse('CONTACT_OF_OTHER_CLIENT', 'This page was sent to another contact.').refusal
  }
  if (!context.dispatchedItemIds.includes(item.id)) {
    return refuse('ITEM_NOT_DISPATCHED', 'This item is not part of the request.', { ids: [item.id] }).refusal
  }
  const step = transition(unreconciledItemMachine, item.status, 'respond', {
    runOpen: context.runOpen,
    mayDecide: true,
  })
  return step.ok ? null : step.refusal
}

function answer(
  item: UnreconciledItem,
  actor: Actor,
  input: ResponseInput,
  wanted: 'save' | 'submit',
  context: PortalContext,
): Decision<SubjectChange<UnreconciledItem>> {
  if (input.expectedVersion !== undefined && input.expectedVersion !== item.version) {
    return refuse('VERSION_STALE', 'The answer was changed elsewhere meanwhile.', {
      ids: [item.id],
      details: { version: item.version },
    })
  }
  const checked = checkedAnswer(item, input, context)
  if (!checked.ok) return checked
  const draft: ClientResponse = { ...checked.value, status: 'DRAFT', contactId: actor.id, at: context.now }
  const material = wanted === 'submit' && isMaterial(item, draft, context.materiality)
  const event = wanted === 'save' ? 'save' : material ? 'routeToSenior' : 'submit'
  const before = item.response?.status ?? 'DRAFT'
  const step = transition(clientResponseMachine, before, event, facts(draft, context))
  if (!step.ok) return step
  const response = { ...draft, status: step.value.next }
  if (wanted === 'save') {
    const name = 'bookkeeping.unreconciled_item.draft_saved'
    const note = { name, kind: 'unreconciled_item', actorId: actor.id, at: context.now }
    return allow(recordChange(item, { ...item, response }, note))
  }
  return respond(item, actor, response, material, context)
}

function respond(
  item: UnreconciledItem,
  actor: Actor,
  response: ClientResponse,
  material: boolean,
  context: PortalContext,
): Decision<SubjectChange<UnreconciledItem>> {
  const facts_ = { runOpen: context.runOpen, mayDecide: true }
  const step = transition(unreconciledItemMachine, item.status, 'respond', facts_)
  if (!step.ok) return step
  const { exception: _exception, ...rest } = item
  const exception = material ? { exception: { reason: 'MATERIAL_WITHOUT_SUPPORT', at: context.now } } : {}
  const after: UnreconciledItem = { ...rest, status: step.value.next, response, ...exception }
  const note = {
    name: unreconciledItemEventNames.respond,
    kind: 'unreconciled_item',
    actorId: actor.id,
    at: context.now,
  }
  return allow(recordChange(item, after, { ...note, effects: step.value.effects }))
}

function checkedAnswer(
  item: UnreconciledItem,
  input: ResponseInput,
  context: PortalContext,
): Decision<Pick<ClientResponse, 'kind' | 'category' | 'note' | 'attachmentIds'>> {
  const { kind = item.response?.kind, category = item.response?.category, note = item.response?.note } = input
  const attachmentIds = [...new Set(input.attachmentIds ?? item.response?.attachmentIds ?? [])].sort()
  const missing = attachmentIds.filter((id) => !context.storedAttachmentIds.includes(id))
  if (missing.length > 0) return refuse('ATTACHMENT_UNKNOWN', 'A file is not stored completely.', { ids: missing })
  if (category !== undefined && context.categories.length > 0 && !context.categories.includes(category)) {
    return refuse('CATEGORY_UNKNOWN', 'That category does not exist.')
  }
  const text = note === undefined || note.trim() === '' ? allow(undefined) : enteredText(note, longestNote)
  if (!text.ok) return text
  return allow({
    attachmentIds,
    ...(kind !== undefined && { kind }),
    ...(category !== undefined && { category }),
    ...(text.value !== undefined && { note: text.value }),
  })
}

const unanswered = { answered: false, supported: false, categorized: false }

function facts(response: ClientResponse, context: PortalContext) {
  const { kind, note, category, attachmentIds } = response
  return {
    answered: kind !== undefined,
    supported: kind === 'NO_SUPPORTING' ? note !== undefined : attachmentIds.length > 0,
    categorized: category !== undefined || context.categories.length === 0,
  }
}
