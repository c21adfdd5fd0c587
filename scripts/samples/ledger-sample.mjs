/** Canonical ledger columns; `sourceStatus` says what the ledger's own system already reconciled. */
export const ledgerColumns = [
  'id',
  'account',
  'date',
  'amount',
  'currency',
  'instrument',
  'kind',
  'paymentReference',
  'transactionNumber',
  'documentNumber',
  'checkNumber',
  'description',
  'counterpartyName',
  'counterpartyAccount',
  'originalAmount',
  'originalCurrency',
  'source',
  'sourceStatus',
]

export function csvLine(cells) {
  return cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
}

export function signedDecimal(minor) {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The ledger as CSV in canonical columns, ordered by date and id. */
export function ledgerFile(entries) {
  const rows = [...entries].sort((left, right) => (left.date + left.id < right.date + right.id ? -1 : 1))
  const cells = (entry) =>
    ledgerColumns.map((column) => {
      if (column === 'account') return entry.account.number
      if (column === 'amount') return signedDecimal(entry.minor)
      return String(entry[column] ?? '')
    })
  return `${[ledgerColumns.join(','), ...rows.map((entry) => csvLine(cells(entry)))].join('\n')}\n`
}
