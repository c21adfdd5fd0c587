import { matchPolicy } from '../matching/match-policy.ts'
import { deskRoles } from '../review/permission.ts'
import { defaultReviewSettings } from '../review/review-settings.ts'
import type { Preset } from './preset.ts'

/**
 * Payments against deposits. Payments are listed; only an exactly equal identifier is unique, and even that is reconciled
 * automatically only where the deposit source says so (`reconcileUniqueMatches`, policy `automatic.passes`).
 */
export const paymentsDesk: Preset = {
  name: 'payments-desk',
  desk: 'PAYMENTS_DESK',
  policy: matchPolicy({ name: 'payments-desk', perspective: 'BOOK', automatic: { passes: [] } }),
  settings: { ...defaultReviewSettings, desk: 'PAYMENTS_DESK', adjustmentKinds: ['FEE'] },
  machines: ['review-item', 'match-decision', 'maker-checker', 'deposit-source', 'bank-line', 'outbox-message'],
  roles: deskRoles.PAYMENTS_DESK,
  messages: {
    'tab.OUTSTANDING': 'Outstanding',
    'tab.UNIQUE': 'Unique matches',
    'tab.PARTIAL': 'Partial matches',
    'tab.NO_MATCH': 'No match',
    'tab.RECONCILED': 'Reconciled',
    'tab.UNRECEIVED': 'Unreceived',
    'action.reconcile': 'Reconcile selection',
    'action.showAllDeposits': 'Show all deposits',
    'action.reconcileWithReference': 'Reconcile with reference',
    'action.markUnreceived': 'Mark as unreceived',
    'action.revert': 'Move back to outstanding',
    'setting.reconcileUniqueMatches': 'Reconcile unique matches',
    'banner.credentials_invalid': 'The bank refuses the password. Update credentials to fetch deposits again.',
    'banner.stale': 'Deposits are not up to date. Check the bank account before you treat a payment as missing.',
  },
}

/** The same desk where the deposit source reconciles unique matches by itself. */
export const paymentsDeskAutomatic: Preset = {
  ...paymentsDesk,
  policy: matchPolicy({ name: 'payments-desk', perspective: 'BOOK', automatic: { passes: ['IDENTIFIER_EXACT'] } }),
}
