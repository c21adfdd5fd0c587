import { matchPolicy } from '../matching/match-policy.ts'
import { deskRoles } from '../review/permission.ts'
import { defaultReviewSettings } from '../review/review-settings.ts'
import type { Preset } from './preset.ts'

/** Recovered payments against invoices; partial payments and overpayments are ordinary here. */
export const collections: Preset = {
  name: 'collections',
  desk: 'COLLECTIONS',
  policy: matchPolicy({ name: 'collections', amounts: { acceptOverpayment: true }, groups: { partial: true } }),
  settings: { ...defaultReviewSettings, desk: 'COLLECTIONS', adjustmentKinds: ['FEE'], writeback: true },
  machines: ['placement', 'remittance', 'writeback-mapping', 'drift-event', 'review-item', 'match-decision'],
  roles: deskRoles.COLLECTIONS,
  messages: {
    'status.open': 'Open',
    'status.paid': 'Paid',
    'status.closed_uncollected': 'Closed, uncollected',
    'status.recalled': 'Recalled',
    'remittance.manual_required': 'Pay by hand',
    'sync.drift': 'The balance in the books differs. Look before you adjust: nothing is corrected by itself.',
  },
}
