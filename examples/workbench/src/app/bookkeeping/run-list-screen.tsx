import { Badge, EmptyState, FailedState, LoadingRows, type Tone, useRecon } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { InnerLink } from '../navigation.tsx'
import { PageHead } from '../page-head.tsx'

const tones: Readonly<Record<string, Tone>> = {
  AWAITING_REVIEW: 'info',
  AWAITING_CLIENT: 'warning',
  COMPLETE: 'good',
  FAILED: 'danger',
}

/** The statement runs of the firm, newest first. */
export function RunListScreen() {
  const { client, store } = useConnection()
  const { format, messages } = useRecon()
  const { data, error, reload } = useQuery(store, 'runs/all', () => client.runs.list({ limit: 100 }))
  return (
    <>
      <PageHead
        title="Bank reconciliations"
        note="One run is one pass of one statement against approved journal entries."
      />
      {error === null || error === undefined ? null : (
        <FailedState message="The runs could not be loaded." retry={reload} />
      )}
      {data === undefined ? <LoadingRows /> : null}
      {data?.rows.length === 0 ? <EmptyState title="No statement has been matched yet." /> : null}
      <div className="wb-card">
        <table className="wb-table">
          <caption className="wb-hidden">Statement runs</caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Run</th>
              <th scope="col" className="wb-right">
                Lines
              </th>
              <th scope="col" className="wb-right">
                Matched
              </th>
              <th scope="col" className="wb-right">
                Unreconciled
              </th>
              <th scope="col">Matched at</th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map((run) => (
              <tr key={run.id}>
                <td>
                  <Badge tone={tones[run.status] ?? 'neutral'}>{messages.run.status[run.status]}</Badge>
                </td>
                <td>
                  <InnerLink to={`/bookkeeping/runs?run=${run.id}`}>
                    <strong>{run.name}</strong>
                  </InnerLink>
                </td>
                <td className="wb-right">{run.stats.bankLines}</td>
                <td className="wb-right">{run.stats.automatic}</td>
                <td className="wb-right">{run.stats.unmatched}</td>
                <td>{run.matchedAt === null ? '–' : format.moment(run.matchedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
