import type { Client, DriftRow, PlacementDetail, PlacementRow, RemittanceRow, WritebackRow } from '@recon/client'
import {
  driftMachine,
  type Money,
  missingPermission,
  possibleEvents,
  type RemittanceStatus,
  remittanceMachine,
  type WritebackStatus,
  writebackMappingMachine,
} from '@recon/core'
import type { LoadState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { allPages } from './paged-list.ts'
import { type Query, useQuery } from './query-store.ts'
import { useActor } from './use-actor.ts'
import { useDecidedWrite } from './use-decided-write.ts'
import { failureText, queryState } from './use-desk.ts'

const pageSize = 200

export interface CollectionsScope {
  /** Only this creditor's; all where absent. */
  readonly creditorId?: string | undefined
}

function onlyGiven(cursor: string | undefined, creditorId: string | undefined) {
  return {
    limit: pageSize,
    ...(cursor === undefined ? {} : { cursor }),
    ...(creditorId === undefined ? {} : { creditorId }),
  }
}

/** Creditors by id and name. */
export function useCreditors() {
  const { client, store } = useConnection()
  const list = useQuery(store, 'collections/creditors', () =>
    allPages((cursor) => client.collections.creditors(onlyGiven(cursor, undefined))),
  )
  const rows = list.data?.rows ?? []
  return {
    rows,
    state: queryState(list),
    nameOf: (id: string) => rows.find((creditor) => creditor.id === id)?.name ?? id,
  }
}

/** The writes of the collections desk; each loads anew what it changed. */
function useCollectionsWrite() {
  const { store } = useConnection()
  return useDecidedWrite(() => {
    for (const prefix of ['collections/', 'activity']) store.refresh(prefix)
  })
}

/** Placements with their totals. */
export function usePlacements({ creditorId }: CollectionsScope) {
  const { client, store } = useConnection()
  const list = useQuery(store, `collections/placements/${creditorId ?? 'all'}`, () =>
    allPages((cursor) => client.collections.placements(onlyGiven(cursor, creditorId))),
  )
  return { rows: (list.data?.rows ?? []) as readonly PlacementRow[], state: queryState(list) }
}

/** One placement with its remittance rows, and what may be done with it: a function, or null where a rule says no. */
export function usePlacement(placementId: string) {
  const { client, store } = useConnection()
  const { messages, now } = useRecon()
  const words = messages.screens.collections
  const detail = useQuery(store, `collections/placement/${placementId}`, () =>
    client.collections.placement({ placementId }),
  )
  const { pending, refusal, write } = useCollectionsWrite()
  const placement = detail.data
  const may = <Act>(name: string, act: Act): Act | null =>
    placement === undefined || placement.whyNot[name] !== undefined ? null : act
  const move = (action: 'closeUncollected' | 'recall', done: string) =>
    may(
      action,
      () =>
        void write(
          () => client.collections.act({ placementId, version: placement?.version ?? 0, do: { action } }),
          () => done,
        ),
    )
  return {
    placement: placement as PlacementDetail | undefined,
    state: queryState(detail),
    pending,
    refusal,
    close: move('closeUncollected', words.closed),
    recall: move('recall', words.recalled),
    /** `paymentId` is the processor's: the same id twice is recorded once. */
    recordPayment: may('recordPayment', (amount: Money, paymentId: string) =>
      write(
        () =>
          client.collections.recordPayment({
            placementId,
            paymentId,
            amount: { ...amount },
            occurredAt: new Date(now ?? 0).toISOString(),
          }),
        () => words.recorded,
      ),
    ),
  }
}

/** The remittance ledger with the sums of the whole filter, and what may be done with each transfer. */
export function useRemittances({ creditorId }: CollectionsScope) {
  const { client, store } = useConnection()
  const { messages } = useRecon()
  const { actor } = useActor()
  const list = useQuery(store, `collections/remittances/${creditorId ?? 'all'}`, () =>
    allPages((cursor) => client.collections.remittances(onlyGiven(cursor, creditorId))),
  )
  const { pending, refusal, write } = useCollectionsWrite()
  /** Notes a transfer that was made by hand, with its reference. */
  const payOf = (row: Pick<RemittanceRow, 'id' | 'version' | 'status'>) => {
    if (actor === null || missingPermission(actor, 'remittance.pay', 'COLLECTIONS') !== null) return null
    const status: RemittanceStatus = row.status
    if (!possibleEvents(remittanceMachine, status).includes('pay')) return null
    return (reference: string) =>
      void write(
        () =>
          client.collections.moveRemittance({ remittanceId: row.id, version: row.version, event: 'pay', reference }),
        () => messages.screens.collections.transferNoted,
      )
  }
  return {
    rows: (list.data?.rows ?? []) as readonly RemittanceRow[],
    sums: list.data?.last.sums ?? [],
    state: partialState(list),
    pending,
    refusal,
    payOf,
  }
}

function partialState(list: Query<{ readonly rows: readonly unknown[]; readonly more: boolean }>): LoadState {
  const { data } = list
  return data?.more ? { kind: 'partial', loaded: data.rows.length, total: data.rows.length + 1 } : queryState(list)
}

function isWritebackStatus(status: string): status is WritebackStatus {
  return Object.hasOwn(writebackMappingMachine.states, status)
}

/** Writes to the books and drifts, with what may be done about each. */
export function useSyncLog() {
  const { client, store } = useConnection()
  const { messages } = useRecon()
  const { actor } = useActor()
  const words = messages.screens.collections
  const list = useQuery(store, 'collections/sync', () => client.collections.syncLog({ limit: pageSize }))
  const { pending, refusal, write } = useCollectionsWrite()
  const may = (permission: 'writeback.retry' | 'drift.review') =>
    actor !== null && missingPermission(actor, permission, 'COLLECTIONS') === null
  const moveOf = (row: WritebackRow, event: 'retry' | 'abandon') => {
    const { id: mappingId, version, status } = row
    if (!may('writeback.retry') || !isWritebackStatus(status)) return null
    if (!possibleEvents(writebackMappingMachine, status).includes(event)) return null
    return () =>
      void write(
        () => client.collections.retryWriteback({ mappingId, version, event }),
        () => (event === 'retry' ? words.retried : words.givenUp),
      )
  }
  return {
    writebacks: list.data?.rows ?? [],
    drifts: list.data?.drifts ?? [],
    state: queryState(list),
    pending,
    refusal,
    retryOf: (row: WritebackRow) => moveOf(row, 'retry'),
    giveUpOf: (row: WritebackRow) => moveOf(row, 'abandon'),
    explainOf: (drift: Pick<DriftRow, 'id' | 'status'>) =>
      may('drift.review') && possibleEvents(driftMachine, drift.status).includes('explain')
        ? (explanation: string) =>
            void write(
              () => client.collections.explainDrift({ driftId: drift.id, explanation }),
              () => words.explained,
            )
        : null,
  }
}

type StatementRequest = Parameters<Client['collections']['closeStatement']>[0]

/** Statements of one creditor, and closing the next. */
export function useCreditorStatements(creditorId: string | undefined) {
  const { client, store } = useConnection()
  const { messages, format } = useRecon()
  const key = creditorId === undefined ? null : `collections/statements/${creditorId}`
  const list = useQuery(store, key, () => client.collections.statements({ creditorId: creditorId ?? '' }))
  const { pending, refusal, write } = useCollectionsWrite()
  const state: LoadState =
    list.error === null || list.error === undefined
      ? queryState(list)
      : { kind: 'failed', message: failureText(list.error), retry: list.reload }
  return {
    rows: list.data?.rows ?? [],
    state,
    pending,
    refusal,
    close: (request: StatementRequest) =>
      write(
        () => client.collections.closeStatement(request),
        ({ from, to }) => messages.screens.collections.statementClosed(format.dateRange(from, to)),
      ),
  }
}
