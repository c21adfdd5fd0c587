import { money } from './money/money.ts'
import type { ItemEvent, ItemEventName, ItemState } from './review/item-change.ts'

const at = '2026-11-21T09:00:00Z'
const usd = (amount: string) => money(amount, 'USD')

const open: ItemState = { status: 'OUTSTANDING', bucket: 'PARTIAL', bankLineIds: ['bank-1'], bookEntryIds: [] }
const note = {
  reason: 'entered twice',
  actorId: 'user-7',
  at,
  bankLineIds: ['bank-1'],
  bookEntryIds: ['book-1', 'book-2'],
}
const decision = {
  id: 'item-1@2',
  state: 'MANUAL',
  bankLineIds: ['bank-1'],
  bookEntryIds: ['book-1'],
  adjustments: [],
  amount: usd('100.00'),
  actorId: 'user-7',
  at,
} as const
const approval = { decision, requestedBy: 'user-7', at }
const closed = { closedBy: 'user-9', closedAt: at }
const reconciled: ItemState = { ...open, status: 'RECONCILED', decision }
const journal = { journalEntryId: 'JE-7', amount: usd('1.00'), actorId: 'user-7', at }

function item(name: ItemEventName, data: ItemEvent['data']): ItemEvent {
  return { name, at, actorId: 'user-7', subject: { kind: 'review_item', id: 'item-1' }, version: 2, data }
}

/** One example of each event of an item. */
export const itemExamples: Readonly<Record<ItemEventName, ItemEvent>> = {
  'review_item.reconciled': item('review_item.reconciled', { cause: 'reconcile', before: open, after: reconciled }),
  'review_item.proposal_rejected': item('review_item.proposal_rejected', {
    cause: 'reject',
    before: open,
    after: { ...open, bucket: 'NO_MATCH', rejectedMatchIds: ['match-1'] },
    reason: 'another supplier',
  }),
  'review_item.marked_unreceived': item('review_item.marked_unreceived', {
    cause: 'markUnreceived',
    before: open,
    after: { ...open, status: 'UNRECEIVED' },
  }),
  'review_item.flagged': item('review_item.flagged', {
    cause: 'flag',
    before: open,
    after: { ...open, status: 'FLAGGED', flag: note },
    reason: note.reason,
  }),
  'review_item.unflagged': item('review_item.unflagged', {
    cause: 'unflag',
    before: { ...open, status: 'FLAGGED', flag: note },
    after: open,
  }),
  'review_item.escalated': item('review_item.escalated', {
    cause: 'escalate',
    before: open,
    after: { ...open, status: 'ESCALATED', escalation: note },
    reason: note.reason,
  }),
  'review_item.escalation_withdrawn': item('review_item.escalation_withdrawn', {
    cause: 'withdrawEscalation',
    before: { ...open, status: 'ESCALATED', escalation: note },
    after: open,
  }),
  'review_item.journal_awaited': item('review_item.journal_awaited', {
    cause: 'awaitJournal',
    before: open,
    after: { ...open, status: 'AWAITING_JOURNAL' },
  }),
  'review_item.journal_recorded': item('review_item.journal_recorded', {
    cause: 'recordJournal',
    before: { ...open, status: 'AWAITING_JOURNAL' },
    after: { ...open, journal },
  }),
  'review_item.journal_withdrawn': item('review_item.journal_withdrawn', {
    cause: 'withdrawJournal',
    before: { ...open, journal },
    after: { ...open, status: 'AWAITING_JOURNAL' },
    reason: 'reversed in the ledger',
  }),
  'review_item.journal_hold_released': item('review_item.journal_hold_released', {
    cause: 'releaseJournal',
    before: { ...open, status: 'AWAITING_JOURNAL' },
    after: open,
  }),
  'review_item.reverted': item('review_item.reverted', { cause: 'revert', before: reconciled, after: open }),
  'review_item.approval_requested': item('review_item.approval_requested', {
    cause: 'requestApproval',
    before: open,
    after: { ...open, approval },
  }),
  'review_item.approval_declined': item('review_item.approval_declined', {
    cause: 'declineApproval',
    before: { ...open, approval },
    after: { ...open, closedApproval: { ...approval, ...closed, status: 'DECLINED', reason: 'wrong invoice' } },
    reason: 'wrong invoice',
    steps: [{ machine: 'maker-checker', id: 'item-1', from: 'PROPOSED', event: 'decline', to: 'DECLINED' }],
  }),
  'review_item.approval_outdated': item('review_item.approval_outdated', {
    cause: 'outdateApproval',
    before: { ...open, approval },
    after: { ...open, closedApproval: { ...approval, ...closed, status: 'OUTDATED', reason: 'MATCH_CHANGED' } },
    reason: 'MATCH_CHANGED',
    steps: [{ machine: 'maker-checker', id: 'item-1', from: 'PROPOSED', event: 'change', to: 'OUTDATED' }],
  }),
  'review_item.undone': item('review_item.undone', { cause: 'undo', before: reconciled, after: open, undoes: 1 }),
}

