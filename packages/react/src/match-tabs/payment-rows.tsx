import { type RefObject, useId, useImperativeHandle, useMemo, useRef } from 'react'
import { reasonText } from '../messages/reason-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { useGapHeight, useTableWindow } from '../parts/use-table-window.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import { shownName, shownReference, type WorkItem } from '../work-item.ts'
import { MoreButton } from './more-button.tsx'
import { type DepositSuggestion, type MatchTabsModel, suggestionCount, suggestionsOf } from './use-match-tabs.ts'

export interface PaymentRowsProps {
  readonly model: MatchTabsModel
  readonly onPick: (row: WorkItem) => void
  readonly onRefer: (row: WorkItem) => void
  /** Set by the table: moves to a payment by its place, so that keys can reach rows that are not drawn. */
  readonly reach?: RefObject<((group: number) => void) | null>
}

const paymentHeight = 57
const depositHeight = 37

/** Any number of payments with their suggested deposits: only those near the window are drawn. */
export function PaymentRows({ model, onPick, onRefer, reach }: PaymentRowsProps) {
  const { messages } = useRecon()
  const words = messages.payments
  const { rows } = model
  const outstanding = model.tab === 'OUTSTANDING'
  const selectable = outstanding && model.bucket === 'UNIQUE'
  const places = useMemo(() => rowPlaces(rows, outstanding), [rows, outstanding])
  const depositsAt = (group: number) => (places[group + 1] ?? 0) - (places[group] ?? 0) - 1
  const view = useTableWindow({
    count: rows.length,
    heightOf: (group) => paymentHeight + depositHeight * depositsAt(group),
    keyOf: (group) => rows[group]?.item.id ?? String(group),
  })
  const { moveTo } = view
  useImperativeHandle(reach, () => moveTo)
  return (
    <div ref={view.scroller} className="recon-card recon-scroll recon-payments">
      <table
        className="recon-table"
        data-kind="payments"
        aria-label={words.title}
        aria-rowcount={(places[rows.length] ?? 0) + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="recon-narrow">
              {selectable ? (
                <input
                  type="checkbox"
                  className="recon-check"
                  checked={model.chosenCount > 0 && model.chosenCount === rows.length}
                  aria-label={messages.desk.selectAll}
                  onChange={model.chooseAll}
                />
              ) : (
                <span className="recon-hidden">{messages.desk.column.selection}</span>
              )}
            </th>
            <th scope="col">{words.paymentAndDeposits}</th>
            <th scope="col" data-column="customer">
              {words.customer}
            </th>
            <th scope="col" data-column="amount" data-end="">
              {messages.desk.column.amount}
            </th>
            <th scope="col" data-column="action" data-end="">
              <span className="recon-hidden">{messages.desk.column.action}</span>
            </th>
          </tr>
        </thead>
        {view.parts.map((part) => {
          if (part.kind === 'GAP') return <Gap key={part.key} height={part.height} />
          const row = rows[part.index]
          if (row === undefined) return null
          const place = (places[part.index] ?? 0) + 2
          return (
            <tbody
              key={part.key}
              ref={view.measure}
              data-index={part.index}
              onFocus={() => view.keep(part.index)}
              onBlur={() => view.keep(null)}
            >
              <ErrorBoundary resetKey={row} fallback={() => <BrokenPayment />}>
                <PaymentRow
                  row={row}
                  place={place}
                  model={model}
                  selectable={selectable}
                  onPick={onPick}
                  onRefer={onRefer}
                />
                {outstanding
                  ? suggestionsOf(row).map((suggestion, index) => (
                      <DepositRow
                        key={suggestion.match.id}
                        row={row}
                        place={place + 1 + index}
                        suggestion={suggestion}
                        model={model}
                      />
                    ))
                  : null}
              </ErrorBoundary>
            </tbody>
          )
        })}
      </table>
    </div>
  )
}

/** At which row of the whole table each payment stands: its deposits are rows of their own. */
function rowPlaces(rows: readonly WorkItem[], withDeposits: boolean): Uint32Array {
  const places = new Uint32Array(rows.length + 1)
  rows.forEach((row, index) => {
    places[index + 1] = (places[index] ?? 0) + 1 + (withDeposits ? suggestionCount(row) : 0)
  })
  return places
}

function Gap({ height }: { readonly height: number }) {
  const cell = useRef<HTMLTableCellElement>(null)
  useGapHeight(cell, height)
  return (
    <tbody aria-hidden="true" className="recon-gap">
      <tr>
        <td ref={cell} colSpan={5} />
      </tr>
    </tbody>
  )
}

function BrokenPayment() {
  const { messages } = useRecon()
  return (
    <tr>
      <td colSpan={5}>{messages.frame.rowFailed}</td>
    </tr>
  )
}

interface PaymentRowProps extends Omit<PaymentRowsProps, 'reach'> {
  readonly row: WorkItem
  readonly place: number
  readonly selectable: boolean
}

export function paymentName(row: WorkItem): string {
  return row.bookEntries[0]?.id ?? row.item.id
}

function PaymentRow({ row, place, model, selectable, onPick, onRefer }: PaymentRowProps) {
  const { messages } = useRecon()
  const name = paymentName(row)
  const chosen = model.chosenOf(row) !== null
  return (
    <tr data-kind="payment" aria-rowindex={place} data-selected={selectable && chosen ? '' : undefined}>
      <td className="recon-narrow">
        {selectable ? (
          <input
            type="checkbox"
            className="recon-check"
            checked={chosen}
            aria-label={messages.desk.selectRow(name)}
            onChange={() => model.toggle(row)}
          />
        ) : null}
      </td>
      <td>
        <span className="recon-row-name">{name}</span>
        <span className="recon-row-reason">
          {row.bookEntries[0]?.references.description ?? shownReference(row) ?? '–'}
        </span>
      </td>
      <td>{shownName(row) ?? messages.desk.noCounterparty}</td>
      <td data-end="">
        <Amount value={row.total} copyable />
      </td>
      <td data-end="">
        <RowEnd row={row} model={model} onPick={onPick} onRefer={onRefer} />
      </td>
    </tr>
  )
}

function RowEnd({ row, model, onPick, onRefer }: Omit<PaymentRowProps, 'selectable' | 'place'>) {
  const { messages, format } = useRecon()
  const actions = model.actionsOf(row)
  const words = messages.payments
  if (model.tab !== 'OUTSTANDING') {
    const { decision } = row.item
    return (
      <span className="recon-row-end">
        <span className="recon-quiet">{decision === undefined ? null : decidedText(decision, messages, format)}</span>
        {actions.revert ? (
          <ActionButton size="small" action={actions.revert}>
            {messages.action.revert}
          </ActionButton>
        ) : null}
      </span>
    )
  }
  return (
    <span className="recon-row-end">
      {actions.reconcile && model.bucket !== 'UNIQUE' ? (
        <ActionButton size="small" action={() => onPick(row)}>
          {words.showAllDeposits}
        </ActionButton>
      ) : null}
      <MoreButton
        name={paymentName(row)}
        entries={[
          { id: 'deposits', words: words.showAllDeposits, action: actions.reconcile ? () => onPick(row) : null },
          {
            id: 'reference',
            words: messages.action.reconcileWithReference,
            action: actions.reconcileWithReference ? () => onRefer(row) : null,
          },
          { id: 'unreceived', words: messages.action.markUnreceived, action: actions.markUnreceived ?? null },
        ]}
      />
    </span>
  )
}

function decidedText(
  decision: NonNullable<WorkItem['item']['decision']>,
  messages: ReturnType<typeof useRecon>['messages'],
  format: ReturnType<typeof useRecon>['format'],
): string {
  const { reference, at } = decision
  if (reference !== undefined) return messages.payments.reconciledByReference(reference)
  const lines = decision.bankLineIds.join(', ')
  return at === undefined ? lines : `${lines} · ${format.moment(at)}`
}

interface DepositRowProps {
  readonly place: number
  readonly row: WorkItem
  readonly suggestion: DepositSuggestion
  readonly model: MatchTabsModel
}

function DepositRow({ row, place, suggestion, model }: DepositRowProps) {
  const { messages, format } = useRecon()
  const id = useId()
  const { match, lines } = suggestion
  const [first] = lines
  if (first === undefined) return null
  const words = messages.payments
  const label = words.deposit(format.shortDate(first.bookingDate), first.counterparty?.name ?? first.id)
  const chosen = model.chosenOf(row)
  const selected = chosen !== null && chosen.join() === match.bankLineIds.join()
  return (
    <tr data-kind="deposit" aria-rowindex={place} data-selected={selected ? '' : undefined}>
      <td className="recon-narrow" />
      <td>
        <span className="recon-deposit-choice">
          {model.bucket === 'UNIQUE' ? (
            label
          ) : (
            <>
              <input
                id={id}
                type="radio"
                className="recon-check"
                name={`deposit-${row.item.id}`}
                checked={selected}
                onChange={() => model.choose(row, match.bankLineIds)}
              />
              <label htmlFor={id}>
                {label}
                <span className="recon-hidden"> {words.forPayment(paymentName(row))}</span>
              </label>
            </>
          )}
        </span>
      </td>
      <td className="recon-quiet">{evidenceText(suggestion, messages)}</td>
      <td data-end="">
        <Amount value={first.amount} currency={false} copyable />
      </td>
      <td data-end="" className="recon-quiet">
        <span className="recon-code">{first.references.endToEndId ?? first.references.bankReference ?? ''}</span>
      </td>
    </tr>
  )
}

/** What agrees, in words: the short form of "why". */
function evidenceText({ match }: DepositSuggestion, messages: ReturnType<typeof useRecon>['messages']): string {
  const agreeing = match.evidence.filter((entry) => entry.verdict === 'AGREES' || entry.verdict === 'CLOSE')
  if (agreeing.length === 0) return reasonText(messages.reason, match.reason)
  return agreeing
    .slice(0, 3)
    .map((entry) => `${messages.signal[entry.signal]}: ${reasonText(messages.reason, entry.reason)}`)
    .join(' · ')
}
