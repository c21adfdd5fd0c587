import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { ConnectedScreen } from './connected-screen.tsx'
import { useQuery } from './query-store.ts'
import { queryState } from './use-desk.ts'

export interface ExceptionsScreenProps {
  readonly onOpenRun: (runId: string) => void
}

/** Answers that wait for a senior accountant, over all runs; they are decided on the page of their run. */
export function ExceptionsScreen(props: ExceptionsScreenProps) {
  return (
    <ConnectedScreen>
      <Screen {...props} />
    </ConnectedScreen>
  )
}

function Screen({ onOpenRun }: ExceptionsScreenProps) {
  const { messages, format } = useRecon()
  const { client, store } = useConnection()
  const list = useQuery(store, 'statement/exceptions', () => client.bookkeeping.exceptions({ limit: 200 }))
  const words = messages.run.list
  return (
    <section className="recon-desk" aria-label={words.exceptions}>
      <header className="recon-screen-head">
        <div>
          <h1 className="recon-title">{words.exceptions}</h1>
          <p className="recon-subtitle">{messages.screens.exceptions.note}</p>
        </div>
      </header>
      <DataTable
        label={words.exceptions}
        rows={list.data?.rows ?? []}
        rowKey={(item) => item.id}
        state={queryState(list)}
        empty={{ title: words.noExceptions }}
        columns={[
          {
            id: 'line',
            title: words.line,
            cell: (item) => (
              <>
                <span className="recon-row-name">{item.description}</span>
                <span className="recon-row-reason">{format.date(item.date)}</span>
              </>
            ),
          },
          {
            id: 'says',
            title: words.says,
            cell: (item) =>
              [item.exception?.reason, item.response?.note ? `“${item.response.note}”` : null]
                .filter(Boolean)
                .join(' · ') || '–',
          },
          {
            id: 'amount',
            title: messages.desk.column.amount,
            end: true,
            cell: (item) => <Amount value={item.amount} sign copyable />,
          },
          {
            id: 'action',
            title: messages.desk.column.action,
            quiet: true,
            end: true,
            cell: (item) => (
              <button
                type="button"
                className="recon-link"
                aria-label={`${messages.screens.exceptions.open}: ${item.description}`}
                onClick={() => onOpenRun(item.runId)}
              >
                {messages.screens.exceptions.open}
              </button>
            ),
          },
        ]}
      />
    </section>
  )
}
