import type { PortalItem } from '@recon/client'
import {
  allow,
  type Decision,
  type Dispatch,
  type PortalActions,
  type PortalContext,
  portalActions,
  ReconError,
  type UnreconciledItem,
} from '@recon/core'
import { type AttachmentRow, attachmentsOf } from '../portal/attachment-rows.ts'
import type { PortalVisitor } from '../portal/portal-session-store.ts'
import { queueDigest } from '../portal/response-digest.ts'
import { clientOf, type FirmClient, loadContacts } from '../portal/statement-run.ts'
import { lockUnreconciled, storeUnreconciled } from '../portal/unreconciled-rows.ts'
import { uploadLimits } from '../portal/upload-limits.ts'
import { recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { loadFirmSettings } from './save-settings.ts'

interface PortalWorld {
  readonly dispatch: Dispatch
  readonly client: FirmClient
  readonly runOpen: boolean
  readonly periodStart: string | null
  readonly periodEnd: string | null
}

async function loadWorld(unit: UnitOfWork, visitor: PortalVisitor): Promise<PortalWorld> {
  const row = await unit.db
    .selectFrom('dispatch')
    .innerJoin('run', (join) =>
      join.onRef('run.tenant_id', '=', 'dispatch.tenant_id').onRef('run.id', '=', 'dispatch.run_id'),
    )
    .innerJoin('client', (join) =>
      join.onRef('client.tenant_id', '=', 'run.tenant_id').onRef('client.id', '=', 'run.client_id'),
    )
    .leftJoin('statement', (join) =>
      join.onRef('statement.tenant_id', '=', 'run.tenant_id').onRef('statement.id', '=', 'run.statement_id'),
    )
    .select(['dispatch.body as dispatch_body', 'run.status', 'statement.period_start', 'statement.period_end'])
    .select(['client.id', 'client.version', 'client.legal_name', 'client.body'])
    .where('dispatch.tenant_id', '=', unit.tenantId)
    .where('dispatch.run_id', '=', visitor.runId)
    .where('dispatch.generation', '=', visitor.generation)
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'This request is not there any more.')
  return {
    dispatch: row.dispatch_body as Dispatch,
    client: clientOf(row),
    runOpen: row.status === 'AWAITING_CLIENT',
    periodStart: row.period_start,
    periodEnd: row.period_end,
  }
}

/** What the client is asked, as of the dispatch, with the answers so far. */
export async function readPortalRequest(unit: UnitOfWork, visitor: PortalVisitor) {
  const world = await loadWorld(unit, visitor)
  const firm = await loadFirmSettings(unit)
  const contact = (await loadContacts(unit, world.client.id)).find((one) => one.id === visitor.actor.id)
  const items = await portalItems(unit, visitor, world)
  return {
    firmName: firm.firmName,
    logoUrl: firm.logoUrl,
    clientLegalName: world.client.legalName,
    contactName: contact?.name ?? '',
    periodStart: world.periodStart,
    periodEnd: world.periodEnd,
    expiresAt: world.dispatch.expiresAt,
    note: world.dispatch.note ?? null,
    categories: world.client.categories,
    ...progressOf(items),
    items,
    limits: uploadLimits,
  }
}

const answeredStatuses: readonly string[] = ['CLIENT_RESPONDED', 'RESOLVED']

function progressOf(items: readonly PortalItem[]): { answered: number; total: number } {
  const answered = items.filter((item) => answeredStatuses.includes(item.status)).length
  return { answered, total: items.length }
}

