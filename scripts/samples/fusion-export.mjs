/** One bank account as Oracle Fusion exports it: statement lines of an extract, and the cash account's journal lines of a report. */
const account = '300000046971'
const date = '2026-11-20'
const lineColumns = [
  'STATEMENT_LINE_ID',
  'BANK_ACCOUNT_ID',
  'BOOKING_DATE',
  'VALUE_DATE',
  'AMOUNT',
  'CURRENCY_CODE',
  'FLOW_INDICATOR',
  'TRX_TYPE',
  'TRX_CODE',
  'END_TO_END_ID',
  'CHECK_NUMBER',
  'RECON_STATUS',
  'COUNTERPARTY_NAME',
  'ADDENDA_TXT',
]

/**
 * counterparty, signed amount, type, code, reference at the bank, reference in the ledger, status in Fusion. An empty reference
 * in the ledger: no entry there. `both` twice: two entries claim it.
 */
const movements = [
  ['Bellamy Insurance Brokers', '-6872.36', 'WIRE', '495', '5041102', '5041102', 'REC'],
  ['Cobalt Data Centers', '-18400.00', 'WIRE', '495', '5041117', '5041117', 'REC'],
  ['Larkspur Packaging', '-2310.40', 'WIRE', '495', '5041126', '5041126', 'UNR'],
  ['Northgate Freight', '-9985.10', 'WIRE', '495', '0005041131', '5041131', 'UNR'],
  ['Saltmarsh Fisheries', '-1745.00', 'ACH', '451', 'EFT-77120', 'EFT-77120', 'UNR'],
  ['Tallis & Byrd Printing', '-866.75', 'ACH', '451', 'EFT 77124', 'EFT-77124', 'UNR'],
  ['Oakline Energy Partners', '-4120.18', 'CHK', '475', '104502', '104502', 'UNR'],
  ['Yarrow Medical Supply', '-555.20', 'CHK', '475', '0104507', '104507', 'UNR'],
  ['Foxglove Landscaping', '-1320.00', 'CHK', '475', '104511', '', 'UNR'],
  ['Meridian Tool Works', '-7300.00', 'WIRE', '495', '5041140', 'twice 5041140', 'UNR'],
  ['Harbour Hotels Group', '12400.00', 'WIRE', '195', '8820014', '8820014', 'UNR'],
  ['Crane & Holloway', '3650.50', 'ACH', '142', 'INV-60311', 'INV-60311', 'UNR'],
  ['Pell Street Market', '910.00', 'ACH', '142', 'INV-60327', '', 'UNR'],
]

const csv = (rows) => `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`
const unsigned = (amount) => amount.replace('-', '')
const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function statementLine([name, amount, type, code, reference, , status], index) {
  const check = type === 'CHK'
  const flow = amount.startsWith('-') ? 'DBIT' : 'CRDT'
  const references = check ? ['', reference] : [reference, '']
  const text = quoted(`${check ? 'CHECK PAID' : type} ${name.toUpperCase()}`)
  return [
    71_0400 + index,
    account,
    date,
    date,
    unsigned(amount),
    'USD',
    flow,
    type,
    code,
    ...references,
    status,
    quoted(name),
    text,
  ]
}

function journalLines() {
  const rows = []
  for (const [name, amount, type, , , reference, status] of movements) {
    if (reference === '') continue
    for (const part of reference.startsWith('twice ') ? [1, 2] : [1]) {
      const number = reference.replace('twice ', '')
      const debit = amount.startsWith('-') ? '' : amount
      rows.push({
        JE_HEADER_ID: String(66_8100 + rows.length),
        JE_LINE_NUM: String(part),
        BANK_ACCOUNT_ID: account,
        TRANSACTION_DATE: '11/19/2026',
        ENTERED_DR: debit,
        ENTERED_CR: debit === '' ? unsigned(amount) : '',
        CURRENCY_CODE: 'USD',
        PAYMENT_REFERENCE_NUMBER: type === 'CHK' ? '' : number,
        TRANSACTION_NUMBER: type === 'CHK' ? number : '',
        CHECK_NUMBER: type === 'CHK' ? number : '',
        RECON_STATUS: status,
        COUNTERPARTY_NAME: name,
        DESCRIPTION: `Payables ${name}`,
      })
    }
  }
  return rows
}

const element = ([name, value]) => `      <${name}>${escaped(value)}</${name}>`

export function fusionFiles() {
  const rows = journalLines()
  const groups = rows.map((row) => ['    <G_1>', ...Object.entries(row).map(element), '    </G_1>'].join('\n'))
  return new Map([
    ['fusion-statement-lines.csv', csv([lineColumns, ...movements.map(statementLine)])],
    ['fusion-ledger.csv', csv([Object.keys(rows[0]), ...rows.map((row) => Object.values(row).map(quoted))])],
    [
      'fusion-ledger.xml',
      `<?xml version="1.0" encoding="UTF-8"?>\n<DATA_DS>\n  <LIST_G_1>\n${groups.join('\n')}\n  </LIST_G_1>\n</DATA_DS>\n`,
    ],
  ])
}
