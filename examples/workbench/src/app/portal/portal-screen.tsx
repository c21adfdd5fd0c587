import { type Client, createClient } from '@recon/client'
import { ReconError } from '@recon/core'
import { ClientPortal, LoadingRows, PortalGone, type PortalRequest, ReconRoot } from '@recon/react'
import { useEffect, useMemo, useState } from 'react'
import { portalRequest, portalTransport } from './portal-transport.ts'

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly request: PortalRequest }
  | { readonly state: 'gone'; readonly why: 'SIGNED_OUT' | 'FAILED' }

async function load(client: Client): Promise<Loaded> {
  try {
    return { state: 'ready', request: portalRequest(await client.portal.request()) }
  } catch (error) {
    if (ReconError.is(error) && error.retryable) throw error
    return { state: 'gone', why: ReconError.is(error) && error.code !== 'INTERNAL' ? 'SIGNED_OUT' : 'FAILED' }
  }
}

/** The client's own page: no navigation, no account, on a phone. */
export function PortalScreen() {
  const [client] = useState(() => createClient({ url: '/recon' }))
  const transport = useMemo(() => portalTransport(client), [client])
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' })
  useEffect(() => {
    let shown = true
    load(client).then(
      (next) => {
        if (shown) setLoaded(next)
      },
      () => {
        if (shown) setLoaded({ state: 'gone', why: 'FAILED' })
      },
    )
    return () => {
      shown = false
    }
  }, [client])
  return (
    <ReconRoot locale="en-GB" className="wb-portal">
      {loaded.state === 'loading' ? <LoadingRows /> : null}
      {loaded.state === 'gone' ? <PortalGone why={loaded.why} /> : null}
      {loaded.state === 'ready' ? <ClientPortal request={loaded.request} transport={transport} /> : null}
    </ReconRoot>
  )
}
