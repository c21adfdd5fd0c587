import { matchPolicy } from '../matching/match-policy.ts'
import { deskRoles } from '../review/permission.ts'
import { defaultReviewSettings } from '../review/review-settings.ts'
import type { Preset } from './preset.ts'

/** Transactables against pending lines during the day (tentative) and posted ones after (reconciled). */
export const treasury: Preset = {
  name: 'treasury',
  desk: 'TREASURY',
  policy: matchPolicy({ name: 'treasury', perspective: 'BOOK' }),
  settings: { ...defaultReviewSettings, desk: 'TREASURY' },
  machines: [
    'bank-line',
    'certainty',
    'payment-order',
    'expected-payment',
    'paper-item',
    'return',
    'incoming-payment-detail',
    'review-item',
    'match-decision',
  ],
  roles: deskRoles.TREASURY,
  messages: {
    'certainty.UNRECONCILED': 'Not reconciled',
    'certainty.TENTATIVE': 'Tentatively reconciled',
    'certainty.PARTIALLY_RECONCILED': 'Partly reconciled',
    'certainty.RECONCILED': 'Reconciled',
    'line.SUPERSEDED': 'Replaced by a posted line',
    'line.WITHDRAWN': 'Did not post',
  },
}
