import { matchPolicy } from '../matching/match-policy.ts'
import { deskRoles } from '../review/permission.ts'
import { defaultReviewSettings } from '../review/review-settings.ts'
import type { Preset } from './preset.ts'

/** Bank lines against the general ledger: seven scenarios, sweeps to zero, references that decide per instrument. */
export const cashManagement: Preset = {
  name: 'cash-management',
  desk: 'CASH_MANAGEMENT',
  policy: matchPolicy({ name: 'cash-management' }),
  settings: {
    ...defaultReviewSettings,
    desk: 'CASH_MANAGEMENT',
    readOnlyScenarios: ['AUTO_RECONCILED', 'SYSTEM_MATCH'],
    journalForVariance: true,
  },
  machines: ['review-item', 'match-decision', 'maker-checker', 'bank-line', 'accounting-period'],
  roles: deskRoles.CASH_MANAGEMENT,
  messages: {
    'alert.AUTO_RECONCILED': 'The source system reconciled this line. Nothing to do.',
    'alert.SYSTEM_MATCH': 'The references are equal once both are written the same way.',
    'alert.UNMATCHED': 'No entry could be connected. Check the closest candidate, or flag the line.',
    'alert.FAILED_PAYMENT': 'The bank did not process this payment. Escalate it; reconcile only what replaces it.',
    'alert.DUPLICATE': 'Two records claim the same payment. Do not reconcile both: flag it and find the original.',
    'alert.AMOUNT_VARIANCE': 'The amounts differ by the exchange rate. Held until a journal entry records it.',
    'alert.SWEEP': 'Select both sides until the difference is exactly 0.00.',
    'filter.ESCALATED': 'AP Escalations',
    'filter.FLAGGED': 'Flagged for Investigation',
    'filter.AWAITING_JOURNAL': 'Awaiting journal',
    'action.escalate': 'Escalate to AP',
    'action.flag': 'Flag for Investigation',
    'action.reconcile': 'Reconcile',
    'action.closeBatch': 'Close the batch',
  },
}
