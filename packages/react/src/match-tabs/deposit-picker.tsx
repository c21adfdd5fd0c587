import { type BankLine, selectionBalance } from '@recon/core'
import { useEffect, useState } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { EmptyState, LoadingRows } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { paymentName } from './payment-rows.tsx'

export interface DepositPickerProps {
  /** The payment; null closes the dialog. */
  readonly row: WorkItem | null
  readonly search: ((search: string) => Promise<readonly BankLine[]>) | undefined
  readonly reconcile: ((bankLineIds: readonly string[]) => void) | null
  readonly onClose: () => void
}

/** Every open deposit, to be searched and chosen by hand. */
export function DepositPicker(props: DepositPickerProps) {
  return props.row === null ? null : <OpenPicker {...props} row={props.row} />
}

function OpenPicker({ row, search, reconcile, onClose }: DepositPickerProps & { readonly row: WorkItem }) {
  const { messages, format } = useRecon()
  const words = messages.payments
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const found = useFound(search, text)
  const lines = (found ?? []).filter((line) => chosen.includes(line.id))
  const balance = selectionBalance(lines, row.bookEntries)
  const difference = balance.ok ? balance.value.difference : undefined
  const settled = balance.ok && balance.value.balanced && lines.length > 0
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((known) => known !== id) : [...chosen, id])
  return (
    <ModalFrame
      open
      onOpenChange={(open) => open || onClose()}
      title={words.allDeposits(paymentName(row))}
      aside={<Amount value={row.total} />}
      footer={
        <div className="recon-foot-end">
          {difference === undefined ? null : (
            <span className="recon-difference" data-settled={settled ? '' : undefined} role="status">
              <span className="recon-quiet">{messages.desk.column.difference}</span> <Amount value={difference} />
            </span>
          )}
          <ActionButton
            tone="primary"
            reason={messages.reconcile.differenceOpen}
            action={
              reconcile === null || !settled
                ? null
                : () => {
                    reconcile(chosen)
                    onClose()
                  }
            }
          >
            {messages.action.reconcile}
          </ActionButton>
        </div>
      }
    >
      <input
        type="search"
        className="recon-input"
        value={text}
        aria-label={words.searchDeposits}
        placeholder={words.searchDeposits}
        onChange={(event) => setText(event.target.value)}
      />
      {found === null ? (
        <LoadingRows rows={3} />
      ) : found.length === 0 ? (
        <EmptyState title={words.noDeposits} />
      ) : (
        <ul className="recon-pick-list">
          {found.slice(0, 200).map((line) => (
            <li key={line.id}>
              <label className="recon-pick">
                <input
                  type="checkbox"
                  className="recon-check"
                  checked={chosen.includes(line.id)}
                  onChange={() => toggle(line.id)}
                />
                <span className="recon-pick-words">
                  <span className="recon-row-name">{line.counterparty?.name ?? line.id}</span>
                  <span className="recon-row-reason">
                    {[format.date(line.bookingDate), line.references.endToEndId, line.references.remittanceText]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <Amount value={line.amount} />
              </label>
            </li>
          ))}
        </ul>
      )}
    </ModalFrame>
  )
}

/** Null while the answer is on its way. A later search wins over an earlier one that answers late. */
function useFound(search: DepositPickerProps['search'], text: string): readonly BankLine[] | null {
  const [found, setFound] = useState<readonly BankLine[] | null>(null)
  useEffect(() => {
    if (search === undefined) return setFound([])
    let current = true
    const timer = setTimeout(
      () => {
        search(text).then(
          (lines) => current && setFound(lines),
          () => current && setFound([]),
        )
      },
      text === '' ? 0 : 250,
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [search, text])
  return found
}
