import { actionEn, cashDeskEn, doneEn, keysEn } from './action-words-en.ts'
import { collectionsEn, treasuryEn } from './collections-words-en.ts'
import { deskEn, frameEn } from './desk-words-en.ts'
import { mappingEn } from './mapping-words-en.ts'
import type { Messages } from './messages.ts'
import { depositSourceEn, importEn, paymentsEn } from './payments-words-en.ts'
import { portalEn } from './portal-words-en.ts'
import { reasonEn, returnCodeEn, stepEn } from './reason-words-en.ts'
import { activityEn, proofEn, reconcileEn, summaryEn, sweepEn } from './reconcile-words-en.ts'
import { runEn } from './run-words-en.ts'
import { screensEn } from './screen-words-en.ts'

/** English. */
export const en: Messages = {
  locale: 'en',
  direction: 'ltr',
  frame: frameEn,
  desk: deskEn,
  action: actionEn,
  done: doneEn,
  scenario: {
    AUTO_RECONCILED: 'Auto-reconciled',
    SYSTEM_MATCH: 'System match',
    UNMATCHED: 'Unmatched',
    FAILED_PAYMENT: 'Failed payment',
    DUPLICATE: 'Duplicate',
    AMOUNT_VARIANCE: 'Amount variance',
    SWEEP: 'Sweep',
  },
  status: {
    OUTSTANDING: 'Outstanding',
    RECONCILED: 'Reconciled',
    UNRECEIVED: 'Unreceived',
    FLAGGED: 'Flagged',
    ESCALATED: 'Escalated to AP',
    AWAITING_JOURNAL: 'Awaiting journal',
  },
  instrument: {
    WIRE: 'Wire',
    EFT: 'EFT',
    CHECK: 'Check',
    DIRECT_DEBIT: 'Direct debit',
    SWEEP: 'Sweep',
    CARD: 'Card',
    CASH: 'Cash',
    FEE: 'Fee',
    INTEREST: 'Interest',
    OTHER: 'Other',
  },
  signal: {
    SOURCE_STATUS: 'Source system',
    SUPERSESSION: 'Replaced line',
    RETURN_CODE: 'Return code',
    IDENTIFIER: 'Identifier',
    REFERENCE_TEXT: 'Reference text',
    AMOUNT: 'Amount',
    DATE: 'Date',
    NAME: 'Name',
    COUNTERPARTY_ACCOUNT: 'Counterparty account',
    ACCOUNT: 'Account',
    INSTRUMENT: 'Instrument',
    STRUCTURE: 'Sweep structure',
    GROUP_SUM: 'Sum of the group',
  },
  verdict: { AGREES: 'agrees', CLOSE: 'close', NEUTRAL: 'says nothing', DISAGREES: 'disagrees', MISSING: 'missing' },
  reason: reasonEn,
  step: stepEn,
  returnCode: returnCodeEn,
  reconcile: reconcileEn,
  sweep: sweepEn,
  proof: proofEn,
  activity: activityEn,
  summary: summaryEn,
  keys: keysEn,
  cashDesk: cashDeskEn,
  portal: portalEn,
  payments: paymentsEn,
  depositSource: depositSourceEn,
  importing: importEn,
  mapping: mappingEn,
  run: runEn,
  collections: collectionsEn,
  treasury: treasuryEn,
  screens: screensEn,
}
