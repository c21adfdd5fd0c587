import type { IsoInstant, Money } from '@recon/core'
import type { SyncStatusName } from '../messages/collections-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { TextDialog } from '../parts/text-dialog.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useSyncRows } from './use-sync-rows.ts'

/** One write to somebody's books, or one difference found there. */
export interface SyncRow {
  readonly id: string
  readonly at: IsoInstant
  readonly status: SyncStatusName
  readonly provider: string
  readonly subjectId: string
  /** What people call it, such as the invoice's number; the id where there is none. */
  readonly name?: string
  readonly paymentId?: string
  readonly externalId?: string
  readonly amount: Money
  readonly attempts?: number
  readonly failure?: string
  /** For a drift: what each side says. */
  readonly drift?: { readonly cached: Money; readonly live: Money; readonly explanation?: string }
}

export interface SyncLogProps {
  readonly rows: readonly SyncRow[]
  readonly retryOf?: (row: SyncRow) => (() => void) | null
  /** Gives a failed write up; nothing is written. */
  readonly giveUpOf?: (row: SyncRow) => (() => void) | null
  readonly explainOf?: (row: SyncRow) => ((why: string) => void) | null
  readonly state?: LoadState
}

const tone: Readonly<Record<SyncStatusName, Tone>> = {
  done: 'good',
  waiting: 'info',
  failed: 'danger',
  drift: 'warning',
  resolved: 'neutral',
  reverted: 'neutral',
  abandoned: 'neutral',
}

const nameOf = (row: SyncRow): string => row.name ?? row.subjectId

/** Writebacks and drift: what reached the books, what did not and why, and where the books say something else. */
export function SyncLog({ rows, retryOf, giveUpOf, explainOf, state }: SyncLogProps) {
  const { messages, format } = useRecon()
  const words = messages.collections.sync
  const model = useSyncRows(rows)
  const { explaining } = model
  return (
    <>
      <DataTable
        label={words.title}
        rows={model.rows}
        rowKey={(row) => row.id}
        rowState={(row) => row.status}
        empty={{ title: words.empty }}
        {...(state === undefined ? {} : { state })}
        columns={[
          {
            id: 'status',
            title: messages.desk.column.status,
            cell: (row) => <Badge tone={tone[row.status]}>{words.status[row.status]}</Badge>,
          },
          {
            id: 'what',
            title: words.what,
            cell: (row) => (
              <>
                <span className="recon-row-name">{nameOf(row)}</span>
                <span className="recon-row-reason">
                  {[
                    row.paymentId ?? null,
                    row.provider,
                    row.failure ?? null,
                    row.drift ? words.drift(format.money(row.drift.cached), format.money(row.drift.live)) : null,
                    row.drift?.explanation ? `“${row.drift.explanation}”` : null,
                    row.attempts !== undefined && row.attempts > 1 ? words.attempts(row.attempts) : null,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </>
            ),
          },
          {
            id: 'record',
            title: words.record,
            cell: (row) => <span className="recon-code">{row.externalId ?? '–'}</span>,
          },
          {
            id: 'when',
            title: words.when,
            cell: (row) => <time dateTime={row.at}>{format.moment(row.at)}</time>,
          },
          {
            id: 'amount',
            title: messages.desk.column.amount,
            end: true,
            cell: (row) => <Amount value={row.amount} copyable />,
          },
          {
            id: 'action',
            title: messages.desk.column.action,
            quiet: true,
            end: true,
            cell: (row) => {
              const retry = retryOf?.(row) ?? null
              const giveUp = giveUpOf?.(row) ?? null
              const explain = explainOf?.(row) ?? null
              if (retry !== null) {
                return (
                  <span className="recon-row-end">
                    {giveUp === null ? null : (
                      <ActionButton
                        size="small"
                        tone="quiet"
                        action={giveUp}
                        label={`${messages.screens.collections.giveUp}: ${nameOf(row)}`}
                      >
                        {messages.screens.collections.giveUp}
                      </ActionButton>
                    )}
                    <ActionButton size="small" action={retry} label={`${words.retry}: ${nameOf(row)}`}>
                      {words.retry}
                    </ActionButton>
                  </span>
                )
              }
              return explain === null ? null : (
                <ActionButton size="small" action={() => model.explain(row)} label={`${words.explain}: ${nameOf(row)}`}>
                  {words.explain}
                </ActionButton>
              )
            },
          },
        ]}
      />
      {explaining === null ? null : (
        <TextDialog
          title={nameOf(explaining)}
          label={words.explainLabel}
          submit={words.explain}
          onSubmit={(why) => explainOf?.(explaining)?.(why)}
          onClose={model.stopExplaining}
        />
      )}
    </>
  )
}
