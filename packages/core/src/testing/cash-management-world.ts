import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import { buildBankLine, buildBookEntry, buildStatement } from './builders.ts'

const usd = (amount: string) => money(amount, 'USD')
const account = 'OPERATING-0417'
const day = '2026-11-20'

function line(id: string, amount: string, given: Partial<BankLine>): BankLine {
  return buildBankLine({ id, account, bookingDate: day, amount: usd(amount), ...given })
}
function entry(id: string, amount: string, given: Partial<BookEntry>): BookEntry {
  return buildBookEntry({ id, account, date: '2026-11-19', amount: usd(amount), ...given })
}

/** One bank day of Orvane Foods: every one of the seven scenarios once. */
const bankLines: readonly BankLine[] = [
  line('auto-line', '-18250.00', {
    transactionCode: '495',
    references: { endToEndId: 'PAY-88120' },
    sourceStatus: 'RECONCILED',
    sourceEntryIds: ['auto-entry'],
    counterparty: { name: 'Kessler Packaging' },
  }),
  line('system-line', '-7340.55', {
    transactionCode: '495',
    references: { endToEndId: '0004217' },
    counterparty: { name: 'Dunmore Cold Storage' },
  }),
  line('unmatched-line', '-912.40', {
    transactionCode: '455',
    instrument: 'DIRECT_DEBIT',
    references: { remittanceText: 'MUNICIPAL WATER NOV' },
    counterparty: { name: 'Municipal Water' },
  }),
  line('failed-line', '4480.00', {
    transactionCode: '257',
    instrument: 'EFT',
    references: { endToEndId: 'PAY-88131' },
    returnCode: 'R02',
    counterparty: { name: 'Ostrava Machinery' },
  }),
  line('duplicate-line', '-2615.75', {
    transactionCode: '495',
    references: { endToEndId: 'PAY-88140' },
    counterparty: { name: 'Pellworm Dairy' },
  }),
  line('variance-line', '-10120.50', {
    transactionCode: '514',
    references: { endToEndId: 'PAY-88155' },
    originalAmount: money('-9300.00', 'EUR'),
    counterparty: { name: 'Atelier Brandt GmbH' },
  }),
  line('sweep-line-1', '61000.00', {
    transactionCode: '275',
    instrument: 'SWEEP',
    references: { structureId: 'ZBA-7' },
  }),
  line('sweep-line-2', '14500.25', {
    transactionCode: '275',
    instrument: 'SWEEP',
    references: { structureId: 'ZBA-7' },
  }),
]

const bookEntries: readonly BookEntry[] = [
  entry('auto-entry', '-18250.00', {
    instrument: 'WIRE',
    references: { paymentReference: 'PAY-88120' },
    sourceStatus: 'RECONCILED',
  }),
  entry('system-entry', '-7340.55', {
    instrument: 'WIRE',
    references: { paymentReference: '4217' },
    counterparty: { name: 'Dunmore Cold Storage' },
  }),
  entry('failed-entry', '-4480.00', {
    instrument: 'EFT',
    references: { paymentReference: 'PAY-88131' },
    counterparty: { name: 'Ostrava Machinery' },
  }),
  entry('duplicate-entry-1', '-2615.75', { instrument: 'WIRE', references: { paymentReference: 'PAY-88140' } }),
  entry('duplicate-entry-2', '-2615.75', { instrument: 'WIRE', references: { paymentReference: 'PAY-88140' } }),
  entry('variance-entry', '-10045.00', { instrument: 'WIRE', references: { paymentReference: 'PAY-88155' } }),
  entry('sweep-entry-1', '50000.00', { instrument: 'SWEEP', date: day, references: { structureId: 'ZBA-7' } }),
  entry('sweep-entry-2', '25500.25', { instrument: 'SWEEP', date: day, references: { structureId: 'ZBA-7' } }),
]

const statement: BankStatement = buildStatement({
  id: 'operating-2026-11-20',
  account,
  openingBalance: { kind: 'OPENING_BOOKED', amount: usd('210000.00'), date: day },
  closingBalance: { kind: 'CLOSING_BOOKED', amount: usd('250741.05'), date: day },
  lines: bankLines,
  sequence: '224',
  periodStart: day,
  periodEnd: day,
})

export const cashManagementWorld = {
  now: '2026-11-21T08:30:00Z',
  account,
  day,
  bankLines,
  bookEntries,
  statement,
  analyst: { id: 'mara', roles: ['FINANCE'] },
  manager: { id: 'jon', roles: ['ADMIN'] },
} as const
