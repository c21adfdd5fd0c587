import type { ActivityEvent } from './activity-event.ts'

/** An event of the host beside the changes of the rules: its data is the host's own, an example shows it. */
export interface HostEvent {
  readonly name: string
  readonly subject: string
  readonly about: string
  readonly data: Readonly<Record<string, unknown>>
}

const at = '2026-11-21T09:00:00Z'
const event = (name: string, subject: string, about: string, data: HostEvent['data'] = {}): HostEvent => ({
  name,
  subject,
  about,
  data,
})

/** What a backend writes into the same log: files and settings, people and jobs, runs of a desk. */
export const hostEvents: readonly HostEvent[] = [
  event('import.stored', 'import', 'Records of a file were stored.', {
    ...{ bankLines: 120, bookEntries: 0, known: 3, rejected: 1, fileName: 'day.bai2' },
  }),
  event('reconciliation_run.ordered', 'reconciliation_run', 'A run of a desk was ordered.', { policy: 'treasury' }),
  event('reconciliation_run.part_matched', 'run_partition', 'A part of a run was matched.', { part: 'ACC-1 USD' }),
  event('reconciliation_run.matched', 'reconciliation_run', 'A run of a desk was matched.', { parts: 4 }),
  event('reconciliation_run.failed', 'reconciliation_run', 'A run of a desk broke off.', { failure: 'CANCELLED' }),
  event('bookkeeping.reconciliation_run.reminded', 'reconciliation_run', 'The client was reminded.', {
    ...{ contactId: 'contact-1', number: 1, open: 7 },
  }),
  event('portal.sign_in_mail_requested', 'outbox_message', 'Another browser asked for a sign-in mail.', {
    contactId: 'contact-1',
  }),
  ...(['stored', 'quarantined', 'refused'] as const).map((word) =>
    event(`portal.attachment_${word}`, 'attachment', `A file of the client was ${word}.`, {
      ...{ itemId: 'u-1', size: 1_204_000, sha256: '2c26b46b', refusal: null },
    }),
  ),
  event('client.created', 'client', 'A client was set up.', { changes: { legalName: 'Haverly Glass Ltd' } }),
  event('client.changed', 'client', 'A client was changed.', { changes: { legalName: 'Haverly Glass Ltd' } }),
  event('contact.created', 'contact', 'A contact was set up.', { clientId: 'client-1', active: true }),
  event('contact.changed', 'contact', 'A contact was changed.', { clientId: 'client-1', active: false }),
  event('settings.changed', 'settings', 'Settings of the tenant were changed.', { changes: { linkDays: 30 } }),
  event('collections.creditor.created', 'creditor', 'A creditor was set up.', { changes: { name: 'Bluestem' } }),
  event('collections.creditor.changed', 'creditor', 'A creditor was changed.', { changes: { name: 'Bluestem' } }),
  event('collections.placement.placed', 'placement', 'An invoice was given to be collected.', {
    changes: { invoiceNumber: 'INV-1042' },
  }),
  event('collections.adjustment.added', 'adjustment', 'A correction was put on a statement.', {
    changes: { reason: 'goodwill' },
  }),
  event('collections.statement.closed', 'creditor_statement', 'A monthly statement was closed under its hash.', {
    changes: { hash: '2c26b46b' },
  }),
  event('writeback.match_confirmed', 'match_decision', 'The source system was told of a link.', {
    ...{ provider: 'oracle-fusion', state: 'CONFIRMED', externalId: '300' },
  }),
  event('accounting_period.drawn', 'accounting_period', 'The statement of a month was drawn up.', {
    ...{ changes: {}, about: { asOf: '2026-11-30', hash: '2c26b46b' } },
  }),
  event('webhook_endpoint.created', 'webhook_endpoint', 'A subscription was made.', {
    changes: { topics: ['payment'] },
  }),
  event('webhook_endpoint.changed', 'webhook_endpoint', 'A subscription was changed.', { changes: { active: true } }),
  event('webhook_endpoint.disabled', 'webhook_endpoint', 'A subscription was ended: its receiver is gone.', {
    changes: { active: false },
  }),
  event('job.redriven', 'job', 'A job that was parked is driven again.', { queue: 'mail-send' }),
  event('access.refused', 'operation', 'Somebody without the right asked for it.', { roles: ['CLIENT_CONTACT'] }),
]

/** The whole stored event of an example. */
export function hostExample({ name, subject, data }: HostEvent): ActivityEvent {
  return { name, at, actorId: 'user-7', subject: { kind: subject, id: `${subject}-1` }, version: 1, data }
}
