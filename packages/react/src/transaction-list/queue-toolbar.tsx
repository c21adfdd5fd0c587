import { Fragment, memo, type Ref } from 'react'
import type { QueueFilterName } from '../messages/messages.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Keycap } from '../parts/keycap.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { firstScenarioFilter, queueFilters } from './transaction-index.ts'
import type { TransactionListModel } from './use-transaction-list.ts'

const alwaysShown: ReadonlySet<QueueFilterName> = new Set(['ALL', 'OPEN', 'AP_ESCALATIONS', 'FLAGGED'])

/** One chip per filter, with its count. Filters that would show nothing are left out, except those people look for. */
export const QueueFilters = /* @__PURE__ */ memo(function QueueFilters({
  model,
}: {
  readonly model: TransactionListModel
}) {
  const { messages, format } = useRecon()
  const shown = queueFilters.filter(
    (name) => alwaysShown.has(name) || model.counts[name] > 0 || model.query.filter === name,
  )
  const scenarioFilters = queueFilters.slice(queueFilters.indexOf(firstScenarioFilter))
  const firstScenario = shown.find((name) => scenarioFilters.includes(name))
  return (
    <div role="group" className="recon-chips" aria-label={messages.desk.filters}>
      {shown.map((name) => (
        <Fragment key={name}>
          {name === firstScenario ? <span className="recon-chip-rule" aria-hidden="true" /> : null}
          <button
            type="button"
            ref={model.query.filter === name ? intoView : null}
            className="recon-chip"
            data-filter={name}
            aria-pressed={model.query.filter === name}
            onClick={() => model.setFilter(name)}
          >
            {messages.desk.filter[name]} <span className="recon-chip-count">{format.count(model.counts[name])}</span>
          </button>
        </Fragment>
      ))}
    </div>
  )
})

/** The row of filters may be longer than the screen: the chosen one is always to be seen. */
function intoView(chip: HTMLElement | null): void {
  const row = chip?.parentElement
  if (!chip || !row || row.scrollWidth <= row.clientWidth) return
  const [outer, inner] = [row.getBoundingClientRect(), chip.getBoundingClientRect()]
  if (inner.left < outer.left) row.scrollLeft += inner.left - outer.left - 8
  else if (inner.right > outer.right) row.scrollLeft += inner.right - outer.right + 8
}

export interface QueueSearchProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onLeave: () => void
  readonly field: Ref<HTMLInputElement>
  readonly label: string
}

export function QueueSearch({ value, onChange, onLeave, field, label }: QueueSearchProps) {
  const { messages, keyMap } = useRecon()
  const [key] = keyMap.search
  return (
    <div className="recon-search">
      <input
        ref={field}
        type="search"
        className="recon-input"
        value={value}
        aria-label={label}
        aria-keyshortcuts={key}
        placeholder={messages.desk.search}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            if (value !== '') onChange('')
            onLeave()
          }
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault()
            onLeave()
          }
        }}
      />
      {key === undefined || value !== '' ? null : <Keycap keyName={key} />}
    </div>
  )
}

/** What can be done with the selection; it takes the place of the filters' foot and never covers rows. */
export function BulkBar({ model }: { readonly model: TransactionListModel }) {
  const { messages, keyMap } = useRecon()
  const { selection, bulk } = model
  if (selection.count === 0) return null
  return (
    <section className="recon-bulk" aria-label={messages.frame.selected(selection.count)}>
      <strong className="recon-bulk-count" role="status">
        {selection.wholeFilter
          ? messages.desk.allMatchingSelected(selection.count)
          : messages.frame.selected(selection.count)}
      </strong>
      {selection.wholeFilter || selection.count === model.length ? null : (
        <ActionButton tone="quiet" size="small" action={selection.all}>
          {messages.desk.selectAllMatching(model.length)}
        </ActionButton>
      )}
      <ActionButton tone="quiet" size="small" action={selection.clear}>
        {messages.frame.clear}
      </ActionButton>
      <span className="recon-bulk-actions">
        <ActionButton size="small" action={bulk.flag} keycap={keyMap.flag[0] ?? ''}>
          {messages.action.flagShort}
        </ActionButton>
        <ActionButton size="small" action={bulk.escalate} keycap={keyMap.escalate[0] ?? ''}>
          {messages.action.escalateShort}
        </ActionButton>
        <ActionButton size="small" tone="primary" action={bulk.reconcile} keycap={keyMap.reconcile[0] ?? ''}>
          {messages.action.reconcileSelection}
        </ActionButton>
      </span>
    </section>
  )
}
