import * as z from 'zod'
import type { ActivityEvent } from './activity-event.ts'
import { itemExamples, subjectExamples } from './activity-examples.ts'
import { changesSchema, isoInstantSchema, type SubjectKind } from './activity-schema.ts'
import { type HostEvent, hostEvents, hostExample } from './host-events.ts'
import { type ItemEventName, itemEventNames } from './review/item-change.ts'
import { itemEventDataSchema } from './review/item-event-schema.ts'

/** One kind of event: what it means, the schema of the whole stored event, and an example. */
export interface CatalogueEntry {
  readonly name: string
  readonly subject: string
  readonly about: string
  readonly schema: z.ZodType
  readonly example: ActivityEvent
  /** Written by the host beside the rules: its data is the host's own, and replaying it is not promised. */
  readonly byHost?: true
}

const itemMeanings: Readonly<Record<ItemEventName, string>> = {
  'review_item.reconciled': 'Linked with its counterpart, or reconciled with a reference.',
  'review_item.proposal_rejected': 'A proposed link was rejected, with the reason.',
  'review_item.marked_unreceived': 'Marked as unreceived.',
  'review_item.flagged': 'Flagged for investigation, with everything that was on the table.',
  'review_item.unflagged': 'The flag was taken off.',
  'review_item.escalated': 'Escalated to accounts payable.',
  'review_item.escalation_withdrawn': 'The escalation was taken back.',
  'review_item.journal_awaited': 'Held for a journal entry.',
  'review_item.journal_recorded': 'The journal entry was recorded.',
  'review_item.journal_withdrawn': 'The recorded journal entry was reversed in the books; another one is awaited.',
  'review_item.journal_hold_released': 'No journal entry is needed after all.',
  'review_item.reverted': 'Moved back to outstanding.',
  'review_item.approval_requested': 'A link waits for a second person.',
  'review_item.approval_declined': 'A link that waited for a second person was declined.',
  'review_item.approval_outdated': 'A link that waited was overtaken by a change of its records; it is proposed anew.',
  'review_item.undone': 'The last change was undone.',
}

