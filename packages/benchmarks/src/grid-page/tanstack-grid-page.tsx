import type { WorkItem } from '@recon/react'
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { largeDay } from './large-day-rows.ts'
import { measureGrid } from './measure-grid.ts'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
const helper = createColumnHelper<typeof features, WorkItem>()
const columns = helper.columns([
  helper.accessor((row) => row.item.scenario, { id: 'scenario', header: 'Scenario' }),
  helper.accessor((row) => row.date, { id: 'date', header: 'Booked' }),
  helper.accessor((row) => row.bankLines[0]?.counterparty?.name ?? '', {
    id: 'name',
    header: 'Name',
    sortFn: sortFn_text,
  }),
  helper.accessor((row) => row.bankLines[0]?.references.endToEndId ?? '', { id: 'reference', header: 'Reference' }),
  helper.accessor((row) => Number(row.total.amount), { id: 'amount', header: 'Amount', sortFn: sortFn_basic }),
])

/** The table as the library's own examples build it: its row models over all rows, a virtualizer over the sorted ones. */
function PlainTable({ rows }: { readonly rows: WorkItem[] }) {
  const table = useTable({ features, columns, data: rows })
  const sorted = table.getRowModel().rows
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 55,
    overscan: 6,
  })
  return (
    <div ref={scroller} className="plain-scroller">
      <div className="plain-head">
        {table.getHeaderGroups().map((group) =>
          group.headers.map((header) => (
            <button
              key={header.id}
              type="button"
              data-column={header.id}
              onClick={header.column.getToggleSortingHandler()}
            >
              {String(header.column.columnDef.header)}
            </button>
          )),
        )}
      </div>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className="plain-row"
            data-index={item.index}
            style={{ transform: `translateY(${item.start}px)`, position: 'absolute', height: 55 }}
          >
            {sorted[item.index]?.getAllCells().map((cell) => (
              <span key={cell.id}>{String(cell.getValue())}</span>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

const host = document.createElement('div')
host.className = 'host'
document.body.append(host)

measureGrid({
  name: 'tanstack',
  rows: largeDay,
  mount: (rows) => createRoot(host).render(<PlainTable rows={[...rows]} />),
  isMounted: () => document.querySelectorAll('.plain-row').length > 5,
  scroller: () => document.querySelector('.plain-scroller'),
  sort: (column) => document.querySelector<HTMLButtonElement>(`[data-column="${column}"]`)?.click(),
  firstRow: () => document.querySelector('.plain-row[data-index="0"]')?.textContent ?? '',
})
