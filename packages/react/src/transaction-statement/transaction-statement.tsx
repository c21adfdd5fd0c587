import type { BankLine, Certainty } from '@recon/core'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { DataTable } from '../parts/data-table.tsx'
import type { LoadState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { CertaintyMark } from './certainty-mark.tsx'
import { isGone, useTransactionStatement } from './use-transaction-statement.ts'

export interface StatementLine {
  readonly line: BankLine
  readonly certainty: Certainty
  /** What it is matched with: payment orders, expected payments and so on, by a readable name. */
  readonly matchedWith: readonly string[]
  /** The posted line that took its place. */
  readonly supersededBy?: string
}

export interface TransactionStatementProps {
  readonly lines: readonly StatementLine[]
  readonly state?: LoadState
}

/** Many banks give pending lines no name: then their text is what a person knows them by. */
const titleOf = ({ counterparty, references, id }: BankLine): string =>
  counterparty?.name ?? references.remittanceText ?? references.endToEndId ?? id

function detailOf(line: BankLine): string {
  const { remittanceText, endToEndId } = line.references
  const title = titleOf(line)
  return [remittanceText, endToEndId, line.id].find((text) => text !== undefined && text !== title) ?? ''
}

/**
 * The treasury view: a tentative match is italic with a green check, a reconciled one upright with a green check. Lines the
 * bank replaced stay readable, one touch away.
 */
export function TransactionStatement({ lines, state }: TransactionStatementProps) {
  const { messages, format } = useRecon()
  const words = messages.treasury
  const { shown, replaced, showsGone, toggleGone } = useTransactionStatement(lines)
  return (
    <div className="recon-transactions">
      <DataTable
        label={words.title}
        rows={shown}
        rowKey={({ line }) => line.id}
        rowState={(row) => (isGone(row) ? row.line.status : row.certainty)}
        empty={{ title: words.empty, hint: words.emptyHint }}
        {...(state === undefined ? {} : { state })}
        columns={[
          {
            id: 'certainty',
            title: messages.desk.column.status,
            cell: (row) => <CertaintyMark certainty={row.certainty} />,
          },
          {
            id: 'date',
            title: messages.desk.column.date,
            cell: ({ line }) => (
              <>
                <time dateTime={line.bookingDate}>{format.shortDate(line.bookingDate)}</time>
                {line.status === 'PENDING' ? <span className="recon-row-reason">{words.pending}</span> : null}
              </>
            ),
          },
          {
            id: 'line',
            title: messages.desk.column.counterparty,
            cell: ({ line, supersededBy }) => (
              <>
                <span className="recon-row-name">{titleOf(line)}</span>
                <span className="recon-row-reason">
                  {supersededBy !== undefined
                    ? words.supersededBy(supersededBy)
                    : line.status === 'WITHDRAWN'
                      ? words.withdrawn
                      : detailOf(line)}
                </span>
              </>
            ),
          },
          {
            id: 'matched',
            title: words.transactable,
            cell: ({ matchedWith }) => (matchedWith.length === 0 ? '–' : matchedWith.join(', ')),
          },
          {
            id: 'amount',
            title: messages.desk.column.amount,
            end: true,
            cell: ({ line }) => <Amount value={line.amount} sign copyable />,
          },
        ]}
      />
      {toggleGone === null ? null : (
        <ActionButton tone="quiet" action={toggleGone}>
          {showsGone ? words.hideSuperseded : words.showSuperseded(replaced)}
        </ActionButton>
      )}
    </div>
  )
}