/** Events that are written with the fields they changed: name, subject, meaning. */
const changeEvents: readonly (readonly [string, SubjectKind, string])[] = [
  ['bookkeeping.reconciliation_run.matching_started', 'reconciliation_run', 'The engine started.'],
  ['bookkeeping.reconciliation_run.matching_finished', 'reconciliation_run', 'The engine finished.'],
  ['bookkeeping.reconciliation_run.failed', 'reconciliation_run', 'Matching broke off.'],
  ['bookkeeping.reconciliation_run.taken_up_again', 'reconciliation_run', 'Taken up again after a failure.'],
  ['bookkeeping.reconciliation_run.rematched', 'reconciliation_run', 'Matched again.'],
  ['bookkeeping.reconciliation_run.dispatched', 'reconciliation_run', 'Sent to the contact named in `about`.'],
  ['bookkeeping.reconciliation_run.redispatched', 'reconciliation_run', 'Sent again; the old link is dead.'],
  ['bookkeeping.reconciliation_run.completed', 'reconciliation_run', 'Closed.'],
  ['bookkeeping.dispatch.sent', 'dispatch', 'A snapshot of the open items went out; all its fields are new.'],
  ['bookkeeping.dispatch.superseded', 'dispatch', 'Replaced by a later dispatch of the run.'],
  ['bookkeeping.dispatch.expired', 'dispatch', 'Its last day passed.'],
  ['bookkeeping.dispatch.closed', 'dispatch', 'The run was completed.'],
  ['bookkeeping.unreconciled_item.dispatched', 'unreconciled_item', 'Went out to the client.'],
  ['bookkeeping.unreconciled_item.draft_saved', 'unreconciled_item', 'The client saved while writing.'],
  ['bookkeeping.unreconciled_item.client_responded', 'unreconciled_item', 'The client answered.'],
  ['bookkeeping.unreconciled_item.applied', 'unreconciled_item', 'The answer was applied.'],
  ['bookkeeping.unreconciled_item.pushed_back', 'unreconciled_item', 'A follow-up question went to the client.'],
  ['bookkeeping.unreconciled_item.escalated', 'unreconciled_item', 'Moved to the exception queue.'],
  ['bookkeeping.unreconciled_item.resolved_by_staff', 'unreconciled_item', 'Resolved without the client.'],
  ['bookkeeping.unreconciled_item.reopened', 'unreconciled_item', 'A resolution was undone.'],
  ['portal.link_issued', 'magic_link', 'A link was made for the contact; its token is in no log.'],
  ['portal.link_used', 'magic_link', 'Somebody signed in with it, once.'],
  ['portal.link_revoked', 'magic_link', 'It opens nothing any more.'],
  ['portal.link_expired', 'magic_link', 'Its last moment passed.'],
  ['portal.session_started', 'portal_session', 'A browser was signed in; its cookie is in no log.'],
  ['portal.session_signed_out', 'portal_session', 'The person signed out.'],
  [
    'portal.session_revoked',
    'portal_session',
    'Ended by a re-dispatch, by staff, or because the contact lost the right.',
  ],
  ['portal.session_expired', 'portal_session', 'Its time passed.'],
  ['outbox.message_queued', 'outbox_message', 'A mail was written; all its fields are new.'],
  ['outbox.message_claimed', 'outbox_message', 'A worker took it under a lease.'],
  ['outbox.message_dispatched', 'outbox_message', 'The mail server took it.'],
  ['outbox.message_retried_later', 'outbox_message', 'A passing failure: it is tried again.'],
  ['outbox.message_failed', 'outbox_message', 'Given up, with the reason.'],
  ['outbox.message_lease_lost', 'outbox_message', 'The worker vanished while sending: it may have gone out.'],
  ['outbox.message_lease_released', 'outbox_message', 'The worker vanished before sending: it waits again.'],
  ['outbox.message_resent', 'outbox_message', 'Sent again by hand.'],
  ['outbox.message_cancelled', 'outbox_message', 'Taken back before it was sent.'],
  ['collections.placement.payment_recorded', 'placement', 'A payment came in; its row is named in `about`.'],
  ['collections.placement.paid', 'placement', 'A payment came in and the invoice is recovered.'],
  ['collections.placement.payment_reversed', 'placement', 'A payment was charged back.'],
  ['collections.placement.payment_reinstated', 'placement', 'A chargeback was won.'],
  ['collections.placement.rate_changed', 'placement', 'The rate of later payments changed.'],
  ['collections.placement.closed_uncollected', 'placement', 'Given up.'],
  ['collections.placement.recalled', 'placement', 'Recalled by the creditor.'],
  ['collections.placement.reopened', 'placement', 'Returned to outreach by a person.'],
  ['collections.remittance.minted', 'remittance', 'A row was written; all its fields are new.'],
  ['collections.remittance.paid', 'remittance', 'The net amount was transferred.'],
  ['collections.remittance.manual_required', 'remittance', 'To be transferred by hand.'],
  ['collections.remittance.failed', 'remittance', 'The transfer failed.'],
  ['collections.remittance.retried', 'remittance', 'The transfer is tried again.'],
  ['collections.remittance.bounced', 'remittance', 'A transfer that was made came back.'],
  ['deposit_source.fetched', 'deposit_source', 'Deposits came in.'],
  ['deposit_source.fetch_failed', 'deposit_source', 'A fetch failed for a reason that may pass.'],
  ['deposit_source.grown_stale', 'deposit_source', 'Nothing came in for too long.'],
  ['deposit_source.credentials_rejected', 'deposit_source', 'The bank refused the credentials; fetching stopped.'],
  ['deposit_source.credentials_updated', 'deposit_source', 'New credentials are being tried.'],
  ['deposit_source.settings_changed', 'deposit_source', 'A setting was changed.'],
  ['writeback.sent', 'writeback_mapping', 'Sent to the books.'],
  ['writeback.confirmed', 'writeback_mapping', 'The books took it.'],
  ['writeback.failed', 'writeback_mapping', 'The books refused it or did not answer.'],
  ['writeback.retried', 'writeback_mapping', 'To be tried again.'],
  ['writeback.abandoned', 'writeback_mapping', 'Given up by a person.'],
  ['writeback.revert_wanted', 'writeback_mapping', 'To be taken back as soon as the write has its answer.'],
  ['writeback.revert_requested', 'writeback_mapping', 'To be taken back.'],
  ['writeback.reversal_given_up', 'writeback_mapping', 'The record stays: its reversal was never sent.'],
  ['writeback.dropped', 'writeback_mapping', 'Taken back before it was ever sent.'],
  ['writeback.requested_again', 'writeback_mapping', 'Wanted again: a new generation.'],
  ['writeback.drift_found', 'drift', 'The balance in the books differs from ours.'],
  ['writeback.drift_explained', 'drift', 'A person wrote down why.'],
  ['writeback.drift_resolved', 'drift', 'The balances agree again.'],
  ['treasury.bank_line.told', 'bank_line', 'The bank told of a line; all its fields are new.'],
  ['treasury.bank_line.posted', 'bank_line', 'Final under its own id.'],
  ['treasury.bank_line.superseded', 'bank_line', 'A posted line took its place.'],
  ['treasury.bank_line.withdrawn', 'bank_line', 'Taken back, or never posted.'],
  ['treasury.transactable.created', 'transactable', 'Made; what it is stands in `about`.'],
  ['treasury.transactable.moved', 'transactable', 'Its own state moved by the event in `about`.'],
  ['treasury.transactable.tentatively_reconciled', 'transactable', 'Linked with pending lines only.'],
  ['treasury.transactable.reconciled', 'transactable', 'Posted lines cover it.'],
  ['treasury.transactable.partially_reconciled', 'transactable', 'Posted lines cover part of it.'],
  ['treasury.transactable.unreconciled', 'transactable', 'No link is left.'],
  ['treasury.transactable.overdue', 'transactable', 'Its last day passed.'],
  ['treasury.transactable.links_changed', 'transactable', 'Linked with other lines; its certainty is the same.'],
  ['accounting_period.locked', 'accounting_period', 'Proved and closed.'],
  ['accounting_period.unlocked', 'accounting_period', 'Opened again, with the reason in `about`.'],
]

