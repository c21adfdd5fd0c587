import { CreditorStatement, LoadingRows, RemittanceLedger } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { PageHead } from '../page-head.tsx'
import { useCollections } from './use-collections.ts'

/** The remittance ledger: a row per payment, chargeback and won dispute, none of them ever changed. */
export function RemittancesScreen() {
  const { remittances } = useCollections()
  return (
    <>
      <PageHead
        title="Remittances"
        note="One row per payment, with the rate as it was; a chargeback is a row of its own."
      />
      {remittances === undefined ? <LoadingRows /> : <RemittanceLedger rows={remittances} />}
    </>
  )
}

/** Monthly statements of each creditor, kept under the hash of their content. */
export function StatementsScreen() {
  const { client, store } = useConnection()
  const { creditors } = useCollections()
  const [creditor] = creditors
  const { data } = useQuery(store, creditor === undefined ? null : 'collections/statements', () =>
    client.collections.statements({ creditorId: creditor?.id ?? '' }),
  )
  return (
    <>
      <PageHead
        title="Creditor statements"
        note="Opening + collected − fees − paid out + adjustments = closing, to the cent."
      />
      {(data?.rows ?? []).map((statement) => (
        <CreditorStatement
          key={statement.hash}
          statement={{ ...statement, canonical: '' }}
          creditor={creditor?.name ?? statement.creditorId}
        />
      ))}
    </>
  )
}
