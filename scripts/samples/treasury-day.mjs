import { csvLine, ledgerColumns } from './ledger-sample.mjs'

/** A treasury's morning: some lines are posted, some only pending, one pending line was replaced by its posted one. */
const account = '0048804471'
const lineColumns = [
  'id',
  'account',
  'bookingDate',
  'amount',
  'currency',
  'status',
  'instrument',
  'endToEndId',
  'remittanceText',
  'counterpartyName',
  'supersedes',
]

/** name, amount, kind of transactable, reference, how the bank shows it, its text */
const movements = [
  ['Vendor Payment 1', '-410.22', 'PAYMENT_ORDER', 'PO-88213', 'PENDING', 'ACH CREDIT'],
  ['Vendor Payment 2', '-1231.00', 'PAYMENT_ORDER', 'PO-88214', 'POSTED', 'ACH CREDIT'],
  ['Calder & Finch LLP', '-4300.00', 'PAYMENT_ORDER', 'PO-88215', 'PENDING', 'WIRE OUT'],
  ['Bramley Stores Inc', '18250.00', 'EXPECTED_PAYMENT', 'EP-5520', 'POSTED', 'WIRE IN NOVEMBER'],
  ['Everly Hotels Group', '7420.55', 'EXPECTED_PAYMENT', 'EP-5521', 'PENDING', 'ACH IN'],
  ['Jasper County Utilities', '990.10', 'INCOMING_PAYMENT_DETAIL', 'IPD-3108', 'POSTED', 'LOCKBOX'],
  ['Thornbury Machine Shop', '9670.25', 'RETURN', 'RT-0417', 'POSTED', 'ACH RETURN R04'],
  ['Check 104418', '-2210.00', 'PAPER_ITEM', '104418', 'POSTED', 'CHECK PAID'],
  ['Check 104421', '-655.40', 'PAPER_ITEM', '104421', 'PENDING', 'CHECK PRESENTED'],
  ['Payroll 2026-11', '-66400.00', 'PAYMENT_ORDER', 'PR-1120', 'REPLACED', 'ACH FILE'],
]

export function treasuryFiles() {
  const lines = []
  const entries = []
  const line = (id, cells) => lines.push({ id, account, currency: 'USD', bookingDate: '2026-11-20', ...cells })
  for (const [index, [name, amount, kind, reference, shown, text]] of movements.entries()) {
    const check = kind === 'PAPER_ITEM'
    const cells = {
      amount,
      instrument: check ? 'CHECK' : 'EFT',
      endToEndId: check ? '' : reference,
      remittanceText: text,
      counterpartyName: name,
    }
    if (check) cells.checkNumber = reference
    const id = `BL-${7100 + index}`
    if (shown === 'REPLACED') {
      line(`${id}-P`, { ...cells, status: 'PENDING' })
      line(id, { ...cells, amount: '-66388.20', status: 'POSTED', supersedes: `${id}-P` })
    } else line(id, { ...cells, status: shown })
    entries.push({
      id: `${kind
        .split('_')
        .map((word) => word[0])
        .join('')}-${9400 + index}`,
      account,
      date: '2026-11-19',
      amount: shown === 'REPLACED' ? '-66388.20' : amount,
      currency: 'USD',
      instrument: check ? 'CHECK' : 'EFT',
      kind,
      ...(check ? { transactionNumber: reference } : { paymentReference: reference }),
      description: name,
      counterpartyName: name,
      source: 'TREASURY',
    })
  }
  line('BL-7190', { amount: '-35.00', status: 'PENDING', instrument: 'FEE', remittanceText: 'WIRE FEE' })
  entries.push({
    id: 'PO-9490',
    account,
    date: '2026-11-20',
    amount: '-12500.00',
    currency: 'USD',
    instrument: 'EFT',
    kind: 'PAYMENT_ORDER',
    paymentReference: 'PO-88230',
    counterpartyName: 'Granite State Pallets',
    source: 'TREASURY',
  })
  const columns = [...lineColumns, 'checkNumber']
  const table = (names, rows) =>
    `${[names.join(','), ...rows.map((row) => csvLine(names.map((name) => row[name] ?? '')))].join('\n')}\n`
  return new Map([
    ['treasury-lines.csv', table(columns, lines)],
    ['transactables.csv', table(ledgerColumns, entries)],
  ])
}
