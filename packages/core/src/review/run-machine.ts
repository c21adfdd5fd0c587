import { defineMachine } from '../transition-table.ts'

export const runMachine = defineMachine({
  name: 'reconciliation-run',
  about: 'One pass of one bank statement against the approved journal entries of one client.',
  initial: 'PENDING',
  states: {
    PENDING: 'Made, not yet matched.',
    MATCHING: 'The engine is at work.',
    AWAITING_REVIEW: 'Proposals wait for staff.',
    AWAITING_CLIENT: 'The open items are with the client.',
    COMPLETE: 'Every match confirmed, every item resolved; the report is out.',
    FAILED: 'Matching broke off; nothing was kept of it.',
  },
  events: {
    startMatching: 'Matching started',
    finishMatching: 'Matching finished',
    fail: 'Matching failed or was cancelled',
    rerun: 'Taken up again after a failure',
    rematch: 'Matched again, for example after a late document',
    dispatch: 'The open items were sent to the client',
    redispatch: 'A new link was sent; the old one is dead',
    complete: 'Closed',
  },
  table: {
    PENDING: { startMatching: 'MATCHING', fail: 'FAILED' },
    MATCHING: { finishMatching: 'AWAITING_REVIEW', fail: 'FAILED' },
    AWAITING_REVIEW: { rematch: 'MATCHING', dispatch: 'AWAITING_CLIENT', complete: 'COMPLETE' },
    AWAITING_CLIENT: { redispatch: 'AWAITING_CLIENT', complete: 'COMPLETE' },
    COMPLETE: {},
    FAILED: { rerun: 'PENDING' },
  },
  guards: {
    startMatching: [
      {
        fact: 'otherOpenRunIds',
        must: 'BE_EMPTY',
        code: 'STATEMENT_HAS_OPEN_RUN',
        says: 'Another run of this statement is open: finish that one.',
      },
    ],
    rerun: [
      {
        fact: 'otherOpenRunIds',
        must: 'BE_EMPTY',
        code: 'STATEMENT_HAS_OPEN_RUN',
        says: 'Another run of this statement is open: finish that one.',
      },
    ],
    dispatch: [
      {
        fact: 'proposedMatchIds',
        must: 'BE_EMPTY',
        code: 'PROPOSED_LEFT',
        says: 'Confirm or reject every proposed match first.',
      },
      {
        fact: 'unreconciledItemIds',
        must: 'NOT_BE_EMPTY',
        code: 'NOTHING_TO_DISPATCH',
        says: 'Nothing is unreconciled: complete the run instead.',
      },
      {
        fact: 'eligibleContactIds',
        must: 'NOT_BE_EMPTY',
        code: 'NO_SUBMITTER_CONTACTS',
        says: 'No submitter contacts configured: add or activate a contact that can submit intake.',
      },
    ],
    redispatch: [
      {
        fact: 'unresolvedItemIds',
        must: 'NOT_BE_EMPTY',
        code: 'NOTHING_TO_DISPATCH',
        says: 'Every item is resolved: complete the run instead.',
      },
      {
        fact: 'eligibleContactIds',
        must: 'NOT_BE_EMPTY',
        code: 'NO_SUBMITTER_CONTACTS',
        says: 'No submitter contacts configured: add or activate a contact that can submit intake.',
      },
    ],
    complete: [
      {
        fact: 'proposedMatchIds',
        must: 'BE_EMPTY',
        code: 'PROPOSED_LEFT',
        says: 'Confirm or reject every proposed match first.',
      },
      { fact: 'unresolvedItemIds', must: 'BE_EMPTY', code: 'ITEMS_UNRESOLVED', says: 'Resolve every item first.' },
    ],
  },
  effects: {
    startMatching: [{ type: 'MATCH_RUN' }],
    rematch: [{ type: 'MATCH_RUN' }],
    dispatch: [
      { type: 'ISSUE_MAGIC_LINK' },
      { type: 'QUEUE_MAIL', template: 'reconciliation-magic-link' },
      { type: 'MARK_ITEMS_PENDING' },
    ],
    redispatch: [
      { type: 'REVOKE_LINKS_AND_SESSIONS' },
      { type: 'ISSUE_MAGIC_LINK' },
      { type: 'QUEUE_MAIL', template: 'reconciliation-magic-link' },
    ],
    complete: [
      { type: 'END_PORTAL_ACCESS' },
      { type: 'RENDER_REPORT', formats: ['csv', 'pdf'] },
      { type: 'QUEUE_MAIL', template: 'reconciliation-report' },
    ],
  },
})

export type RunStatus = keyof typeof runMachine.states
export type RunEvent = keyof typeof runMachine.events
