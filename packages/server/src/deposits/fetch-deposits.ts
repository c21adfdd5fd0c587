import {
  type Actor,
  type BankFeedPage,
  type DepositSource,
  type DepositSourceEvent,
  moveSource,
  type Provider,
  ReconError,
} from '@recon/core'
import { queueMail } from '../outbox/queue-mail.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { requireSubject, storeChange } from '../store/subject-rows.ts'
import type { Fault, UnitOfWork } from '../store/unit-of-work.ts'
import { importRecords } from '../use-cases/import-records.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'
import { startRun } from '../use-cases/start-run.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { announceWebhooks, eventsOf, sourceFacts } from '../webhooks/webhook-event.ts'

/** A source with what the host needs to fetch it. The cursor moves with every stored page. */
export interface FeedSource extends DepositSource {
  readonly provider?: string
  readonly account?: string
  readonly cursor?: string
  readonly fetchingSince?: string
}

export interface FetchRoom {
  readonly transact: Transact
  readonly providers: readonly Provider[]
  readonly planRun: PlanRun
  readonly sealer: Sealer
  readonly now: () => string
  readonly fault?: Fault
}

const fetcher: Actor = { id: 'deposit-fetch', roles: ['SYSTEM'] }
const tickMinutes = 15
/** A fetch that has not finished by then is taken for lost. */
export const overlapMinutes = 60
const mostPages = 200

/** Number of the tick a moment is in. */
export function tickOf(now: string): bigint {
  return BigInt(Math.floor(Date.parse(now) / (tickMinutes * 60_000)))
}

type Outcome = 'FETCHED' | 'FAILED' | 'CREDENTIALS_INVALID' | 'SKIPPED'

/**
 * One tick of one source: at most one process takes it (the row of the tick says so), a fetch that still runs is not overlapped,
 * every page is stored with its cursor, and the outcome is written once. A password the bank refuses stops the fetching.
 */
