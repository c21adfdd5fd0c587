import DataEditor, { type GridCell, GridCellKind, type Item } from '@glideapps/glide-data-grid'
import '@glideapps/glide-data-grid/dist/index.css'
import type { WorkItem } from '@recon/react'
import { useCallback, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { largeDay } from './large-day-rows.ts'
import { measureGrid } from './measure-grid.ts'

const columns = [
  { id: 'scenario', title: 'Scenario', width: 164 },
  { id: 'date', title: 'Booked', width: 82 },
  { id: 'name', title: 'Name', width: 280 },
  { id: 'reference', title: 'Reference', width: 132 },
  { id: 'amount', title: 'Amount', width: 150 },
] as const

const textOf: readonly ((row: WorkItem) => string)[] = [
  (row) => row.item.scenario,
  (row) => row.date,
  (row) => row.bankLines[0]?.counterparty?.name ?? '',
  (row) => row.bankLines[0]?.references.endToEndId ?? '',
  (row) => row.total.amount,
]

const compare = {
  amount: (left: WorkItem, right: WorkItem) => Number(left.total.amount) - Number(right.total.amount),
  name: (left: WorkItem, right: WorkItem) => {
    const [one, two] = [left, right].map((row) => row.bankLines[0]?.counterparty?.name ?? '')
    return (one ?? '') < (two ?? '') ? -1 : 1
  },
}

let sortBy: (column: keyof typeof compare) => void = () => undefined
let shownFirst = ''

/** Glide draws on a canvas and sorts nothing itself: the host sorts its array, as its own examples do. */
function GlideTable({ rows }: { readonly rows: readonly WorkItem[] }) {
  const [column, setColumn] = useState<keyof typeof compare | null>(null)
  const sorted = useMemo(() => (column === null ? rows : [...rows].sort(compare[column])), [rows, column])
  sortBy = setColumn
  const getCellContent = useCallback(
    ([at, place]: Item): GridCell => {
      const row = sorted[place]
      const text = row === undefined ? '' : (textOf[at]?.(row) ?? '')
      if (place === 0) shownFirst = `${sorted[0]?.item.id}`
      return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: false }
    },
    [sorted],
  )
  return (
    <DataEditor
      columns={columns}
      rows={sorted.length}
      getCellContent={getCellContent}
      rowHeight={55}
      width={1280}
      height={800}
    />
  )
}

const host = document.createElement('div')
host.className = 'host'
document.body.append(host)
const overlays = document.createElement('div')
overlays.id = 'portal'
document.body.append(overlays)

measureGrid<WorkItem>({
  name: 'glide',
  rows: largeDay,
  mount: (rows) => createRoot(host).render(<GlideTable rows={rows} />),
  isMounted: () => shownFirst !== '' && host.querySelector('canvas') !== null,
  scroller: () => host.querySelector('.dvn-scroller'),
  sort: (column) => sortBy(column),
  firstRow: () => shownFirst,
})
