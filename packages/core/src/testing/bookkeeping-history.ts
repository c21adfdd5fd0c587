import { type PortalContext, portalActions, type ResponseInput } from '../portal/client-response.ts'
import { dispatchItem, resolutionActions, type UnreconciledItem } from '../portal/unreconciled-item.ts'
import type { Actor } from '../review/permission.ts'
import type { ChangeEvent, SubjectChange } from '../subject-change.ts'
import { accepted } from './accepted.ts'
import { bookkeepingWorld } from './bookkeeping-world.ts'

/** The client's items at one moment, with everything that happened to them until then. */
export interface BookkeepingMoment {
  readonly items: readonly UnreconciledItem[]
  readonly events: readonly ChangeEvent[]
}

export interface BookkeepingHistory {
  /** The client in the middle: one answer saved, one given, one question back. */
  readonly answering: BookkeepingMoment
  /** The next day: two more answers, one of them for a senior accountant, and one item settled. */
  readonly settling: BookkeepingMoment
}

/** October of the bookkeeping world through the real rules: dispatched, partly answered, partly settled. */
export function bookkeepingHistory(): BookkeepingHistory {
  const { now, client, bookkeeper, document, categories, materiality, contact } = bookkeepingWorld
  const current = new Map(bookkeepingWorld.items.map((item) => [item.id, item]))
  const events: ChangeEvent[] = []
  const take = ({ subject, events: written }: SubjectChange<UnreconciledItem>) => {
    current.set(subject.id, subject)
    events.push(...written)
  }
  const itemOf = (name: string): UnreconciledItem => {
    const item = current.get(`u-${name}`)
    if (item === undefined) throw new Error(`There is no item ${name}.`)
    return item
  }
  const portal: PortalContext = {
    ...{ now: '2026-11-04T08:12:00Z', contactId: contact.id, clientId: client.clientId, runOpen: true },
    ...{ dispatchedItemIds: [...current.keys()], storedAttachmentIds: [document.id], categories, materiality },
  }
  const answer = (name: string, how: 'save' | 'submit', input: ResponseInput) =>
    take(accepted(portalActions(itemOf(name), client, portal)[how]?.(input)))
  const settle = (name: string, actor: Actor = bookkeeper) =>
    resolutionActions(itemOf(name), actor, { now: '2026-11-05T09:00:00Z', runOpen: true })
  const moment = (): BookkeepingMoment => ({ items: [...current.values()], events: [...events] })

  for (const item of current.values()) take(accepted(dispatchItem(item, bookkeeper, { now, runOpen: true })))
  const attachmentIds = [document.id]
  answer('telco', 'save', { kind: 'UPLOADED_SUPPORTING', category: 'Telephone and internet', attachmentIds })
  answer('charges', 'submit', { kind: 'NO_SUPPORTING', category: 'Bank charges', note: 'Monthly account fee.' })
  answer('transfer', 'submit', { kind: 'NO_SUPPORTING', category: 'Something else', note: 'From a customer.' })
  const question = 'Is this the second instalment of invoice 5512, or a new order?'
  take(accepted(settle('transfer').pushBack?.({ question })))
  const answering = moment()

  answer('telco', 'submit', {})
  answer('cash', 'submit', {
    kind: 'NO_SUPPORTING',
    category: 'Something else',
    note: 'Counter cash for the office move',
  })
  take(accepted(settle('charges').apply?.({ journalEntryId: 'JE-5521' })))
  return { answering, settling: moment() }
}
