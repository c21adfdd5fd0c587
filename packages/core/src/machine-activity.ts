import { placementEventNames } from './collections/placement-actions.ts'
import { unreconciledItemEventNames } from './portal/unreconciled-item.ts'
import { runEventNames } from './review/reconciliation-run.ts'

/** How an event of a machine is logged: under these names of the catalogue. Empty where it changes nothing (a look, a use). */
export type LoggedAs = Readonly<Record<string, readonly string[]>>

function each(events: Readonly<Record<string, string>>, prefix = ''): LoggedAs {
  return Object.fromEntries(Object.entries(events).map(([event, name]) => [event, [`${prefix}${name}`]]))
}

const responses = 'bookkeeping.unreconciled_item.'
const ownState = (events: readonly string[]): LoggedAs =>
  Object.fromEntries(events.map((event) => [event, ['treasury.transactable.moved']]))
const certainties = {
  matchPending: ['treasury.transactable.tentatively_reconciled', 'treasury.transactable.links_changed'],
  matchPart: ['treasury.transactable.partially_reconciled', 'treasury.transactable.links_changed'],
  matchWhole: ['treasury.transactable.reconciled', 'treasury.transactable.links_changed'],
  release: ['treasury.transactable.unreconciled'],
}
/** A transactable's own state moves with its links. */
const byLinks = {
  postedMatch: certainties.matchWhole,
  postedPart: certainties.matchPart,
  unmatch: [
    'treasury.transactable.unreconciled',
    'treasury.transactable.tentatively_reconciled',
    'treasury.transactable.partially_reconciled',
  ],
}
const undone = ['review_item.undone']
const reopened = ['review_item.reverted', ...undone]
const linked = ['review_item.reconciled']

/**
 * Every event of every machine with the activity events it is written as: what a reader of the log looks for. The machines inside
 * an item (match-decision, maker-checker) are steps of the item's event; a client's response is part of its item.
 */
export const machineActivity: Readonly<Record<string, LoggedAs>> = {
  'review-item': {
    reconcile: linked,
    confirm: linked,
    closeBatch: linked,
    reconcileWithReference: linked,
    reject: ['review_item.proposal_rejected'],
    requestApproval: ['review_item.approval_requested'],
    declineApproval: ['review_item.approval_declined'],
    outdateApproval: ['review_item.approval_outdated'],
    markUnreceived: ['review_item.marked_unreceived'],
    flag: ['review_item.flagged'],
    unflag: ['review_item.unflagged'],
    escalate: ['review_item.escalated'],
    withdrawEscalation: ['review_item.escalation_withdrawn'],
    awaitJournal: ['review_item.journal_awaited'],
    recordJournal: ['review_item.journal_recorded'],
    withdrawJournal: ['review_item.journal_withdrawn'],
    releaseJournal: ['review_item.journal_hold_released'],
    revert: ['review_item.reverted'],
  },
  'match-decision': {
    confirm: linked,
    reject: ['review_item.proposal_rejected'],
    reverse: reopened,
    reopen: undone,
    restoreExact: undone,
    restoreConfirmed: undone,
    restoreManual: undone,
  },
  'maker-checker': {
    approve: linked,
    decline: ['review_item.approval_declined', ...undone],
    change: ['review_item.approval_outdated', 'review_item.approval_requested', 'review_item.flagged', ...linked],
    propose: ['review_item.approval_requested', ...undone],
    takeBack: undone,
  },
  'reconciliation-run': each(runEventNames),
  'unreconciled-item': each(unreconciledItemEventNames),
  'client-response': each(
    {
      save: 'draft_saved',
      submit: 'client_responded',
      routeToSenior: 'client_responded',
      escalate: 'escalated',
      apply: 'applied',
      pushBack: 'pushed_back',
      setAside: 'resolved_by_staff',
      reopen: 'reopened',
    },
    responses,
  ),
  dispatch: each({ redispatch: 'superseded', expire: 'expired', close: 'closed' }, 'bookkeeping.dispatch.'),
  'magic-link': { view: [], ...each({ redeem: 'used', revoke: 'revoked', expire: 'expired' }, 'portal.link_') },
  'portal-session': {
    use: [],
    ...each({ signOut: 'signed_out', revoke: 'revoked', expire: 'expired' }, 'portal.session_'),
  },
  'outbox-message': each(
    {
      claim: 'claimed',
      sent: 'dispatched',
      retryLater: 'retried_later',
      fail: 'failed',
      leaseLost: 'lease_lost',
      releaseLease: 'lease_released',
      resend: 'resent',
      cancel: 'cancelled',
    },
    'outbox.message_',
  ),
  'deposit-source': each(
    {
      fetched: 'fetched',
      fail: 'fetch_failed',
      growStale: 'grown_stale',
      rejectCredentials: 'credentials_rejected',
      updateCredentials: 'credentials_updated',
    },
    'deposit_source.',
  ),
  'bank-line': each({ post: 'posted', supersede: 'superseded', withdraw: 'withdrawn' }, 'treasury.bank_line.'),
  certainty: certainties,
  'payment-order': {
    ...ownState([
      'approve',
      'deny',
      'cancel',
      'process',
      'hold',
      'release',
      'send',
      'stop',
      'fail',
      'return',
      'reverse',
    ]),
    postedMatch: byLinks.postedMatch,
    unmatch: byLinks.unmatch,
  },
  'expected-payment': { ...ownState(['archive', 'unarchive']), ...byLinks },
  'paper-item': { ...ownState(['return']), postedMatch: byLinks.postedMatch, unmatch: byLinks.unmatch },
  return: {
    ...ownState(['process', 'send', 'fail', 'cancel', 'return']),
    postedMatch: byLinks.postedMatch,
    unmatch: byLinks.unmatch,
  },
  'incoming-payment-detail': { ...ownState(['return']), postedMatch: byLinks.postedMatch, unmatch: byLinks.unmatch },
  placement: each(placementEventNames),
  remittance: each(
    { pay: 'paid', requireManual: 'manual_required', fail: 'failed', retry: 'retried', bounce: 'bounced' },
    'collections.remittance.',
  ),
  'writeback-mapping': {
    ...each(
      {
        send: 'sent',
        confirm: 'confirmed',
        fail: 'failed',
        retry: 'retried',
        abandon: 'abandoned',
        keep: 'reversal_given_up',
        drop: 'dropped',
        next: 'requested_again',
      },
      'writeback.',
    ),
    revert: ['writeback.revert_requested', 'writeback.revert_wanted'],
  },
  'drift-event': each({ seenAgain: 'drift_found', explain: 'drift_explained', agree: 'drift_resolved' }, 'writeback.'),
  'accounting-period': each({ lock: 'locked', unlock: 'unlocked' }, 'accounting_period.'),
}
