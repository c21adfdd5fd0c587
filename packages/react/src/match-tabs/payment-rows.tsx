import * as Menu from '@radix-ui/react-dropdown-menu'
import { Fragment, useId } from 'react'
import { reasonText } from '../messages/reason-messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { shownName, shownReference, type WorkItem } from '../work-item.ts'
import { type DepositSuggestion, type MatchTabsModel, suggestionsOf } from './use-match-tabs.ts'

export interface PaymentRowsProps {
  readonly model: MatchTabsModel
  readonly onPick: (row: WorkItem) => void
  readonly onRefer: (row: WorkItem) => void
}

const shownAtOnce = 300

export function PaymentRows({ model, onPick, onRefer }: PaymentRowsProps) {
  const { messages } = useRecon()
  const words = messages.payments
  const selectable = model.tab === 'OUTSTANDING' && model.bucket === 'UNIQUE'
  return (
    <div className="recon-card recon-scroll">
      <table className="recon-table" data-kind="payments" aria-label={words.title}>
        <thead>
          <tr>
            <th scope="col" className="recon-narrow">
              {selectable ? (
                <input
                  type="checkbox"
                  className="recon-check"
                  checked={model.chosenCount > 0 && model.chosenCount === model.rows.length}
                  aria-label={messages.desk.selectAll}
                  onChange={model.chooseAll}
                />
              ) : (
                <span className="recon-hidden">{messages.desk.column.selection}</span>
              )}
            </th>
            <th scope="col">{words.paymentAndDeposits}</th>
            <th scope="col">{words.customer}</th>
            <th scope="col" data-end="">
              {messages.desk.column.amount}
            </th>
            <th scope="col" data-end="">
              <span className="recon-hidden">{messages.desk.column.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {model.rows.slice(0, shownAtOnce).map((row) => (
            <Fragment key={row.item.id}>
              <PaymentRow row={row} model={model} selectable={selectable} onPick={onPick} onRefer={onRefer} />
              {model.tab === 'OUTSTANDING'
                ? suggestionsOf(row).map((suggestion) => (
                    <DepositRow key={suggestion.match.id} row={row} suggestion={suggestion} model={model} />
                  ))
                : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface PaymentRowProps extends PaymentRowsProps {
  readonly row: WorkItem
  readonly selectable: boolean
}

export function paymentName(row: WorkItem): string {
  return row.bookEntries[0]?.id ?? row.item.id
}

function PaymentRow({ row, model, selectable, onPick, onRefer }: PaymentRowProps) {
  const { messages } = useRecon()
  const name = paymentName(row)
  const chosen = model.chosenOf(row) !== null
  return (
    <tr data-kind="payment" data-selected={selectable && chosen ? '' : undefined}>
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

function RowEnd({ row, model, onPick, onRefer }: Omit<PaymentRowProps, 'selectable'>) {
  const { messages, format, portal, direction } = useRecon()
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
      <Menu.Root modal={false} dir={direction}>
        <Menu.Trigger className="recon-button" data-size="small" data-tone="plain">
          {messages.frame.more}
          <span className="recon-hidden"> {words.more(paymentName(row))}</span>
        </Menu.Trigger>
        <Menu.Portal container={portal}>
          <Menu.Content className="recon-menu" align="end" sideOffset={4}>
            <MenuAction action={actions.reconcile ? () => onPick(row) : null} words={words.showAllDeposits} />
            <MenuAction
              action={actions.reconcileWithReference ? () => onRefer(row) : null}
              words={messages.action.reconcileWithReference}
            />
            <MenuAction action={actions.markUnreceived ?? null} words={messages.action.markUnreceived} />
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
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

function MenuAction({ action, words }: { readonly action: (() => void) | null; readonly words: string }) {
  return (
    <Menu.Item className="recon-menu-item" disabled={action === null} onSelect={() => action?.()}>
      {words}
    </Menu.Item>
  )
}

interface DepositRowProps {
  readonly row: WorkItem
  readonly suggestion: DepositSuggestion
  readonly model: MatchTabsModel
}

function DepositRow({ row, suggestion, model }: DepositRowProps) {
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
    <tr data-kind="deposit" data-selected={selected ? '' : undefined}>
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
        <Amount value={first.amount} currency={false} />
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
    .join(', ')
}
