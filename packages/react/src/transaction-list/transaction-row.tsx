import { memo, useRef } from 'react'
import type { Messages } from '../messages/messages.ts'
import { useRowPlace } from '../parts/use-grid-rows.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import { rowName, type WorkItem } from '../work-item.ts'
import { firstOffered, type RowActions } from './row-actions.ts'
import type { TransactionColumn } from './transaction-columns.tsx'

export interface TransactionRowProps {
  readonly row: WorkItem
  readonly place: number
  readonly height: number
  readonly active: boolean
  readonly selected: boolean
  readonly columns: readonly TransactionColumn[]
  readonly actionsOf: (row: WorkItem) => RowActions
  readonly onFocus: (place: number) => void
  readonly onToggle: (place: number, extend: boolean) => void
  readonly onOpen: (row: WorkItem) => void
}

export const TransactionRow = /* @__PURE__ */ memo(function TransactionRow(props: TransactionRowProps) {
  const { row, place, active, selected, columns } = props
  const element = useRef<HTMLDivElement>(null)
  useRowPlace(element, place, props.height)
  const environment = useRecon()
  const tabIndex = active ? 0 : -1
  return (
    <div
      ref={element}
      role="row"
      className="recon-row"
      aria-rowindex={place + 2}
      aria-selected={selected}
      data-place={place}
      data-active={active ? '' : undefined}
      data-scenario={row.item.scenario}
      data-status={row.item.status}
      tabIndex={tabIndex}
      onFocus={() => props.onFocus(place)}
      onClick={() => props.onFocus(place)}
      onDoubleClick={() => props.onOpen(row)}
    >
      <div role="gridcell" className="recon-cell" data-column="selection">
        <input
          type="checkbox"
          className="recon-check"
          tabIndex={-1}
          checked={selected}
          aria-label={environment.messages.desk.selectRow(rowName(row, environment))}
          onChange={noChange}
          onClick={(event) => {
            event.stopPropagation()
            props.onToggle(place, event.shiftKey)
          }}
        />
      </div>
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className="recon-cell"
          data-column={column.id}
          data-end={column.end ? '' : undefined}
        >
          {column.cell(row, environment)}
        </div>
      ))}
      <div role="gridcell" className="recon-cell" data-column="action" data-end="">
        {rowButton(row, props.actionsOf(row), environment.messages)}
      </div>
    </div>
  )
})

/** The checkbox is controlled by its click handler, which also knows whether shift was held. */
const noChange = () => undefined

/** The first action the scenario offers, or why there is none. */
function rowButton(row: WorkItem, actions: RowActions, messages: Messages) {
  const offered = firstOffered(row.item.scenario, actions)
  if (offered === null) {
    const settled = row.item.status !== 'OUTSTANDING' && row.item.scenario !== 'AUTO_RECONCILED'
    return (
      <span className="recon-quiet">{settled ? messages.status[row.item.status] : messages.desk.noActionNeeded}</span>
    )
  }
  return (
    <button
      type="button"
      className="recon-button"
      data-tone="plain"
      data-size="small"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation()
        offered.run()
      }}
    >
      {offered.name === 'flag' ? messages.action.flagShort : messages.action[offered.name]}
    </button>
  )
}
