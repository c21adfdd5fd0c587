import type { ItemActionRequest, ResolutionRequest, UnreconciledRow } from '@recon/client'
import {
  allow,
  type BookEntry,
  type Decision,
  type Effect,
  ReconError,
  type ResolutionActions,
  resolutionActions,
  type SubjectChange,
  type UnreconciledItem,
} from '@recon/core'
import { queueMail } from '../outbox/queue-mail.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { attachmentsOf } from '../portal/attachment-rows.ts'
import { loadContacts, loadStatementRun, type StatementRun } from '../portal/statement-run.ts'
import { lockUnreconciled, storeUnreconciled } from '../portal/unreconciled-rows.ts'
import { recordActivity } from '../store/activity-chain.ts'
import { loadRecords } from '../store/load-records.ts'
import { bookEntryRow } from '../store/record-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { actOnItem } from './act-on-item.ts'

export interface ResolveItemInput {
  readonly runId: string
  readonly itemId: string
  readonly version: number
  readonly do: ResolutionRequest
}

/** What staff make of one item. Applying an answer makes the journal entry and matches the line with it. */
export async function resolveItem(
  unit: UnitOfWork,
  input: ResolveItemInput,
  sealer: Sealer,
): Promise<Decision<{ row: UnreconciledRow; eventId: string }>> {
  const loaded = await loadStatementRun(unit, input.runId)
  const found = await lockUnreconciled(unit, input.runId, input.itemId)
  if (found === undefined) throw new ReconError('NOT_FOUND', 'There is no such item in this run.', { place: 'itemId' })
  const { item, reviewItemId } = found
  if (item.version !== input.version) {
    throw new ReconError('VERSION_CONFLICT', `The item was changed meanwhile: it has version ${item.version}.`, {
      place: 'version',
      details: { current: await unreconciledRow(unit, loaded, item) },
    })
  }
  const journalEntryId = input.do.action === 'apply' ? (input.do.journalEntryId ?? `JE-${unit.newId()}`) : ''
  const actions = resolutionActions(item, unit.actor, contextOf(unit, loaded))
  const changed = perform(actions, input.do, journalEntryId)
  if (!changed.ok) return changed
  if (input.do.action === 'apply') {
    const matched = await applyToBooks(unit, loaded, item, reviewItemId, journalEntryId, input.do.note)
    if (!matched.ok) return matched
  }
  await storeUnreconciled(unit, item, changed.value.subject)
  await followUp(unit, loaded, changed.value, sealer)
  const [event] = await recordActivity(
    unit,
    changed.value.events.map((one) => ({ ...one, runId: loaded.run.id })),
  )
  unit.announce(`run:${loaded.run.id}`)
  return allow({ row: await unreconciledRow(unit, loaded, changed.value.subject), eventId: event?.id ?? '' })
}

export function contextOf(unit: UnitOfWork, loaded: StatementRun) {
  return { now: unit.now, runOpen: loaded.run.status === 'AWAITING_REVIEW' || loaded.run.status === 'AWAITING_CLIENT' }
}

function perform(
  actions: ResolutionActions,
  request: ResolutionRequest,
  journalEntryId: string,
): Decision<SubjectChange<UnreconciledItem>> {
  const no = {
    ok: false,
    refusal: actions.whyNot[request.action] ?? { code: 'NOT_POSSIBLE', message: 'Not possible now.' },
  } as const
  switch (request.action) {
    case 'apply':
      return actions.apply?.({ journalEntryId }) ?? no
    case 'pushBack':
      return actions.pushBack?.({ question: request.question }) ?? no
    case 'escalate':
      return actions.escalate?.({ reason: request.reason }) ?? no
    case 'resolveByStaff':
      return actions.resolveByStaff?.({ reason: request.reason }) ?? no
    case 'reopen':
      return actions.reopen?.({}) ?? no
  }
}

