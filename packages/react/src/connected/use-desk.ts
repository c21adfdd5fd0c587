import type { Client, ItemRow } from '@recon/client'
import { ReconError, type ReviewSettings, type RunProof } from '@recon/core'
import type { LoadState } from '../parts/screen-state.tsx'
import { useConnection } from './client-root.tsx'
import { type Query, useQuery } from './query-store.ts'
import { useActor } from './use-actor.ts'

const pageSize = 500

export interface DeskOptions {
  /** The latest run where absent. */
  readonly runId?: string | undefined
  /** How the desk works its items; the server decides by its own, this only shows the same answer before it comes. */
  readonly settings?: Partial<ReviewSettings> | undefined
}

interface LoadedRows {
  readonly rows: readonly ItemRow[]
  readonly total: number
}

/** The words of an error: what its maker wrote for people, never a stack. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A run with its items, its proof and who is asking. */
export function useDesk({ runId }: DeskOptions) {
  const { client, store } = useConnection()
  const { actor, error: sessionError } = useActor()
  const latest = useQuery(store, runId === undefined ? 'runs/latest' : null, () => client.runs.list({ limit: 1 }))
  const id = runId ?? latest.data?.rows[0]?.id
  const run = useQuery(store, id === undefined ? null : `run/${id}`, () => client.runs.get({ runId: id ?? '' }))
  const rowsKey = id === undefined ? null : `items/${id}`
  const items = useQuery<LoadedRows>(store, rowsKey, (signal, progress) => loadRows(client, id ?? '', signal, progress))
  const proof = useQuery(store, id === undefined ? null : `proof/${id}`, () => client.runs.proof({ runId: id ?? '' }))
  const error = sessionError ?? latest.error ?? run.error ?? items.error
  return {
    runId: id,
    run: run.data,
    rowsKey,
    rows: items.data?.rows ?? noRows,
    actor,
    proofs: (proof.data?.proofs ?? noProofs) as readonly RunProof[],
    empty: latest.data !== undefined && id === undefined,
    state: loadState(error, items.data, items.loading || (latest.data === undefined && runId === undefined), () => {
      for (const prefix of ['session', 'runs/', 'run/', 'items/', 'proof/']) store.refresh(prefix)
    }),
    /** After a change: the figures and the log follow. */
    refreshFigures: () => {
      for (const prefix of ['run/', 'statement', 'proof/', 'activity']) store.refresh(prefix)
    },
    refreshAll: () => {
      for (const prefix of ['runs/', 'run/', 'statement', 'items/', 'proof/', 'activity']) store.refresh(prefix)
    },
  }
}

export type Desk = ReturnType<typeof useDesk>

const noRows: readonly ItemRow[] = []
const noProofs: readonly RunProof[] = []

/** A rule that says no is told apart from a failure that may pass. */
export function blockedState(error: unknown, retry: () => void): LoadState {
  const message = failureText(error)
  return ReconError.is(error) && error.code === 'FORBIDDEN'
    ? { kind: 'refused', message }
    : { kind: 'failed', message, retry }
}

/** What a screen shows for one query: loading, failed with a way to try again, or ready. */
export function queryState<Data>({ data, error, reload }: Query<Data>): LoadState {
  if (error !== null && error !== undefined) return blockedState(error, reload)
  return { kind: data === undefined ? 'loading' : 'ready' }
}

function loadState(error: unknown, data: LoadedRows | undefined, loading: boolean, retry: () => void): LoadState {
  if (error !== null && error !== undefined) return blockedState(error, retry)
  if (data === undefined) return loading ? { kind: 'loading' } : { kind: 'ready' }
  return data.rows.length < data.total
    ? { kind: 'partial', loaded: data.rows.length, total: data.total }
    : { kind: 'ready' }
}

/** All pages, one after the other: rows show as soon as the first page is there. */
async function loadRows(
  client: Client,
  runId: string,
  signal: AbortSignal,
  progress: (part: LoadedRows) => void,
): Promise<LoadedRows> {
  const rows: ItemRow[] = []
  let cursor: string | null = null
  let total = 0
  do {
    const page: Awaited<ReturnType<Client['items']['list']>> = await client.items.list(
      { runId, limit: pageSize, sort: 'severity', counts: cursor === null, ...(cursor === null ? {} : { cursor }) },
      { signal },
    )
    rows.push(...page.rows)
    total = page.counts?.total ?? total
    cursor = page.nextCursor
    if (cursor !== null) progress({ rows: [...rows], total: Math.max(total, rows.length + 1) })
  } while (cursor !== null)
  return { rows, total: rows.length }
}
