import type { ExportJob } from '@recon/client'
import { ActionButton } from '../parts/action-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useReports } from './use-reports.ts'

const tone: Readonly<Record<ExportJob['status'], Tone>> = {
  QUEUED: 'neutral',
  RENDERING: 'info',
  DONE: 'good',
  FAILED: 'danger',
}

/** The reports of a run: order one, see where it stands, download it. */
export function RunReportsPanel({ runId }: { readonly runId: string }) {
  const { messages, format } = useRecon()
  const words = messages.screens.reports
  const { rows, state, working, order, download } = useReports({ runId })
  return (
    <>
      <div className="recon-list-tools">
        <div className="recon-list-side" data-grows="">
          <ActionButton busy={working} action={() => void order('run-report-csv', { runId })}>
            {words.csv}
          </ActionButton>
          <ActionButton busy={working} action={() => void order('run-report-pdf', { runId })}>
            {words.pdf}
          </ActionButton>
        </div>
      </div>
      <DataTable
        label={words.title}
        rows={rows}
        rowKey={(job) => job.id}
        state={state}
        empty={{ title: words.empty }}
        columns={[
          {
            id: 'status',
            title: messages.desk.column.status,
            cell: (job) => <Badge tone={tone[job.status]}>{words.status[job.status]}</Badge>,
          },
          {
            id: 'file',
            title: words.file,
            cell: (job) => (
              <>
                <span className="recon-row-name">{job.fileName ?? job.kind}</span>
                <span className="recon-row-reason">
                  {job.failure ?? (job.size === null ? null : format.bytes(job.size))}
                </span>
              </>
            ),
          },
          {
            id: 'ordered',
            title: words.ordered,
            cell: (job) => <time dateTime={job.createdAt}>{format.moment(job.createdAt)}</time>,
          },
          {
            id: 'action',
            title: messages.desk.column.action,
            quiet: true,
            end: true,
            cell: (job) =>
              job.status === 'DONE' ? (
                <ActionButton
                  size="small"
                  action={() => void download(job)}
                  label={`${words.download}: ${job.fileName ?? job.kind}`}
                >
                  {words.download}
                </ActionButton>
              ) : null,
          },
        ]}
      />
    </>
  )
}
