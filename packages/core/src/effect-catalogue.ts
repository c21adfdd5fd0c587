import * as z from 'zod'
import type { Effect } from './transition-table.ts'

/** One kind of effect: what a host does when it meets one, the schema of its fields, and an example. */
export interface EffectEntry {
  readonly type: string
  readonly about: string
  readonly schema: z.ZodType
  readonly example: Effect
}

const id = z.string().min(1)
const ids = z.array(id)

type Fields = Readonly<Record<string, z.ZodType>>
function entry(type: string, about: string, fields: Fields = {}, example: Readonly<Record<string, unknown>> = {}) {
  const schema = z.strictObject({ type: z.literal(type), ...fields })
  return { type, about, schema, example: { type, ...example } } satisfies EffectEntry
}

const ofRecords = { itemId: id, decisionId: id.optional() }
const ofRow = { placementId: id.optional(), remittanceId: id.optional() }

/** Every effect a rule answers with. The host carries it out in the transaction of the change, or from a job queued there. */
export const effectCatalogue: ReadonlyMap<string, EffectEntry> = new Map(
  [
    entry('MATCH_RUN', 'Match the run.'),
    entry('ISSUE_MAGIC_LINK', 'Make a new link for the contact of the run.'),
    entry('REVOKE_LINKS_AND_SESSIONS', 'End every link and session of the run.'),
    entry('END_PORTAL_ACCESS', 'The run is closed: nobody of the client enters any more.'),
    entry('START_SESSION', 'Sign the browser in.'),
    entry('END_SESSIONS', 'End the sessions of the link.'),
    entry('MARK_ITEMS_PENDING', 'Send the open items out with the dispatch.'),
    entry(
      'QUEUE_MAIL',
      'Write a mail into the outbox.',
      { template: z.string().min(1), to: z.literal('EVERY_USER').optional() },
      { template: 'reconciliation-magic-link' },
    ),
    entry(
      'QUEUE_DIGEST',
      'Tell the firm, together with what else came in.',
      { template: z.string().min(1) },
      { template: 'reconciliation-response-digest' },
    ),
    entry(
      'RENDER_REPORT',
      'Render the report of the run.',
      { formats: z.array(z.enum(['csv', 'pdf'])).min(1) },
      { formats: ['csv', 'pdf'] },
    ),
    entry(
      'EMIT_WEBHOOK',
      'Send an outgoing event (see the webhook catalogue).',
      {
        event: z.string().min(1),
        topic: z.string().optional(),
        subjectId: id.optional(),
        itemId: id.optional(),
        from: z.string().optional(),
        to: z.string().optional(),
        ...ofRow,
      },
      { event: 'review_item.status_changed', itemId: 'item-1', from: 'OUTSTANDING', to: 'FLAGGED' },
    ),
    entry('NOTIFY_APPROVERS', 'Tell those who may approve.', ofRecords, { itemId: 'item-1', decisionId: 'item-1@2' }),
    entry('NOTIFY_INVESTIGATORS', 'Tell those who look into flagged items.', { itemId: id }, { itemId: 'item-1' }),
    entry('NOTIFY_ACCOUNTS_PAYABLE', 'Tell accounts payable.', { itemId: id }, { itemId: 'item-1' }),
    entry('NOTIFY_SENIOR_ACCOUNTANTS', 'Tell the senior accountants.'),
    entry('CREATE_JOURNAL_ENTRY', 'Make the journal entry of the answer that was applied.'),
    entry(
      'CONFIRM_IN_SOURCE',
      'Write the link back to the source system.',
      { ...ofRecords, bankLineIds: ids, bookEntryIds: ids },
      { itemId: 'item-1', decisionId: 'item-1@2', bankLineIds: ['bank-1'], bookEntryIds: ['book-1'] },
    ),
    entry('REVOKE_IN_SOURCE', 'Take the link back in the source system.', ofRecords, { itemId: 'item-1' }),
    entry('FETCH_NOW', 'Fetch the deposits of the source now.', { sourceId: id.optional() }),
    entry('STOP_FETCHING', 'Do not fetch until somebody gives new credentials.'),
    entry('WRITE_BACK_PAYMENT', 'Write the payment of the row to the books.', ofRow),
    entry('WRITE_BACK_REVERSAL', 'Take the payment of the row back in the books.', ofRow),
    entry('TRANSFER_NET', 'Transfer the net amount of the row to the creditor.', ofRow),
    entry('SEND_WRITEBACK', 'Send the mapping to the books, or its reversal.', { mappingId: id.optional() }),
  ].map((one) => [one.type, one]),
)
