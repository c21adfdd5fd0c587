import { type Actor, type Role, roles } from '@recon/core'
import { useMemo } from 'react'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'

/** Who is asking, as the backend sees it; null until it answered. */
export function useActor(): { readonly actor: Actor | null; readonly error: unknown } {
  const { client, store } = useConnection()
  const session = useQuery(store, 'session', () => client.system.session())
  const actor = useMemo<Actor | null>(() => {
    const data = session.data
    return data === undefined ? null : { id: data.actorId, roles: data.roles.filter(isRole) }
  }, [session.data])
  return { actor, error: session.error }
}

function isRole(role: string): role is Role {
  return (roles as readonly string[]).includes(role)
}
