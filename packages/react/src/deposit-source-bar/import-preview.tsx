import type { BankLine, BookEntry } from '@recon/core'
import { Amount } from '../parts/amount.tsx'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

/** What a file becomes with a mapping, before anything is stored. */
export interface ImportPreview {
  /** The records as they would be stored; the first of them are enough. */
  readonly records: readonly (BankLine | BookEntry)[]
  /** How many records there are in all. */
  readonly total: number
  /** Rows that would be left out. */
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

const shownRecords = 8
const shownProblems = 5

export function ImportPreviewTable({ preview }: { readonly preview: ImportPreview }) {
  const { messages, format } = useRecon()
  const words = messages.importing
  const { field } = messages.mapping
  const { records, total, problems } = preview
  const title = words.preview(Math.min(records.length, shownRecords), total)
  return (
    <>
      <h3 className="recon-heading">{title}</h3>
      <ScrollRegion label={title}>
        <table className="recon-table">
          <thead>
            <tr>
              <th scope="col">{field.date}</th>
              <th scope="col">{field.counterpartyName}</th>
              <th scope="col">{words.reference}</th>
              <th scope="col" data-end="">
                {field.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {records.slice(0, shownRecords).map((record) => (
              <tr key={record.id}>
                <td>{format.date('bookingDate' in record ? record.bookingDate : record.date)}</td>
                <td>
                  <bdi>{record.counterparty?.name ?? '–'}</bdi>
                </td>
                <td>
                  <bdi>{referenceOf(record)}</bdi>
                </td>
                <td data-end="">
                  <Amount value={record.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {problems.length === 0 ? null : (
        <div className="recon-notice" data-tone="warning">
          <p className="recon-notice-title">{words.problems(problems.length)}</p>
          <ul>
            {problems.slice(0, shownProblems).map((problem) => (
              <li key={problem.line}>{words.problemAt(problem.line, problem.message)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

/** The one identifier a person would look for; the text where there is none. */
function referenceOf(record: BankLine | BookEntry): string {
  if ('bookingDate' in record) {
    const { endToEndId, checkNumber, structuredReference, bankReference, remittanceText } = record.references
    return endToEndId ?? checkNumber ?? structuredReference ?? bankReference ?? remittanceText ?? '–'
  }
  const { paymentReference, transactionNumber, checkNumber, documentNumber, description } = record.references
  return paymentReference ?? transactionNumber ?? checkNumber ?? documentNumber ?? description ?? '–'
}
