import type { Sealer } from '../outbox/sealed-secret.ts'

/** Where the client's pages are, and the host's secret: what dispatching needs. */
export interface PortalSetup {
  /** Public address of the handler's mount, `https://books.example/recon`. Links are built from it, never from a request. */
  readonly url: string
  /** The host's portal page, where a signed-in client lands. */
  readonly page: string
  readonly sealer: Sealer
}
