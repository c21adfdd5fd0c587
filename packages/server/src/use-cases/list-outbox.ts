import {
  allow,
  type Decision,
  missingPermission,
  type OutboxMessageStatus,
  outboxAlarm,
  outboxMessageMachine,
  ReconError,
  refuse,
  transition,
} from '@recon/core'
import type { Selectable } from 'kysely'
import { recordActivity } from '../store/activity-chain.ts'
import type { OutboxTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface OutboxMessage {
  readonly id: string
  readonly template: string
  readonly status: OutboxMessageStatus
  readonly recipient: string
  readonly subject: string
  readonly runId: string | null
  readonly contactId: string | null
  readonly attempts: number
  readonly createdAt: string
  readonly dispatchedAt: string | null
  readonly reason: string | null
  readonly alarm: boolean
}

export interface OutboxQuery {
  readonly status?: string
  readonly runId?: string
  readonly cursor?: string
  readonly limit?: number
}

/** Mails, newest first, with the number of those that have waited too long. */
export async function listOutbox(
  unit: UnitOfWork,
  query: OutboxQuery,
): Promise<{ rows: OutboxMessage[]; nextCursor: string | null; alarms: number }> {
  const limit = query.limit ?? 100
  let messages = unit.db
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.status !== undefined) messages = messages.where('status', '=', query.status)
  if (query.runId !== undefined) messages = messages.where('run_id', '=', query.runId)
  const cursor = readCursor(query.cursor, 'outbox')
  if (cursor !== undefined) {
    messages = messages.where((where) =>
      where.or([
        where('created_at', '<', cursor.value),
        where.and([where('created_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await messages.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const waiting = await unit.db
    .selectFrom('outbox')
    .select(['status', 'created_at'])
    .where('tenant_id', '=', unit.tenantId)
    .where('status', 'in', ['PENDING', 'SENDING'])
    .execute()
  const alarms = waiting.filter((row) =>
    outboxAlarm({ status: row.status as OutboxMessageStatus, createdAt: row.created_at }, unit.now),
  ).length
  return {
    rows: page.map((row) => outboxMessage(row, unit.now)),
    nextCursor: found.length > limit && last !== undefined ? writeCursor('outbox', last.created_at, last.id) : null,
    alarms,
  }
}

function outboxMessage(row: Selectable<OutboxTable>, now: string): OutboxMessage {
  const status = row.status as OutboxMessageStatus
  return {
    id: row.id,
    template: row.template,
    status,
    recipient: row.recipient,
    subject: row.subject,
    runId: row.run_id,
    contactId: row.contact_id,
    attempts: row.attempts,
    createdAt: row.created_at,
    dispatchedAt: row.dispatched_at,
    reason: row.reason,
    alarm: outboxAlarm({ status, createdAt: row.created_at }, now),
  }
}

const linkTemplates = new Set(['reconciliation-magic-link', 'portal-sign-in'])

/** Sends a mail again. One whose link is wiped is refused: only a new dispatch makes a new link. */
export async function resendMail(
  unit: UnitOfWork,
  input: { readonly messageId: string },
): Promise<Decision<OutboxMessage>> {
  const missing = missingPermission(unit.actor, 'outbox.resend')
  if (missing) return { ok: false, refusal: missing }
  const row = await unit.db
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', input.messageId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such mail.', { place: 'messageId' })
  if (linkTemplates.has(row.template) && row.sealed === null) {
    return refuse('LINK_WIPED', 'The link of this mail is not kept. Dispatch the run again: that makes a new one.')
  }
  const step = transition(outboxMessageMachine, row.status as OutboxMessageStatus, 'resend', { leaseOver: false })
  if (!step.ok) return step
  const after = await unit.db
    .updateTable('outbox')
    .set({ status: step.value.next, attempts: 0, next_attempt_at: unit.now, reason: null, version: row.version + 1 })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  unit.enqueue({ queue: 'mail-send', data: { tenantId: unit.tenantId, messageId: row.id } })
  await recordActivity(unit, [
    {
      name: 'outbox.message_resent',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'outbox_message', id: row.id },
      version: after.version,
      data: { changes: { status: after.status, attempts: 0, reason: null }, about: { template: row.template } },
    },
  ])
  return allow(outboxMessage(after, unit.now))
}
