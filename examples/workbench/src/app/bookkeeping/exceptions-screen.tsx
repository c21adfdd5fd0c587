import { Amount, EmptyState } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { InnerLink } from '../navigation.tsx'
import { PageHead } from '../page-head.tsx'

/** Answers that need a senior accountant, over all runs. */
export function ExceptionsScreen() {
  const { client, store } = useConnection()
  const { data } = useQuery(store, 'run/exceptions', () => client.bookkeeping.exceptions({}))
  const rows = data?.rows ?? []
  return (
    <>
      <PageHead title="Exceptions" note="Answers without a document at or above the client's materiality." />
      {rows.length === 0 ? (
        <EmptyState title="Nothing waits for a senior accountant." />
      ) : (
        <div className="wb-card">
          <table className="wb-table">
            <caption className="wb-hidden">Items for a senior accountant</caption>
            <tbody>
              {rows.map((item) => (
                <tr key={item.id}>
                  <td>{item.date}</td>
                  <td>
                    <InnerLink to={`/bookkeeping/runs?run=${item.runId}&tab=unreconciled`}>
                      {item.description}
                    </InnerLink>
                  </td>
                  <td>{item.exception?.reason}</td>
                  <td className="wb-right">
                    <Amount value={item.amount} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
