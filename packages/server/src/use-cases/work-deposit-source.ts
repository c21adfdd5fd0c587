import { allow, type Decision, isStale, missingPermission, ReconError, sourceActions } from '@recon/core'
import { type FeedSource, overlapMinutes, tickOf } from '../deposits/fetch-deposits.ts'
import { createSubject, listSubjects, requireSubject, storeChange } from '../store/subject-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { listActivity } from './list-activity.ts'

export interface SourceView {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly kind: 'FEED' | 'UPLOAD'
  readonly status: string
  readonly provider: string | null
  readonly lastFetchedAt: string | null
  readonly lastTriedAt: string | null
  readonly failures: number
  readonly failure: { readonly code: string; readonly message: string } | null
  readonly reconcileUniqueMatches: boolean
  readonly stale: boolean
  readonly banner: 'CREDENTIALS_INVALID' | 'FAILING' | 'STALE' | null
}

function bannerOf(source: FeedSource, stale: boolean): SourceView['banner'] {
  if (source.status === 'credentials_invalid') return 'CREDENTIALS_INVALID'
  if (source.status === 'failing') return 'FAILING'
  return stale && source.kind === 'FEED' ? 'STALE' : null
}

export function sourceView(source: FeedSource, now: string): SourceView {
  const stale = isStale(source, now)
  return {
    id: source.id,
    version: source.version,
    name: source.name,
    kind: source.kind,
    status: source.status,
    provider: source.provider ?? null,
    lastFetchedAt: source.lastFetchedAt ?? null,
    lastTriedAt: source.lastTriedAt ?? null,
    failures: source.failures,
    failure: source.failure ?? null,
    reconcileUniqueMatches: source.reconcileUniqueMatches,
    stale,
    banner: bannerOf(source, stale),
  }
}

type TickOutcome = 'RUNNING' | 'FETCHED' | 'FAILED' | 'CREDENTIALS_INVALID' | 'SKIPPED' | 'LOST'

export interface NewSource {
  readonly name: string
  readonly kind: 'FEED' | 'UPLOAD'
  readonly provider?: string
  readonly account?: string
  readonly reconcileUniqueMatches?: boolean
}

/** A new source of deposits. */
export async function createDepositSource(unit: UnitOfWork, input: NewSource): Promise<Decision<SourceView>> {
  const missing = missingPermission(unit.actor, 'source.configure', 'PAYMENTS_DESK')
  if (missing) return { ok: false, refusal: missing }
  const source: FeedSource = {
    id: unit.newId(),
    version: 1,
    name: input.name,
    kind: input.kind,
    status: 'healthy',
    failures: 0,
    reconcileUniqueMatches: input.reconcileUniqueMatches ?? false,
    ...(input.provider === undefined ? {} : { provider: input.provider }),
    ...(input.account === undefined ? {} : { account: input.account }),
  }
  await createSubject(unit, 'deposit_source', source, 'deposit_source.created')
  return allow(sourceView(source, unit.now))
}

export async function listDepositSources(unit: UnitOfWork): Promise<{ rows: SourceView[] }> {
  const missing = missingPermission(unit.actor, 'item.view', 'PAYMENTS_DESK')
  if (missing) return { rows: [] }
  const sources = await listSubjects<FeedSource>(unit, 'deposit_source')
  return { rows: sources.map((source) => sourceView(source, unit.now)) }
}

/** A fetch that never ended is told as lost once the next one may start. */
function outcomeOf(tick: { readonly outcome: string; readonly started_at: string }, now: string): TickOutcome {
  const lost = tick.outcome === 'RUNNING' && Date.parse(now) - Date.parse(tick.started_at) >= overlapMinutes * 60_000
  return lost ? 'LOST' : (tick.outcome as TickOutcome)
}

/** One source with its last fetches and what happened to it. */
export async function getDepositSource(unit: UnitOfWork, sourceId: string) {
  const missing = missingPermission(unit.actor, 'item.view', 'PAYMENTS_DESK')
  if (missing) throw new ReconError('FORBIDDEN', missing.message)
  const source = await requireSubject<FeedSource>(unit, 'deposit_source', sourceId)
  const ticks = await unit.db
    .selectFrom('fetch_tick')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('source_id', '=', sourceId)
    .orderBy('started_at', 'desc')
    .orderBy('tick', 'desc')
    .limit(100)
    .execute()
  const history = await listActivity(unit, { subjectKind: 'deposit_source', subjectId: sourceId, limit: 100 })
  return {
    row: sourceView(source, unit.now),
    ticks: ticks.map((tick) => ({
      tick: tick.tick.toString(),
      outcome: outcomeOf(tick, unit.now),
      lines: tick.lines,
      startedAt: tick.started_at,
      finishedAt: tick.finished_at,
      reason: tick.reason,
    })),
    history: history.rows,
  }
}

export type SourceRequest =
  | { readonly action: 'refresh' }
  | { readonly action: 'updateCredentials' }
  | { readonly action: 'setReconcileUniqueMatches'; readonly on: boolean }

/** Fetch now, take new credentials, or change the setting for unique matches. */
export async function actOnSource(
  unit: UnitOfWork,
  input: { readonly sourceId: string; readonly do: SourceRequest },
): Promise<Decision<SourceView>> {
  const source = await requireSubject<FeedSource>(unit, 'deposit_source', input.sourceId)
  const actions = sourceActions(source, unit.actor, unit.now)
  const name = input.do.action
  const no = {
    ok: false,
    refusal: actions.whyNot[name] ?? { code: 'NOT_POSSIBLE', message: 'Not possible now.' },
  } as const
  if (input.do.action === 'refresh') {
    const ordered = actions.refresh?.() ?? no
    if (!ordered.ok) return ordered
    orderFetch(unit, source)
    return allow(sourceView(source, unit.now))
  }
  const changed =
    input.do.action === 'updateCredentials'
      ? (actions.updateCredentials?.() ?? no)
      : (actions.setReconcileUniqueMatches?.(input.do.on) ?? no)
  if (!changed.ok) return changed
  const subject = changed.value.subject as FeedSource
  if (input.do.action === 'updateCredentials') orderFetch(unit, subject)
  await storeChange(unit, 'deposit_source', source, { ...changed.value, subject })
  return allow(sourceView(subject, unit.now))
}

/** Ticks of the clock are positive; a fetch by hand has a negative one of its own. */
function orderFetch(unit: UnitOfWork, source: FeedSource): void {
  const tick = -(tickOf(unit.now) * 1000n + BigInt(Date.parse(unit.now) % 900_000) / 900n)
  unit.enqueue({
    queue: 'deposit-fetch',
    data: { tenantId: unit.tenantId, sourceId: source.id, tick: tick.toString() },
    singletonKey: `${unit.tenantId}:${source.id}:${tick}`,
  })
}
