import { ReconError } from '@recon/core'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { mailAddress } from './mail-address.ts'
import type { MailParams, MailTemplate } from './mail-templates.ts'
import type { Sealer } from './sealed-secret.ts'

export interface MailOrder {
  readonly template: MailTemplate
  readonly recipient: string
  readonly subject: string
  readonly params: MailParams
  /** Stored sealed, wiped when the mail is out. */
  readonly link?: string
  readonly runId?: string
  readonly contactId?: string
}

/**
 * Writes a mail into the outbox, in the transaction that wants it: it goes out if and only if that commits.
 * @throws ReconError REQUEST_INVALID for an address that is not one plain address
 */
export async function queueMail(unit: UnitOfWork, order: MailOrder, sealer: Sealer): Promise<string> {
  const address = mailAddress(order.recipient)
  if (!address.ok) throw new ReconError('REQUEST_INVALID', address.refusal.message, { place: 'recipient' })
  const id = unit.newId()
  await unit.db
    .insertInto('outbox')
    .values({
      tenant_id: unit.tenantId,
      id,
      template: order.template,
      status: 'PENDING',
      run_id: order.runId ?? null,
      contact_id: order.contactId ?? null,
      recipient: address.value,
      subject: oneLine(order.subject),
      body: JSON.stringify(order.params),
      sealed: order.link === undefined ? null : sealer.seal(order.link),
      message_id: `<${id}@recon.mail>`,
      attempts: 0,
      fence: 0,
      sending_since: null,
      lease_until: null,
      next_attempt_at: unit.now,
      created_at: unit.now,
      dispatched_at: null,
      reason: null,
      version: 1,
    })
    .execute()
  unit.enqueue({ queue: 'mail-send', data: { tenantId: unit.tenantId, messageId: id } })
  unit.announce('outbox')
  return id
}

/** A subject is one line: a name with a line break must not start another header. */
function oneLine(subject: string): string {
  const flat = [...subject].map((letter) => ((letter.codePointAt(0) ?? 0) < 32 ? ' ' : letter)).join('')
  return flat.trim().slice(0, 400)
}
