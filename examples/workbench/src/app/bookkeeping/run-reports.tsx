import { ActionButton, useRecon } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { useEffect } from 'react'

const kinds = [
  ['run-report-csv', 'Report as CSV'],
  ['run-report-pdf', 'Report as PDF'],
] as const

/** Reports of the run: ordered here, written by a worker, downloaded by a short-lived address. */
export function RunReports({ runId }: { readonly runId: string }) {
  const { client, store, announce } = useConnection()
  const { messages, format } = useRecon()
  const key = `run/${runId}/reports`
  const { data } = useQuery(store, key, () => client.exports.list({ runId }))
  const rows = data?.rows ?? []
  const working = rows.some((job) => job.status === 'QUEUED' || job.status === 'RENDERING')
  useEffect(() => {
    if (!working) return
    const timer = setInterval(() => store.refresh(key), 1500)
    return () => clearInterval(timer)
  }, [working, store, key])
  const order = async (kind: (typeof kinds)[number][0]) => {
    const answer = await client.exports.create({ kind, params: { runId } })
    if (!answer.ok) announce({ words: messages.frame.refused(answer.refusal.message), tone: 'danger' })
    store.refresh(key)
  }
  return (
    <div className="wb-card wb-reports">
      <p className="wb-actions">
        {kinds.map(([kind, words]) => (
          <ActionButton key={kind} action={() => void order(kind)}>
            {words}
          </ActionButton>
        ))}
      </p>
      <table className="wb-table">
        <caption className="wb-hidden">Reports of this run</caption>
        <tbody>
          {rows.map((job) => (
            <tr key={job.id}>
              <td>{job.fileName ?? job.kind}</td>
              <td>{format.moment(job.createdAt)}</td>
              <td>{job.failure ?? job.status.toLowerCase()}</td>
              <td className="wb-right">{job.url === null ? null : <a href={job.url}>Download</a>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
