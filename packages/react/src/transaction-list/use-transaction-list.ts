import { useCallback, useMemo, useRef, useState } from 'react'
import type { QueueFilterName } from '../messages/messages.ts'
import { useIdleSteps } from '../parts/use-idle-steps.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import {
  addSelected,
  isSelected,
  nothingSelected,
  type QueueSelection,
  selectedCount,
  toggleSelected,
  wholeFilter,
} from './queue-selection.ts'
import type { RowActions } from './row-actions.ts'
import { defaultQuery, TransactionIndex, type TransactionQuery, type TransactionSort } from './transaction-index.ts'

/** What a bulk action works on: ids, or the query with the ids left out of it. */
export interface BulkTarget {
  readonly selection: QueueSelection
  readonly query: TransactionQuery
  readonly count: number
}

export const bulkActionNames = ['reconcile', 'flag', 'escalate'] as const
export type BulkActionName = (typeof bulkActionNames)[number]
export type BulkActions = { readonly [Name in BulkActionName]?: ((target: BulkTarget) => void) | null }

export interface TransactionListOptions {
  readonly rows: readonly WorkItem[]
  /** Controlled filter, search and sort; kept inside where absent. A host saves it in the URL. */
  readonly query?: TransactionQuery | undefined
  readonly onQueryChange?: ((query: TransactionQuery) => void) | undefined
  readonly actionsFor?: ((row: WorkItem) => RowActions) | undefined
  readonly bulkActions?: BulkActions | undefined
}

const noActions: RowActions = {}
const millisecondsPerDay = 86_400_000

/** The list without markup: order, counts, selection and what may be done. */
export function useTransactionList(options: TransactionListOptions) {
  const { rows, onQueryChange, actionsFor, bulkActions } = options
  const { locale, now } = useRecon()
  const collator = useMemo(() => new Intl.Collator(locale), [locale])
  const index = useMemo(() => new TransactionIndex(rows, collator), [rows, collator])
  // so that the first sort or search has nothing left to do
  useIdleSteps(index)
  const [ownQuery, setOwnQuery] = useState(defaultQuery)
  const query = options.query ?? ownQuery
  const [selection, setSelection] = useState<QueueSelection>(nothingSelected)
  const anchor = useRef<number | null>(null)
  const today = now === null ? 0 : Math.floor(now / millisecondsPerDay)
  const order = useMemo(() => index.select(query, today), [index, query, today])
  const counts = useMemo(() => index.counts(today), [index, today])

  const change = useCallback(
    (part: Partial<TransactionQuery>) => {
      const next = { ...query, ...part }
      setOwnQuery(next)
      onQueryChange?.(next)
      if (part.filter !== undefined || part.search !== undefined) setSelection(nothingSelected)
    },
    [query, onQueryChange],
  )
  const rowAt = useCallback((place: number) => index.rows[order[place] ?? -1], [index, order])

  const toggle = useCallback(
    (place: number, extend = false) => {
      const id = rowAt(place)?.item.id
      if (id === undefined) return
      const from = anchor.current
      anchor.current = place
      if (!extend || from === null) return setSelection((current) => toggleSelected(current, id))
      const between: string[] = []
      for (let at = Math.min(from, place); at <= Math.max(from, place); at++) {
        const row = rowAt(at)
        if (row !== undefined) between.push(row.item.id)
      }
      setSelection((current) => addSelected(current, between))
    },
    [rowAt],
  )

  const count = selectedCount(selection, order.length)
  const bulk = useMemo(() => {
    const bound = (name: BulkActionName): (() => void) | null => {
      const run = bulkActions?.[name]
      if (run === undefined || run === null || count === 0) return null
      return () => {
        run({ selection, query, count })
        setSelection(nothingSelected)
      }
    }
    return { reconcile: bound('reconcile'), flag: bound('flag'), escalate: bound('escalate') }
  }, [bulkActions, selection, query, count])
  const actionsOf = useCallback((row: WorkItem): RowActions => actionsFor?.(row) ?? noActions, [actionsFor])
  const selectionModel = useMemo(
    () => ({
      count,
      wholeFilter: selection.kind === 'FILTERED',
      has: (id: string) => isSelected(selection, id),
      toggle,
      all: () => setSelection(wholeFilter),
      clear: () => setSelection(nothingSelected),
    }),
    [count, selection, toggle],
  )

  // One object that stays the same while rows scroll by, so that nothing but the rows is drawn again.
  return useMemo(
    () => ({
      query,
      counts,
      /** Rows in the filter. */
      length: order.length,
      rowAt,
      actionsOf,
      setFilter: (filter: QueueFilterName) => change({ filter }),
      setSearch: (search: string) => change({ search }),
      sortBy: (by: TransactionSort) =>
        change({
          sort: { by, descending: query.sort.by === by ? !query.sort.descending : by === 'amount' || by === 'date' },
        }),
      selection: selectionModel,
      bulk,
    }),
    [query, counts, order, rowAt, actionsOf, change, selectionModel, bulk],
  )
}

export type TransactionListModel = ReturnType<typeof useTransactionList>