export async function fetchDeposits(
  room: FetchRoom,
  tenantId: string,
  sourceId: string,
  tick: bigint,
): Promise<Outcome> {
  const source = await room.transact(tenantId, fetcher, (unit) => beginTick(unit, sourceId, tick))
  if (source === undefined) return 'SKIPPED'
  await room.fault?.('fetch.afterBegin')
  let lines = 0
  try {
    const feed = room.providers.find((provider) => provider.name === source.provider)?.bankFeed
    if (feed === undefined) {
      throw new ReconError(
        'CONFIGURATION_INVALID',
        `No provider "${source.provider ?? ''}" with a bank feed is configured.`,
      )
    }
    let cursor = source.cursor
    for (let page = 0; page < mostPages; page++) {
      const answer = await feed.fetchLines({
        ...(source.account === undefined ? {} : { account: source.account }),
        ...(cursor === undefined ? {} : { cursor }),
      })
      cursor = answer.cursor ?? cursor
      lines += await room.transact(tenantId, fetcher, (unit) => storePage(unit, sourceId, answer))
      await room.fault?.('fetch.afterPage')
      if (!answer.hasMore) break
    }
    await room.transact(tenantId, fetcher, (unit) => endTick(room, unit, sourceId, tick, { event: 'fetched', lines }))
    return 'FETCHED'
  } catch (error) {
    const invalid = ReconError.is(error) && error.code === 'PROVIDER_CREDENTIALS_INVALID'
    const failure = { code: ReconError.is(error) ? error.code : 'UNKNOWN', message: messageOf(error) }
    const event = invalid ? 'rejectCredentials' : 'fail'
    await room.transact(tenantId, fetcher, (unit) => endTick(room, unit, sourceId, tick, { event, lines, failure }))
    return invalid ? 'CREDENTIALS_INVALID' : 'FAILED'
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown'
}

async function beginTick(unit: UnitOfWork, sourceId: string, tick: bigint): Promise<FeedSource | undefined> {
  const source = await requireSubject<FeedSource>(unit, 'deposit_source', sourceId)
  const taken = await unit.db
    .insertInto('fetch_tick')
    .values({
      tenant_id: unit.tenantId,
      source_id: sourceId,
      tick,
      outcome: 'RUNNING',
      lines: 0,
      started_at: unit.now,
      finished_at: null,
      reason: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (taken.numInsertedOrUpdatedRows !== 1n) return undefined
  const stopped = source.kind !== 'FEED' || source.status === 'credentials_invalid'
  const running =
    source.fetchingSince !== undefined &&
    Date.parse(unit.now) - Date.parse(source.fetchingSince) < overlapMinutes * 60_000
  if (stopped || running) {
    await closeTick(
      unit,
      sourceId,
      tick,
      'SKIPPED',
      0,
      stopped ? 'Fetching has stopped.' : 'The fetch before still runs.',
    )
    return undefined
  }
  await patchSource(unit, sourceId, { fetchingSince: unit.now })
  return source
}

/** Fields beside the machine: no event, no version, so that a page costs one small write. */
async function patchSource(
  unit: UnitOfWork,
  sourceId: string,
  fields: Partial<Record<'cursor' | 'fetchingSince', string | undefined>>,
): Promise<FeedSource> {
  const source = await requireSubject<FeedSource>(unit, 'deposit_source', sourceId)
  const next = Object.fromEntries(Object.entries({ ...source, ...fields }).filter(([, value]) => value !== undefined))
  await unit.db
    .updateTable('subject')
    .set({ body: JSON.stringify(next) })
    .where('tenant_id', '=', unit.tenantId)
    .where('kind', '=', 'deposit_source')
    .where('id', '=', sourceId)
    .execute()
  return next as unknown as FeedSource
}

/** Lines and cursor in one transaction: after a crash the next fetch goes on behind the last stored page. */
async function storePage(unit: UnitOfWork, sourceId: string, page: BankFeedPage): Promise<number> {
  const { lines: bankLines, withdrawnLineIds } = page
  const stored =
    bankLines.length === 0 && withdrawnLineIds.length === 0
      ? undefined
      : await importRecords(unit, { bankLines, withdrawnLineIds, fileName: `deposit source ${sourceId}` })
  if (page.cursor !== undefined) await patchSource(unit, sourceId, { cursor: page.cursor })
  return stored?.ok === true ? stored.value.bankLines : 0
}

interface TickEnd {
  readonly event: Extract<DepositSourceEvent, 'fetched' | 'fail' | 'rejectCredentials'>
  readonly lines: number
  readonly failure?: { readonly code: string; readonly message: string }
}

async function endTick(room: FetchRoom, unit: UnitOfWork, sourceId: string, tick: bigint, end: TickEnd): Promise<void> {
  const source = await patchSource(unit, sourceId, { fetchingSince: undefined })
  const outcome: Outcome = { fetched: 'FETCHED', fail: 'FAILED', rejectCredentials: 'CREDENTIALS_INVALID' }[
    end.event
  ] as Outcome
  await closeTick(unit, sourceId, tick, outcome, end.lines, end.failure?.message ?? null)
  const moved = moveSource(source, end.event, {
    now: unit.now,
    actorId: fetcher.id,
    ...(end.failure === undefined ? {} : { failure: end.failure }),
  })
  if (!moved.ok) return
  // The rule hands back every field it was given, less a failure that is over.
  const subject = moved.value.subject as FeedSource
  if (end.event === 'rejectCredentials' && source.status !== 'credentials_invalid') await tellUsers(room, unit, source)
  announceWebhooks(unit, eventsOf(moved.value.effects, sourceFacts(source)))
  if (end.lines > 0) {
    const policy = source.reconcileUniqueMatches ? 'payments-desk-automatic' : 'payments-desk'
    await startRun(unit, { name: `Fetch of ${unit.now.slice(0, 16).replace('T', ' ')}` }, room.planRun(policy))
  }
  await storeChange(unit, 'deposit_source', source, { ...moved.value, subject })
}

async function closeTick(
  unit: UnitOfWork,
  sourceId: string,
  tick: bigint,
  outcome: Outcome,
  lines: number,
  reason: string | null,
): Promise<void> {
  await unit.db
    .updateTable('fetch_tick')
    .set({ outcome, lines, reason, finished_at: unit.now })
    .where('tenant_id', '=', unit.tenantId)
    .where('source_id', '=', sourceId)
    .where('tick', '=', tick)
    .where('outcome', '=', 'RUNNING')
    .execute()
}

async function tellUsers(room: FetchRoom, unit: UnitOfWork, source: FeedSource): Promise<void> {
  const { notify } = await loadFirmSettings(unit)
  for (const recipient of notify) {
    const params = { source: source.name, lastFetched: source.lastFetchedAt ?? 'never' }
    const subject = `${source.name}: the bank refuses the password`
    await queueMail(unit, { template: 'deposit-source-credentials', recipient, subject, params }, room.sealer)
  }
}
