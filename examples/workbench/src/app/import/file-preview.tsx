import type { BankLine, BookEntry, Money } from '@recon/core'
import type { ReadFile } from './dropped-file.ts'

const previewRows = 8

/** Grouped digits of the exact decimal string: Intl takes text, so no amount becomes a float. */
function amountText(amount: Money): string {
  const digits = amount.amount.split('.')[1]?.length ?? 0
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return format.format(amount.amount as `${number}`).replace('-', '−')
}

/** What a file holds, before anything is stored: statements with their proof, the first rows, every warning. */
export function FilePreview({ file }: { readonly file: ReadFile }) {
  return (
    <div className="wb-preview">
      {file.statements.length > 0 ? <Statements file={file} /> : null}
      <Rows file={file} />
      {file.warnings.length > 0 ? (
        <details className="wb-warnings" open={file.warnings.length <= 5}>
          <summary>
            {file.warnings.length === 1 ? '1 warning' : `${file.warnings.length.toLocaleString('en')} warnings`}
          </summary>
          <ul>
            {distinct(file.warnings.slice(0, 100)).map((warning) => (
              <li key={warning.key}>
                {warning.line === undefined ? null : <strong>Line {warning.line}. </strong>}
                {warning.message} <code>{warning.code}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

/** Warnings with keys of their own, also where two say the same. */
function distinct(warnings: ReadFile['warnings']) {
  const seen = new Map<string, number>()
  return warnings.map((warning) => {
    const text = `${warning.line ?? ''} ${warning.code} ${warning.message}`
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    return { ...warning, key: `${text} ${times}` }
  })
}

function Statements({ file }: { readonly file: ReadFile }) {
  return (
    <table className="wb-table">
      <caption className="wb-hidden">Statements in {file.name}</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className="wb-right">
            Lines
          </th>
          <th scope="col" className="wb-right">
            Opening
          </th>
          <th scope="col" className="wb-right">
            Closing
          </th>
          <th scope="col">Currency</th>
        </tr>
      </thead>
      <tbody>
        {file.statements.slice(0, 30).map((statement) => (
          <tr key={statement.id}>
            <td>{statement.account || 'not named'}</td>
            <td className="wb-right">{statement.lines.length.toLocaleString('en')}</td>
            <td className="wb-right">{statement.openingBalance ? amountText(statement.openingBalance.amount) : '–'}</td>
            <td className="wb-right">{statement.closingBalance ? amountText(statement.closingBalance.amount) : '–'}</td>
            <td>{statement.currency}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Rows({ file }: { readonly file: ReadFile }) {
  const rows = file.side === 'bank' ? file.bankLines.map(lineCells) : file.bookEntries.map(entryCells)
  return (
    <table className="wb-table">
      <caption>
        The first {Math.min(previewRows, rows.length)} of {rows.length.toLocaleString('en')}{' '}
        {file.side === 'bank' ? 'bank lines' : 'ledger entries'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Account</th>
          <th scope="col">Counterparty</th>
          <th scope="col">Reference</th>
          <th scope="col">Instrument</th>
          <th scope="col" className="wb-right">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, previewRows).map((row) => (
          <tr key={row.id}>
            <td>{row.date}</td>
            <td>{row.account}</td>
            <td>{row.name}</td>
            <td>
              <code>{row.reference}</code>
            </td>
            <td>{row.instrument}</td>
            <td className="wb-right">
              <strong>{amountText(row.amount)}</strong> {row.amount.currency}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function lineCells(line: BankLine) {
  const { endToEndId, checkNumber, structureId, bankReference } = line.references
  return {
    id: line.id,
    date: line.bookingDate,
    account: line.account ?? '–',
    name: line.counterparty?.name ?? '–',
    reference: checkNumber ?? endToEndId ?? structureId ?? bankReference ?? '–',
    instrument:
      line.transactionCode === undefined ? line.instrument : `${line.instrument ?? ''} ${line.transactionCode}`,
    amount: line.amount,
  }
}

function entryCells(entry: BookEntry) {
  const { paymentReference, transactionNumber, documentNumber, checkNumber } = entry.references
  return {
    id: entry.id,
    date: entry.date,
    account: entry.account ?? '–',
    name: entry.counterparty?.name ?? '–',
    reference: paymentReference ?? transactionNumber ?? checkNumber ?? documentNumber ?? '–',
    instrument: entry.instrument ?? entry.kind,
    amount: entry.amount,
  }
}
