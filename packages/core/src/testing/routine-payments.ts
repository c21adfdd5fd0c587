import { fromMinorUnits } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import { buildBankLine, buildBookEntry } from './builders.ts'

const payees = ['Payroll 2026-11', 'Harbour Insurance', 'Ridgeway Steel Supply', 'Yarrow Medical', 'Alder Creek Timber']

/** Payments of one account and day that the source system has reconciled already, each line with its entry: a day is mostly these. */
export function routinePayments(
  account: string,
  date: string,
  count: number,
): { readonly bankLines: readonly BankLine[]; readonly bookEntries: readonly BookEntry[] } {
  const bankLines: BankLine[] = []
  const bookEntries: BookEntry[] = []
  for (let index = 0; index < count; index++) {
    const amount = fromMinorUnits(-BigInt(1370 + ((index * 7919) % 90_000)), 'USD')
    const counterparty = { name: payees[index % payees.length] ?? '' }
    const reference = `PR-${1120 + index}`
    const entryId = `GL-R${index}`
    bankLines.push(
      buildBankLine({
        id: `BL-R${index}`,
        account,
        bookingDate: date,
        amount,
        instrument: 'EFT',
        transactionCode: '455',
        references: { endToEndId: reference },
        counterparty,
        sourceStatus: 'RECONCILED',
        sourceEntryIds: [entryId],
      }),
    )
    bookEntries.push(
      buildBookEntry({
        id: entryId,
        account,
        date,
        amount,
        instrument: 'EFT',
        references: { paymentReference: reference },
        counterparty,
        source: 'ORACLE_FUSION',
        sourceStatus: 'RECONCILED',
      }),
    )
  }
  return { bankLines, bookEntries }
}
