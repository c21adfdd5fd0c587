import type { Remittance } from '@recon/core'
import { useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Badge, type Tone } from '../parts/scenario-badge.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { TextDialog } from '../parts/text-dialog.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useRemittanceLedger } from './use-remittance-ledger.ts'

export interface RemittanceLedgerProps {
  /** Totals stand under the rows, a line for each currency. */
  readonly rows: readonly Remittance[]
  readonly state?: LoadState
  /** Notes the transfer of a row that is paid by hand; null where a rule says no. */
  readonly payOf?: (row: Remittance) => ((reference: string) => void) | null
}

const tone: Readonly<Record<Remittance['status'], Tone>> = {
  pending: 'info',
  paid: 'good',
  manual_required: 'warning',
  failed: 'danger',
  reversed: 'notice',
}

/** Every payment, chargeback and reinstatement as its own row, with the rate as it was then, and the totals. */
export function RemittanceLedger({ rows, state, payOf }: RemittanceLedgerProps) {
  const { messages, format } = useRecon()
  const [paying, setPaying] = useState<Remittance | null>(null)
  const screen = messages.screens.collections
  const words = messages.collections.ledger
  const ledger = useRemittanceLedger(rows)
  return (
    <>
      <DataTable
        label={words.title}
        rows={ledger.rows}
        rowKey={(row) => row.id}
        rowState={(row) => (row.parentRemittanceId === undefined ? row.status : 'CHILD')}
        empty={{ title: words.empty }}
        {...(state === undefined ? {} : { state })}
        columns={[
          {
            id: 'status',
            title: messages.desk.column.status,
            cell: (row) => <Badge tone={tone[row.status]}>{words.status[row.status]}</Badge>,
          },
          {
            id: 'payment',
            title: words.payment,
            cell: (row) => (
              <>
                <span className="recon-row-name">
                  {words.kind[row.kind]} {row.id}
                </span>
                <span className="recon-row-reason">
                  {[
                    format.date(row.occurredAt.slice(0, 10)),
                    row.installment === undefined ? null : words.installment(row.installment),
                    row.parentRemittanceId === undefined
                      ? null
                      : row.kind === 'REVERSAL'
                        ? words.reverses(row.parentRemittanceId)
                        : words.reinstates(row.parentRemittanceId),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </>
            ),
          },
          { id: 'rate', title: words.rate, end: true, cell: (row) => format.percent(Number(row.rate)) },
          {
            id: 'recovered',
            title: messages.collections.placement.recovered,
            end: true,
            cell: (row) => <Amount value={row.recovered} copyable />,
          },
          {
            id: 'fee',
            title: messages.collections.placement.fee,
            end: true,
            cell: (row) => <Amount value={row.fee} currency={false} copyable />,
          },
          {
            id: 'net',
            title: messages.collections.placement.net,
            end: true,
            cell: (row) => <Amount value={row.net} copyable />,
          },
          {
            id: 'transfer',
            title: words.transfer,
            cell: (row) =>
              (payOf?.(row) ?? null) === null ? (
                <span className="recon-code">{row.transferReference ?? row.failure ?? '–'}</span>
              ) : (
                <ActionButton size="small" action={() => setPaying(row)} label={`${screen.payByHand}: ${row.id}`}>
                  {screen.payByHand}
                </ActionButton>
              ),
          },
        ]}
        foot={ledger.totals.map((total) => (
          <tr key={total.currency}>
            <th scope="row" colSpan={3}>
              {messages.frame.total}
            </th>
            {(['recovered', 'fee', 'net'] as const).map((name) => (
              <td key={name} data-end="">
                <Amount value={total[name]} copyable />
              </td>
            ))}
            <td />
          </tr>
        ))}
      />
      {paying === null ? null : (
        <TextDialog
          title={screen.transferFor(paying.id)}
          label={screen.transferReference}
          submit={screen.payByHand}
          onSubmit={(reference) => payOf?.(paying)?.(reference)}
          onClose={() => setPaying(null)}
        />
      )}
    </>
  )
}
