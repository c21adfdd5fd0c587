import type { Client } from '@recon/client'
import { ReconError } from '@recon/core'
import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import { ReconRoot as PlainRoot, type ReconRootProps as PlainRootProps } from '../recon-root/recon-root.tsx'
import { type Announcement, UndoToast } from '../undo-toast/undo-toast.tsx'
import { QueryStore } from './query-store.ts'

export interface ClientRootProps extends PlainRootProps {
  /** From `createClient` of @recon/client. */
  readonly client: Client
}

export interface Connection {
  readonly client: Client
  readonly store: QueryStore
  readonly announce: (announcement: Omit<Announcement, 'id'>) => void
  /** Takes the latest change of this session back; null when there is none left. */
  readonly undoLast: (() => void) | null
}

const ConnectionContext = /* @__PURE__ */ createContext<Connection | null>(null)

/** A ReconRoot whose screens load and save by themselves. */
export function ReconRoot({ client, children, ...frame }: ClientRootProps) {
  return (
    <PlainRoot {...frame}>
      <Connected client={client}>{children}</Connected>
    </PlainRoot>
  )
}

function Connected({ client, children }: Pick<ClientRootProps, 'client' | 'children'>) {
  const store = useMemo(() => storeFor(client), [client])
  const [announcements, setAnnouncements] = useState<readonly Announcement[]>([])
  const [undos, setUndos] = useState<readonly (() => void)[]>([])
  const dismiss = useCallback((id: string) => setAnnouncements((all) => all.filter((one) => one.id !== id)), [])
  const announce = useCallback((announcement: Omit<Announcement, 'id'>) => {
    const { undo } = announcement
    const id = `${Date.now()}-${Math.random()}`
    const once = undo
      ? () => {
          setUndos((all) => all.filter((one) => one !== once))
          setAnnouncements((all) => all.filter((one) => one.id !== id))
          undo()
        }
      : null
    if (once !== null) setUndos((all) => [...all, once])
    setAnnouncements((all) => [...all.slice(-2), { ...announcement, id, undo: once }])
  }, [])
  const connection = useMemo<Connection>(
    () => ({ client, store, announce, undoLast: undos.at(-1) ?? null }),
    [client, store, announce, undos],
  )
  return (
    <ConnectionContext.Provider value={connection}>
      {children}
      <UndoToast announcements={announcements} onDismiss={dismiss} />
    </ConnectionContext.Provider>
  )
}

const stores = new WeakMap<Client, QueryStore>()

/** One store per client, so that several roots over one client show the same rows. */
function storeFor(client: Client): QueryStore {
  let store = stores.get(client)
  if (store === undefined) {
    store = new QueryStore()
    stores.set(client, store)
  }
  return store
}

/** @throws ReconError CONFIGURATION_INVALID outside a connected ReconRoot */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext)
  if (connection === null) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      'A connected screen has no client. Put it inside <ReconRoot client={...}> of @recon/react/connected.',
    )
  }
  return connection
}
