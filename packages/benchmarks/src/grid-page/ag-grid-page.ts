import type { WorkItem } from '@recon/react'
import { AllCommunityModule, createGrid, type GridApi, ModuleRegistry } from 'ag-grid-community'
import { largeDay } from './large-day-rows.ts'
import { measureGrid } from './measure-grid.ts'

ModuleRegistry.registerModules([AllCommunityModule])
const host = document.createElement('div')
host.className = 'host'
document.body.append(host)
let api: GridApi<WorkItem> | undefined

measureGrid<WorkItem>({
  name: 'ag-grid',
  rows: largeDay,
  mount: (rows) => {
    api = createGrid<WorkItem>(host, {
      rowData: [...rows],
      rowHeight: 55,
      animateRows: false,
      columnDefs: [
        { colId: 'scenario', headerName: 'Scenario', valueGetter: ({ data }) => data?.item.scenario },
        { colId: 'date', headerName: 'Booked', valueGetter: ({ data }) => data?.date },
        { colId: 'name', headerName: 'Name', valueGetter: ({ data }) => data?.bankLines[0]?.counterparty?.name },
        {
          colId: 'reference',
          headerName: 'Reference',
          valueGetter: ({ data }) => data?.bankLines[0]?.references.endToEndId,
        },
        { colId: 'amount', headerName: 'Amount', valueGetter: ({ data }) => Number(data?.total.amount) },
      ],
    })
  },
  isMounted: () => document.querySelectorAll('.ag-row').length > 5,
  scroller: () =>
    [...host.querySelectorAll('*')].find(
      (element) =>
        element.scrollHeight > element.clientHeight * 10 && /auto|scroll/.test(getComputedStyle(element).overflowY),
    ) ?? null,
  sort: (column) => api?.applyColumnState({ state: [{ colId: column, sort: 'asc' }], defaultState: { sort: null } }),
  firstRow: () => document.querySelector('.ag-row[row-index="0"]')?.textContent ?? '',
})