function stored(name: string, kind: string, data: z.ZodType): z.ZodType {
  return z.strictObject({
    name: z.literal(name),
    at: isoInstantSchema,
    actorId: z.string().min(1),
    subject: z.strictObject({ kind: z.literal(kind), id: z.string().min(1) }),
    version: z.int().min(1),
    data,
  })
}

function itemEntry(name: ItemEventName): CatalogueEntry {
  const schema = stored(name, 'review_item', itemEventDataSchema)
  return { name, subject: 'review_item', about: itemMeanings[name], schema, example: itemExamples[name] }
}

function changeEntry([name, subject, about]: (typeof changeEvents)[number]): CatalogueEntry {
  const data = z.strictObject({ changes: changesSchema(subject), about: z.record(z.string(), z.unknown()).optional() })
  const changes = subjectExamples[name] ?? {}
  const at = '2026-11-21T09:00:00Z'
  const example = {
    name,
    at,
    actorId: 'user-7',
    subject: { kind: subject, id: `${subject}-1` },
    version: 2,
    data: { changes },
  }
  return { name, subject, about, schema: stored(name, subject, data), example }
}

function hostEntry(event: HostEvent): CatalogueEntry {
  const { name, subject, about } = event
  const schema = stored(name, subject, z.record(z.string(), z.unknown()))
  return { name, subject, about, schema, example: hostExample(event), byHost: true }
}

/** Every event of the activity log, by name. */
export const activityCatalogue: ReadonlyMap<string, CatalogueEntry> = new Map(
  [...itemEventNames.map(itemEntry), ...changeEvents.map(changeEntry), ...hostEvents.map(hostEntry)].map((entry) => [
    entry.name,
    entry,
  ]),
)
