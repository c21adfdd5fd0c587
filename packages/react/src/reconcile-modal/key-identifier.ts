import type { BankReferences, BookReferences, Instrument } from '@recon/core'
import type { WorkItem } from '../work-item.ts'

/** The pair of fields that identifies a payment of this instrument: highlighted on both sides. */
export interface KeyIdentifier {
  readonly bank: keyof BankReferences
  readonly book: keyof BookReferences
}

const byInstrument: Readonly<Partial<Record<Instrument, KeyIdentifier>>> = {
  CHECK: { bank: 'checkNumber', book: 'transactionNumber' },
  SWEEP: { bank: 'structureId', book: 'structureId' },
  DIRECT_DEBIT: { bank: 'mandateId', book: 'paymentReference' },
}
const usual: KeyIdentifier = { bank: 'endToEndId', book: 'paymentReference' }

/** The fields the engine compared, where it names them; otherwise those of the instrument. */
export function keyIdentifierOf(row: WorkItem): KeyIdentifier {
  const line = row.bankLines[0]
  const compared = row.item.matches
    .flatMap((match) => match.evidence)
    .find((evidence) => evidence.signal === 'IDENTIFIER' && evidence.bankField && evidence.bookField)
  const known = line?.instrument === undefined ? usual : (byInstrument[line.instrument] ?? usual)
  if (compared === undefined || line === undefined) return known
  const bank = compared.bankField as keyof BankReferences
  const book = compared.bookField as keyof BookReferences
  const entry = row.bookEntries[0]
  const named = bank in line.references && entry !== undefined && book in entry.references
  return named ? { bank, book } : known
}