const response = {
  status: 'SUBMITTED',
  kind: 'NO_SUPPORTING',
  category: 'OWNER_DRAW',
  note: 'taken in cash',
  attachmentIds: [],
  contactId: 'contact-1',
  at,
}
const resolution = { how: 'APPLIED', journalEntryId: 'JE-9', actorId: 'user-7', at, from: 'CLIENT_RESPONDED' }
const refused = { code: 'PROVIDER_UNAVAILABLE', message: 'The service did not answer.' }
const minted = {
  id: 'remittance-1',
  placementId: 'placement-1',
  paymentId: 'payment-1',
  kind: 'PAYMENT',
  status: 'pending',
  recovered: usd('333.35'),
  fee: usd('33.34'),
  net: usd('300.01'),
  rate: '0.10',
  occurredAt: at,
}
const access = {
  id: 'link-1',
  runId: 'run-1',
  contactId: 'contact-1',
  generation: 1,
  expiresAt: '2027-01-20T09:00:00Z',
}
const links = (certainty: string, state: string) => ({ certainty, state, bankLineIds: ['bank-1'] })

/** What each event of the other subjects changes, by name; an event that is not here may change nothing but the version. */
export const subjectExamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'bookkeeping.reconciliation_run.matching_started': { status: 'MATCHING' },
  'bookkeeping.reconciliation_run.matching_finished': { status: 'AWAITING_REVIEW' },
  'bookkeeping.reconciliation_run.failed': { status: 'FAILED', failure: 'INPUT_TIMEOUT' },
  'bookkeeping.reconciliation_run.taken_up_again': { status: 'PENDING', failure: null },
  'bookkeeping.reconciliation_run.rematched': { status: 'MATCHING' },
  'bookkeeping.reconciliation_run.dispatched': {
    status: 'AWAITING_CLIENT',
    contactId: 'contact-1',
    dispatchedAt: at,
    generation: 1,
  },
  'bookkeeping.reconciliation_run.redispatched': { contactId: 'contact-2', dispatchedAt: at, generation: 2 },
  'bookkeeping.reconciliation_run.completed': { status: 'COMPLETE', completedAt: at },
  'bookkeeping.unreconciled_item.dispatched': { status: 'PENDING' },
  'bookkeeping.unreconciled_item.draft_saved': { response: { ...response, status: 'DRAFT' } },
  'bookkeeping.unreconciled_item.client_responded': { status: 'CLIENT_RESPONDED', response },
  'bookkeeping.unreconciled_item.applied': { status: 'RESOLVED', resolution },
  'bookkeeping.unreconciled_item.pushed_back': { status: 'PENDING', question: 'Which supplier was it?' },
  'bookkeeping.unreconciled_item.escalated': { exception: { reason: 'unusual', at } },
  'bookkeeping.unreconciled_item.resolved_by_staff': {
    status: 'RESOLVED',
    resolution: { how: 'BY_STAFF', reason: 'bank fee', actorId: 'user-7', at, from: 'PENDING' },
  },
  'bookkeeping.unreconciled_item.reopened': { status: 'PENDING', resolution: null },
  'bookkeeping.dispatch.sent': {
    id: 'run-1/1',
    runId: 'run-1',
    generation: 1,
    contactId: 'contact-1',
    status: 'LIVE',
    dispatchedAt: at,
    expiresAt: '2027-01-20T09:00:00Z',
    items: [{ itemId: 'item-1', date: '2026-10-14', amount: usd('-480.00'), description: 'CARD 4417' }],
    totals: [usd('480.00')],
    subject: 'Action needed: 1 unreconciled bank items for Haverly Glass Ltd',
  },
  'bookkeeping.dispatch.superseded': { status: 'SUPERSEDED' },
  'bookkeeping.dispatch.expired': { status: 'EXPIRED' },
  'bookkeeping.dispatch.closed': { status: 'CLOSED' },
  'portal.link_issued': { ...access, kind: 'DISPATCH', status: 'ISSUED', issuedAt: at },
  'portal.link_used': { status: 'USED' },
  'portal.link_revoked': { status: 'REVOKED' },
  'portal.link_expired': { status: 'EXPIRED' },
  'portal.session_started': { ...access, status: 'ACTIVE', startedAt: at },
  'portal.session_signed_out': { status: 'ENDED' },
  'portal.session_revoked': { status: 'REVOKED' },
  'portal.session_expired': { status: 'EXPIRED' },
  'outbox.message_queued': {
    id: 'mail-1',
    template: 'reconciliation-magic-link',
    messageId: '<mail-1@firm.example>',
    status: 'PENDING',
    attempts: 0,
    createdAt: at,
  },
  'outbox.message_claimed': { status: 'SENDING', attempts: 1, leaseUntil: '2026-11-21T09:00:40Z' },
  'outbox.message_dispatched': { status: 'DISPATCHED', leaseUntil: null, dispatchedAt: at },
  'outbox.message_retried_later': { status: 'PENDING', leaseUntil: null, reason: '421 try later' },
  'outbox.message_failed': { status: 'DEAD', leaseUntil: null, reason: '550 no such address' },
  'outbox.message_lease_lost': { status: 'UNKNOWN', leaseUntil: null, reason: 'WORKER_VANISHED_SENDING' },
  'outbox.message_lease_released': { status: 'PENDING', leaseUntil: null, reason: 'WORKER_VANISHED' },
  'outbox.message_resent': { status: 'PENDING', attempts: 0, reason: null },
  'outbox.message_cancelled': { status: 'CANCELLED' },
  'treasury.bank_line.told': { id: 'bank-1', status: 'PENDING' },
  'treasury.bank_line.posted': { status: 'POSTED' },
  'treasury.bank_line.superseded': { status: 'SUPERSEDED', supersededBy: 'bank-2' },
  'treasury.bank_line.withdrawn': { status: 'WITHDRAWN' },
  'treasury.transactable.created': { state: 'approved', certainty: 'UNRECONCILED', overdue: false, bankLineIds: [] },
  'treasury.transactable.moved': { state: 'sent' },
  'collections.placement.paid': { status: 'paid' },
  'collections.placement.rate_changed': {
    rates: [
      { rate: '0.25', from: '2026-01-01T00:00:00Z' },
      { rate: '0.20', from: '2026-12-01T00:00:00Z' },
    ],
  },
  'collections.placement.closed_uncollected': { status: 'closed_uncollected' },
  'collections.placement.recalled': { status: 'recalled' },
  'collections.placement.reopened': { status: 'open' },
  'collections.remittance.minted': minted,
  'collections.remittance.paid': { status: 'paid', transferReference: 'tr_9', paidAt: at },
  'collections.remittance.manual_required': { status: 'manual_required' },
  'collections.remittance.failed': { status: 'failed', failure: 'ACCOUNT_CLOSED' },
  'collections.remittance.retried': { status: 'pending', failure: null },
  'collections.remittance.bounced': { status: 'failed', failure: 'R02' },
  'deposit_source.fetched': { status: 'healthy', lastFetchedAt: at, lastTriedAt: at, failures: 0, failure: null },
  'deposit_source.fetch_failed': { status: 'failing', lastTriedAt: at, failures: 1, failure: refused },
  'deposit_source.grown_stale': { status: 'stale' },
  'deposit_source.credentials_rejected': {
    status: 'credentials_invalid',
    lastTriedAt: at,
    failures: 1,
    failure: refused,
  },
  'deposit_source.credentials_updated': { status: 'reconnecting' },
  'deposit_source.settings_changed': { reconcileUniqueMatches: true },
  'writeback.sent': { status: 'in_flight', attempts: 1 },
  'writeback.confirmed': { status: 'posted', externalId: '180' },
  'writeback.failed': { status: 'failed', failure: refused },
  'writeback.retried': { status: 'pending', failure: null },
  'writeback.abandoned': { status: 'abandoned' },
  'writeback.revert_wanted': { revertWanted: true },
  'writeback.revert_requested': { status: 'revert_pending' },
  'writeback.reversal_given_up': { status: 'posted' },
  'writeback.dropped': { status: 'reverted' },
  'writeback.requested_again': { status: 'pending', generation: 2, attempts: 0, externalId: null },
  'writeback.drift_found': { status: 'open', live: usd('500.00'), amount: usd('-2.00'), seenAt: at },
  'writeback.drift_explained': { status: 'explained', explanation: 'paid by check outside' },
  'writeback.drift_resolved': { status: 'resolved', live: usd('502.00'), amount: usd('0.00'), seenAt: at },
  'treasury.transactable.tentatively_reconciled': { certainty: 'TENTATIVE', bankLineIds: ['bank-1'] },
  'treasury.transactable.reconciled': links('RECONCILED', 'completed'),
  'treasury.transactable.partially_reconciled': links('PARTIALLY_RECONCILED', 'partially_reconciled'),
  'treasury.transactable.unreconciled': { certainty: 'UNRECONCILED', bankLineIds: [] },
  'treasury.transactable.overdue': { overdue: true },
  'treasury.transactable.links_changed': { bankLineIds: ['bank-2'] },
  'accounting_period.locked': { status: 'LOCKED' },
  'accounting_period.unlocked': { status: 'OPEN' },
}