/** Rows in the order and with the words of the dispatch; only their answers are of now. */
async function portalItems(unit: UnitOfWork, visitor: PortalVisitor, world: PortalWorld): Promise<PortalItem[]> {
  const rows = await unit.db
    .selectFrom('unreconciled_item')
    .select(['id', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', visitor.runId)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row.body as UnreconciledItem]))
  const files = await attachmentsOf(unit, visitor.runId)
  return world.dispatch.items.flatMap((shown) => {
    const item = byId.get(shown.itemId)
    return item === undefined ? [] : [portalItem(shown, item, files)]
  })
}

function portalItem(
  shown: Dispatch['items'][number],
  item: UnreconciledItem,
  files: readonly AttachmentRow[],
): PortalItem {
  return {
    id: item.id,
    version: item.version,
    date: shown.date,
    amount: shown.amount,
    description: shown.description,
    status: item.status,
    ...(item.question === undefined ? {} : { question: item.question }),
    ...(item.response === undefined ? {} : { response: item.response as PortalItem['response'] & object }),
    attachments: files.filter((file) => file.itemId === item.id && file.status !== 'REFUSED'),
  }
}

/** The same as `progressOf`, counted where the rows are: a save must not read every answer of the run. */
async function countAnswers(unit: UnitOfWork, visitor: PortalVisitor, { dispatch }: PortalWorld) {
  const rows = await unit.db
    .selectFrom('unreconciled_item')
    .select((column) => ['status', column.fn.countAll<string>().as('count')])
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', visitor.runId)
    .where(
      'id',
      'in',
      dispatch.items.map((item) => item.itemId),
    )
    .groupBy('status')
    .execute()
  const count = (statuses: readonly string[]) =>
    rows.reduce((sum, row) => sum + (statuses.includes(row.status) ? Number(row.count) : 0), 0)
  return { answered: count(answeredStatuses), total: rows.reduce((sum, row) => sum + Number(row.count), 0) }
}

export interface AnswerInput {
  readonly itemId: string
  readonly version: number
  readonly submit: boolean
  readonly kind?: 'UPLOADED_SUPPORTING' | 'NO_SUPPORTING'
  readonly category?: string
  readonly note?: string
  readonly attachmentIds?: readonly string[]
}

/** Saves what the client writes, or gives it to the firm. A stale version gets the current text back: both are kept. */
export async function answerItem(
  unit: UnitOfWork,
  visitor: PortalVisitor,
  input: AnswerInput,
): Promise<Decision<{ item: PortalItem; answered: number; total: number }>> {
  const world = await loadWorld(unit, visitor)
  const found = await lockUnreconciled(unit, visitor.runId, input.itemId)
  const shown = world.dispatch.items.find((item) => item.itemId === input.itemId)
  if (found === undefined || shown === undefined)
    throw new ReconError('NOT_FOUND', 'There is no such item.', { place: 'itemId' })
  const { item } = found
  if (item.version !== input.version) {
    const current = (await portalItems(unit, visitor, world)).find((one) => one.id === item.id)
    throw new ReconError('VERSION_CONFLICT', 'The answer was changed elsewhere meanwhile.', { details: { current } })
  }
  const files = await attachmentsOf(unit, visitor.runId)
  const actions = portalActions(item, visitor.actor, contextOf(unit, world, files))
  const changed = perform(actions, input)
  if (!changed.ok) return changed
  await storeUnreconciled(unit, item, changed.value.subject)
  if (input.submit) await queueDigest(unit, visitor.runId)
  await recordActivity(
    unit,
    changed.value.events.map((event) => ({ ...event, runId: visitor.runId })),
  )
  unit.announce(`run:${visitor.runId}`)
  return allow({
    item: portalItem(shown, changed.value.subject, files),
    ...(await countAnswers(unit, visitor, world)),
  })
}

function perform(actions: PortalActions, { itemId: _itemId, version, submit, ...fields }: AnswerInput) {
  const action = submit ? actions.submit : actions.save
  const why = submit ? actions.whyNot.submit : actions.whyNot.save
  if (action === null) {
    return {
      ok: false as const,
      refusal: why ?? { code: 'NOT_POSSIBLE', message: 'This answer cannot be changed now.' },
    }
  }
  return action({ ...fields, expectedVersion: version })
}

function contextOf(unit: UnitOfWork, world: PortalWorld, files: readonly AttachmentRow[]): PortalContext {
  return {
    now: unit.now,
    contactId: world.dispatch.contactId,
    clientId: world.client.id,
    runOpen: world.runOpen,
    dispatchedItemIds: world.dispatch.items.map((item) => item.itemId),
    categories: world.client.categories,
    storedAttachmentIds: files.filter((file) => file.status === 'STORED').map((file) => file.id),
    materiality: world.client.materiality,
  }
}
