import type { RunState } from '@recon/client'
import { allow, type Decision, type Dispatch, dispatchItem, prepareDispatch, ReconError, runActions } from '@recon/core'
import { queueMail } from '../outbox/queue-mail.ts'
import { issueLink, revokeAccess } from '../portal/issue-link.ts'
import type { PortalSetup } from '../portal/portal-setup.ts'
import { loadStatementRun, type StatementRun, statementRunState, storeStatementRun } from '../portal/statement-run.ts'
import { storeUnreconciled } from '../portal/unreconciled-rows.ts'
import { type RecordedEvent, recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { loadFirmSettings } from './save-settings.ts'

export interface DispatchRunInput {
  readonly runId: string
  readonly contactId: string
  readonly note?: string
  readonly version: number
}

export interface DispatchAnswer {
  readonly run: RunState
  readonly expiresAt: string
  readonly messageId: string
}

/**
 * Sends the open items to the client: run, snapshot, items, link, mail and log in one transaction. A dispatch while the client
 * has the items replaces the one before, whose link and sessions are dead from the commit on.
 */
export async function dispatchRun(
  unit: UnitOfWork,
  input: DispatchRunInput,
  setup: PortalSetup,
): Promise<Decision<DispatchAnswer>> {
  const loaded = await loadStatementRun(unit, input.runId)
  const again = loaded.run.status === 'AWAITING_CLIENT'
  const actions = runActions(loaded.run, unit.actor, { now: unit.now, facts: loaded.facts })
  const action = again ? actions.redispatch : actions.dispatch
  if (action === null) {
    const why = again ? actions.whyNot.redispatch : actions.whyNot.dispatch
    return { ok: false, refusal: why ?? { code: 'EVENT_NOT_ALLOWED', message: 'The run cannot be dispatched now.' } }
  }
  const { contactId, note, version: expectedVersion } = input
  const moved = action({ contactId, expectedVersion, ...(note === undefined ? {} : { note }) })
  if (!moved.ok) return moved
  const firm = await loadFirmSettings(unit)
  const prepared = prepareDispatch({
    run: loaded.run,
    items: loaded.unreconciled,
    contactId,
    now: unit.now,
    expiryDays: firm.linkDays,
    ...(note === undefined ? {} : { note }),
  })
  if (!prepared.ok) return prepared
  await storeStatementRun(unit, loaded.row, moved.value.subject)
  await revokeAccess(unit, loaded.run.id)
  await storeDispatch(unit, prepared.value)
  const events: RecordedEvent[] = [...moved.value.events, ...(await sendItemsOut(unit, loaded))]
  const link = await issueLink(unit, { ...prepared.value, kind: 'DISPATCH' }, setup)
  const messageId = await mailLink(unit, loaded, prepared.value, link, firm.firmName, setup)
  await recordActivity(
    unit,
    events.map((event) => ({ ...event, runId: loaded.run.id })),
  )
  const after = await loadStatementRun(unit, input.runId)
  return allow({ run: await statementRunState(unit, after), expiresAt: prepared.value.expiresAt, messageId })
}

async function storeDispatch(unit: UnitOfWork, dispatch: Dispatch): Promise<void> {
  await unit.db
    .updateTable('dispatch')
    .set({ status: 'SUPERSEDED' })
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', dispatch.runId)
    .where('status', 'in', ['LIVE', 'EXPIRED'])
    .execute()
  await unit.db
    .insertInto('dispatch')
    .values({
      tenant_id: unit.tenantId,
      run_id: dispatch.runId,
      generation: dispatch.generation,
      contact_id: dispatch.contactId,
      status: dispatch.status,
      dispatched_at: dispatch.dispatchedAt,
      expires_at: dispatch.expiresAt,
      body: JSON.stringify(dispatch),
    })
    .execute()
}

/** Items that staff alone knew go to the client; items with an answer keep it. */
async function sendItemsOut(unit: UnitOfWork, loaded: StatementRun): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for (const item of loaded.unreconciled) {
    if (item.status !== 'UNDISPATCHED') continue
    const sent = dispatchItem(item, unit.actor, { now: unit.now, runOpen: true })
    if (!sent.ok)
      throw new ReconError('INTERNAL', `An item cannot be sent out: ${sent.refusal.message}`, { place: item.id })
    await storeUnreconciled(unit, item, sent.value.subject)
    events.push(...sent.value.events)
  }
  return events
}

async function mailLink(
  unit: UnitOfWork,
  loaded: StatementRun,
  dispatch: Dispatch,
  link: string,
  firmName: string,
  setup: PortalSetup,
): Promise<string> {
  const contact = loaded.facts.contacts.find((one) => one.id === dispatch.contactId)
  if (contact === undefined) throw new ReconError('INTERNAL', 'The contact vanished during the dispatch.')
  const { periodStart, periodEnd, statementId, clientLegalName } = loaded.run
  return queueMail(
    unit,
    {
      template: 'reconciliation-magic-link',
      recipient: contact.email,
      subject: dispatch.subject,
      link,
      runId: loaded.run.id,
      contactId: contact.id,
      params: {
        contactName: contact.name,
        clientName: clientLegalName,
        firmName,
        statement: statementId,
        period: periodStart === '' ? '' : `${periodStart} to ${periodEnd}`,
        itemCount: dispatch.items.length,
        total: dispatch.totals.map((total) => `${total.amount} ${total.currency}`).join(', '),
        expires: dispatch.expiresAt.slice(0, 10),
        ...(dispatch.note === undefined ? {} : { note: dispatch.note }),
      },
    },
    setup.sealer,
  )
}
