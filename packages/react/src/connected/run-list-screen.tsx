import type { RunRow } from '@recon/client'
import { DataTable } from '../parts/data-table.tsx'
import { Badge } from '../parts/scenario-badge.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { runTone } from '../run-page/run-header.tsx'
import { useConnection } from './client-root.tsx'
import { ConnectedScreen } from './connected-screen.tsx'
import { useQuery } from './query-store.ts'
import { queryState } from './use-desk.ts'

export interface RunListScreenProps {
  readonly onOpen: (runId: string) => void
}

/** The statement runs of the firm, newest first. */
export function RunListScreen(props: RunListScreenProps) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ onOpen }: RunListScreenProps) {
  const { messages, format } = useRecon()
  const { client, store } = useConnection()
  const list = useQuery(store, 'runs/all', () => client.runs.list({ limit: 100 }))
  const words = messages.screens.runs
  const count = (id: string, title: string, of: (run: RunRow) => number) => ({
    id,
    title,
    end: true,
    cell: (run: RunRow) => format.count(of(run)),
  })
  return (
    <section className="recon-desk" aria-label={words.title}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{words.title}</h1>
          <p className="recon-subtitle">{words.note}</p>
        </div>
      </header>
      <DataTable<RunRow>
        label={words.title}
        rows={list.data?.rows ?? []}
        rowKey={(run) => run.id}
        rowState={(run) => run.status}
        state={queryState(list)}
        empty={{ title: words.empty, hint: words.emptyHint }}
        columns={[
          {
            id: 'status',
            title: messages.desk.column.status,
            cell: (run) => <Badge tone={runTone[run.status]}>{messages.run.status[run.status]}</Badge>,
          },
          {
            id: 'run',
            title: words.run,
            cell: (run) => (
              <button
                type="button"
                className="recon-link recon-row-name"
                aria-label={words.openRun(run.name)}
                onClick={() => onOpen(run.id)}
              >
                {run.name}
              </button>
            ),
          },
          count('lines', words.lines, (run) => run.stats.bankLines),
          count('matched', words.matched, (run) => run.stats.automatic),
          count('unreconciled', words.unreconciled, (run) => run.stats.unmatched),
          {
            id: 'matchedAt',
            title: words.matchedAt,
            cell: (run) =>
              run.matchedAt === null ? '–' : <time dateTime={run.matchedAt}>{format.moment(run.matchedAt)}</time>,
          },
        ]}
      />
    </section>
  )
}
