import type { DepositSourceRow } from '@recon/client'
import { type DepositSource, type DepositSourceStatus, depositSourceMachine, sourceActions } from '@recon/core'
import { useEffect, useRef, useState } from 'react'
import type { DepositSourceActions } from '../deposit-source-bar/deposit-source-bar.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { useActor } from './use-actor.ts'
import { useDecidedWrite } from './use-decided-write.ts'
import { queryState } from './use-desk.ts'

const noSources: readonly DepositSourceRow[] = []
const asksAgainAfter = 1500
const asksAtMost = 40

/** Where deposits come from, and what may be done with each source now. */
export function useDepositSources() {
  const { client, store } = useConnection()
  const { messages, now } = useRecon()
  const { actor } = useActor()
  const words = messages.screens.deposits
  const list = useQuery(store, 'sources', () => client.sources.list())
  const { pending, refusal, write } = useDecidedWrite(() => store.refresh('sources'))
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const rows = list.data?.rows ?? noSources
  const arrived = waiting !== null && rows.find(({ id }) => id === waiting.id)?.lastTriedAt !== waiting.before
  useWaiting(
    waiting,
    arrived,
    () => store.refresh('sources'),
    () => {
      setWaiting(null)
      for (const prefix of ['runs/', 'run/', 'items/', 'proof/', 'activity']) store.refresh(prefix)
    },
  )

  const actionsOf = (row: DepositSourceRow): DepositSourceActions => {
    if (actor === null) return {}
    const allowed = sourceActions(depositSourceOf(row), actor, new Date(now ?? 0).toISOString())
    const act = (request: Parameters<typeof client.sources.act>[0]['do'], done: string) =>
      write(
        () => client.sources.act({ sourceId: row.id, do: request }),
        () => done,
      )
    const waitFor = (asked: boolean) => {
      if (asked) setWaiting({ id: row.id, before: row.lastTriedAt })
    }
    return {
      refresh: allowed.refresh && (() => void act({ action: 'refresh' }, words.requested).then(waitFor)),
      updateCredentials:
        allowed.updateCredentials && (() => void act({ action: 'updateCredentials' }, words.retrying).then(waitFor)),
      setReconcileUniqueMatches:
        allowed.setReconcileUniqueMatches &&
        ((on) => void act({ action: 'setReconcileUniqueMatches', on }, on ? words.automaticOn : words.automaticOff)),
    }
  }
  return {
    rows,
    state: queryState(list),
    pending,
    refusal,
    /** The source whose bank is being asked now. */
    fetchingId: waiting?.id ?? null,
    actionsOf,
    reload: list.reload,
  }
}

interface Waiting {
  readonly id: string
  readonly before: string | null
}

/** Asks again until the fetch has left its mark, at most a minute. */
function useWaiting(waiting: Waiting | null, arrived: boolean, ask: () => void, finish: () => void): void {
  const steps = useRef({ ask, finish })
  steps.current = { ask, finish }
  useEffect(() => {
    if (waiting === null) return
    if (arrived) return steps.current.finish()
    let asked = 0
    const timer = setInterval(() => {
      asked++
      if (asked > asksAtMost) steps.current.finish()
      else steps.current.ask()
    }, asksAgainAfter)
    return () => clearInterval(timer)
  }, [waiting, arrived])
}

function isSourceStatus(status: string): status is DepositSourceStatus {
  return Object.hasOwn(depositSourceMachine.states, status)
}

/** A source as the components show it. A status this version does not know shows as failing, never as healthy. */
export function depositSourceOf(row: DepositSourceRow): DepositSource {
  const { id, version, name, kind, failures, reconcileUniqueMatches, lastFetchedAt, lastTriedAt, failure } = row
  const known = isSourceStatus(row.status) ? row.status : 'failing'
  return {
    id,
    version,
    name,
    kind,
    status: known === 'healthy' && row.stale && kind === 'FEED' ? 'stale' : known,
    failures,
    reconcileUniqueMatches,
    ...(lastFetchedAt === null ? {} : { lastFetchedAt }),
    ...(lastTriedAt === null ? {} : { lastTriedAt }),
    ...(failure === null ? {} : { failure }),
  }
}
