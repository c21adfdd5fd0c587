import { ReconRoot, TransactionList } from '@recon/react'
import { createRoot } from 'react-dom/client'
import { largeDay } from './large-day-rows.ts'
import { measureGrid } from './measure-grid.ts'

const host = document.createElement('div')
host.className = 'host'
document.body.append(host)

measureGrid({
  name: 'recon',
  rows: largeDay,
  mount: (rows) => {
    const root = createRoot(host)
    root.render(
      <ReconRoot appearance={{ theme: 'light' }}>
        <TransactionList rows={rows} />
      </ReconRoot>,
    )
  },
  isMounted: () => document.querySelectorAll('.recon-row').length > 5,
  scroller: () => document.querySelector('.recon-grid'),
  sort: (column) => {
    const title = column === 'amount' ? 'Amount' : 'Counterparty and reason'
    const button = [...document.querySelectorAll<HTMLButtonElement>('.recon-sort')].find(
      (one) => one.textContent === title,
    )
    button?.click()
  },
  firstRow: () => document.querySelector('.recon-row[data-place="0"]')?.textContent ?? '',
})
