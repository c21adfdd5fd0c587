import { LoadingRows, RemittanceLedger } from '@recon/react'
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
        <div key={statement.hash} className="wb-card wb-statement">
          <h2>
            {creditor?.name}, {statement.from} to {statement.to}
          </h2>
          <dl>
            {(['opening', 'collected', 'fees', 'paidOut', 'adjusted', 'closing'] as const).map((name) => (
              <div key={name}>
                <dt>{words[name]}</dt>
                <dd>
                  {statement[name].amount} {statement.currency}
                </dd>
              </div>
            ))}
          </dl>
          <p className="wb-quiet">
            SHA-256 <code>{statement.hash}</code>
          </p>
        </div>
      ))}
    </>
  )
}

const words = {
  opening: 'Opening',
  collected: '+ Collected',
  fees: '− Fees',
  paidOut: '− Paid out',
  adjusted: '+ Adjustments',
  closing: '= Closing',
} as const
