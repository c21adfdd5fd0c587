import { type OutboxMessageStatus, outboxMessageMachine, transition } from '@recon/core'
import type { Selectable } from 'kysely'
import { recordActivity } from '../store/activity-chain.ts'
import type { OutboxTable } from '../store/tables.ts'
import type { Fault, UnitOfWork } from '../store/unit-of-work.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'
import { type FirmLook, type MailParams, renderTemplate } from './mail-templates.ts'
import type { Mail, MailOutcome, MailTransport } from './mail-transport.ts'
import type { Sealer } from './sealed-secret.ts'

export interface MailRoom {
  readonly transport: MailTransport
  readonly sealer: Sealer
  /** Runs work in a transaction of the tenant, as the system. */
  readonly transact: <Result>(tenantId: string, work: (unit: UnitOfWork) => Promise<Result>) => Promise<Result>
  /** Called between the steps of a sending; tests break the process there. */
  readonly fault?: Fault
  readonly attachments?: (mail: Selectable<OutboxTable>) => Promise<Mail['attachments']>
}

const leaseSeconds = 40
const mostAttempts = 8

/**
 * Sends one mail: take it under a lease, send, mark. A worker that vanishes after the mail server took the mail leaves a lease
 * that runs out; the mail is then sent again with the same message id, so that it is one mail to whoever compares ids.
 */
export async function sendMail(
  room: MailRoom,
  tenantId: string,
  messageId: string,
): Promise<OutboxMessageStatus | 'SKIPPED'> {
  const fault = room.fault ?? (() => undefined)
  await fault('mail.beforeClaim')
  const claimed = await room.transact(tenantId, (unit) => claim(unit, messageId))
  await fault('mail.afterClaim')
  if (claimed === undefined) return 'SKIPPED'
  const look = await room.transact(tenantId, (unit) => loadLook(unit))
  const outcome = await attempt(room, claimed, look)
  await fault('mail.afterSend')
  const status = await room.transact(tenantId, (unit) => settle(unit, claimed, outcome))
  await fault('mail.afterMark')
  return status
}

async function claim(unit: UnitOfWork, messageId: string): Promise<Selectable<OutboxTable> | undefined> {
  const row = await unit.db
    .selectFrom('outbox')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', messageId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const lapsed = row.status === 'SENDING' && row.lease_until !== null && row.lease_until <= unit.now
  if (row.status !== 'PENDING' && !lapsed) return undefined
  if (row.status === 'PENDING' && row.next_attempt_at > unit.now) return undefined
  const step = transition(outboxMessageMachine, lapsed ? 'PENDING' : row.status, 'claim', { leaseOver: lapsed })
  if (!step.ok) return undefined
  const lease = new Date(Date.parse(unit.now) + leaseSeconds * 1000).toISOString()
  return unit.db
    .updateTable('outbox')
    .set({
      status: step.value.next,
      attempts: row.attempts + 1,
      fence: row.fence + 1,
      sending_since: unit.now,
      lease_until: lease,
      version: row.version + 1,
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', messageId)
    .returningAll()
    .executeTakeFirst()
}

async function attempt(room: MailRoom, row: Selectable<OutboxTable>, look: FirmLook): Promise<MailOutcome> {
  try {
    const link = row.sealed === null ? '' : room.sealer.open(row.sealed)
    const rendered = renderTemplate(row.template, row.body as MailParams, link, look)
    const attachments = await room.attachments?.(row)
    return await room.transport.send({
      from: room.transport.from,
      to: row.recipient,
      subject: row.subject,
      messageId: row.message_id,
      ...rendered,
      ...(attachments === undefined ? {} : { attachments }),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown'
    return { ok: false, failure: 'PASSING', reason }
  }
}

/** A worker whose lease was taken over has an old fence and changes nothing. */
async function settle(
  unit: UnitOfWork,
  row: Selectable<OutboxTable>,
  outcome: MailOutcome,
): Promise<OutboxMessageStatus | 'SKIPPED'> {
  const dead = !outcome.ok && (outcome.failure === 'PERMANENT' || row.attempts >= mostAttempts)
  const event = outcome.ok ? 'sent' : dead ? 'fail' : 'retryLater'
  const step = transition(outboxMessageMachine, 'SENDING', event, { leaseOver: false })
  if (!step.ok) return 'SKIPPED'
  const status = step.value.next
  const again = new Date(Date.parse(unit.now) + backoff(row.attempts)).toISOString()
  const changed = await unit.db
    .updateTable('outbox')
    .set({
      status,
      lease_until: null,
      sending_since: null,
      reason: outcome.ok ? null : outcome.reason,
      next_attempt_at: again,
      version: row.version + 1,
      ...(outcome.ok ? { dispatched_at: unit.now, sealed: null } : {}),
      ...(status === 'DEAD' ? { sealed: null } : {}),
    })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', row.id)
    .where('fence', '=', row.fence)
    .where('status', '=', 'SENDING')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return 'SKIPPED'
  if (status === 'PENDING') {
    unit.enqueue({ queue: 'mail-send', data: { tenantId: unit.tenantId, messageId: row.id }, startAfter: again })
  }
  unit.announce('outbox')
  await recordActivity(unit, [
    {
      name: `outbox.message_${word[event]}`,
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'outbox_message', id: row.id },
      version: row.version + 1,
      data: {
        changes: { status, ...(outcome.ok ? { dispatchedAt: unit.now } : { reason: outcome.reason }) },
        about: { template: row.template, attempts: row.attempts },
      },
      ...(row.run_id === null ? {} : { runId: row.run_id }),
    },
  ])
  return status
}

/** How a try is named in the log (see the activity catalogue). */
const word = { sent: 'dispatched', fail: 'failed', retryLater: 'retried_later' } as const

/** 5 s, 10 s, 20 s, ... half an hour at most, spread by the attempt's own parity so that a burst does not return as one. */
function backoff(attempts: number): number {
  return Math.min(5000 * 2 ** (attempts - 1), 1_800_000) + (attempts % 2) * 700
}

async function loadLook(unit: UnitOfWork): Promise<FirmLook> {
  const { firmName, logoUrl } = await loadFirmSettings(unit)
  return { firmName, ...(logoUrl === null ? {} : { logoUrl }) }
}