/** The journal entry of an applied answer, and the link between it and the line. */
async function applyToBooks(
  unit: UnitOfWork,
  loaded: StatementRun,
  item: UnreconciledItem,
  reviewItemId: string,
  journalEntryId: string,
  note: string | undefined,
): Promise<Decision<unknown>> {
  const { bankLines } = await loadRecords(unit.db, unit.tenantId, { bankLineIds: [item.bankLineId], bookEntryIds: [] })
  const line = bankLines.get(item.bankLineId)
  if (line === undefined) throw new ReconError('INTERNAL', 'The bank line of an item is missing.', { place: item.id })
  const description = [item.response?.category, note ?? item.response?.note]
    .filter((part) => part !== undefined)
    .join(': ')
  const entry: BookEntry = {
    id: journalEntryId,
    date: line.bookingDate,
    amount: line.amount,
    kind: 'GL_ENTRY',
    references: description === '' ? {} : { description: description.slice(0, 5000) },
    source: 'client-response',
    ...(line.account === undefined ? {} : { account: line.account }),
    ...(line.instrument === undefined ? {} : { instrument: line.instrument }),
  }
  const origin = { tenantId: unit.tenantId, importId: `response:${item.id}`, clientId: loaded.client.id }
  const made = await unit.db
    .insertInto('book_entry')
    .values(bookEntryRow(entry, origin))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) {
    return {
      ok: false,
      refusal: { code: 'RECORD_DUPLICATE_ID', message: 'An entry with this id exists already.', ids: [journalEntryId] },
    }
  }
  const review = await unit.db
    .selectFrom('item_subject')
    .innerJoin('item', (join) =>
      join.onRef('item.tenant_id', '=', 'item_subject.tenant_id').onRef('item.id', '=', 'item_subject.item_id'),
    )
    .select(['item.id', 'item.version'])
    .where('item_subject.tenant_id', '=', unit.tenantId)
    .where('item_subject.side', '=', 'BANK')
    .where('item_subject.record_id', '=', item.bankLineId)
    .executeTakeFirst()
  if (review === undefined) throw new ReconError('INTERNAL', 'The line belongs to no item.', { place: reviewItemId })
  const request: ItemActionRequest = {
    action: 'reconcile',
    bankLineIds: [line.id],
    bookEntryIds: [entry.id],
    reason: 'Client response applied',
  }
  return actOnItem(unit, { itemId: review.id, version: review.version, do: request })
}

/** The mails a resolution asks for. */
async function followUp(
  unit: UnitOfWork,
  loaded: StatementRun,
  change: SubjectChange<UnreconciledItem>,
  sealer: Sealer,
): Promise<void> {
  const asksClient = change.effects.some((effect: Effect) => effect.type === 'QUEUE_MAIL')
  if (!asksClient || loaded.run.contactId === undefined) return
  const contact = (await loadContacts(unit, loaded.client.id)).find((one) => one.id === loaded.run.contactId)
  if (contact === undefined || !contact.active) return
  const item = change.subject
  const { question = '' } = item
  await queueMail(
    unit,
    {
      template: 'reconciliation-follow-up',
      recipient: contact.email,
      subject: `A question about a bank line of ${loaded.client.legalName}`,
      runId: loaded.run.id,
      contactId: contact.id,
      params: {
        question,
        date: item.date,
        amount: `${item.amount.amount} ${item.amount.currency}`,
        description: item.description,
      },
    },
    sealer,
  )
}

export async function unreconciledRow(
  unit: UnitOfWork,
  loaded: StatementRun,
  item: UnreconciledItem,
): Promise<UnreconciledRow> {
  const [row] = await unreconciledRows(unit, loaded, [item])
  if (row === undefined) throw new ReconError('INTERNAL', 'The bank line of an item is missing.', { place: item.id })
  return row
}

export async function unreconciledRows(
  unit: UnitOfWork,
  loaded: StatementRun,
  items: readonly UnreconciledItem[],
): Promise<UnreconciledRow[]> {
  const lines = await loadRecords(unit.db, unit.tenantId, {
    bankLineIds: items.map((item) => item.bankLineId),
    bookEntryIds: [],
  })
  const files = await attachmentsOf(unit, loaded.run.id)
  return items.flatMap((item) => {
    const bankLine = lines.bankLines.get(item.bankLineId)
    if (bankLine === undefined) return []
    const { whyNot } = resolutionActions(item, unit.actor, contextOf(unit, loaded))
    const attachments = files.filter((file) => file.itemId === item.id && file.status === 'STORED')
    return [{ item, bankLine, attachments, whyNot } as UnreconciledRow]
  })
}
