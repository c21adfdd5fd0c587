import { matchPolicy } from '../matching/match-policy.ts'
import { deskRoles } from '../review/permission.ts'
import { defaultReviewSettings } from '../review/review-settings.ts'
import type { Preset } from './preset.ts'

/** How far apart date and amount may be for a proposal when references do not agree (`dateToleranceDays`). */
export const dateToleranceDays = 3

/** One statement of one client against approved journal entries; what is left goes to the client. */
export const bookkeeping: Preset = {
  name: 'bookkeeping',
  desk: 'BOOKKEEPING',
  policy: matchPolicy({
    name: 'bookkeeping',
    automatic: {
      passes: ['IDENTIFIER_EXACT'],
      dateWindow: { minimum: 0, maximum: 0, direction: 'EITHER', against: 0, unit: 'CALENDAR' },
    },
    dates: {
      amountOnly: { minimum: 0, maximum: dateToleranceDays, direction: 'EITHER', against: 0, unit: 'CALENDAR' },
    },
  }),
  settings: { ...defaultReviewSettings, desk: 'BOOKKEEPING' },
  machines: [
    'reconciliation-run',
    'review-item',
    'match-decision',
    'unreconciled-item',
    'client-response',
    'dispatch',
    'magic-link',
    'portal-session',
    'outbox-message',
    'maker-checker',
    'accounting-period',
  ],
  roles: deskRoles.BOOKKEEPING,
  messages: {
    'action.dispatch': 'Dispatch magic link',
    'dialog.send': 'Send magic link',
    'dialog.noRecipients': 'No submitter contacts configured',
    'mail.button': 'Open the reconciliation portal',
    'portal.UPLOADED_SUPPORTING': 'Upload a document',
    'portal.NO_SUPPORTING': 'I have no document',
    'link.LINK_EXPIRED': 'This link has expired. Ask your bookkeeper for a new one.',
    'link.LINK_REVOKED': 'A newer link was sent. Open the latest mail.',
  },
}
