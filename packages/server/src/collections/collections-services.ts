import type { Provider } from '@recon/core'
import type { Creditor } from './creditor-rows.ts'

/** What the collections system needs from the host: the books it writes to and the rail it pays over. */
export interface CollectionsServices {
  readonly providers: readonly Provider[]
}

/** The books of a creditor, where they are connected and can take payments. */
export function booksOf(services: CollectionsServices, creditor: Creditor): Provider | undefined {
  return services.providers.find(
    (provider) => provider.name === creditor.booksProvider && provider.writeback?.postPayment !== undefined,
  )
}

/** The rail transfers go over; none where the creditor has no account there. */
export function railOf(services: CollectionsServices, creditor: Creditor): Provider | undefined {
  return creditor.transferDestination === null
    ? undefined
    : services.providers.find((provider) => provider.transfers !== undefined)
}
