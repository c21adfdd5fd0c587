import { money } from '../money/money.ts'
import type { UnreconciledItem } from '../portal/unreconciled-item.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import type { ClientContact, ReconciliationRun } from '../review/reconciliation-run.ts'
import { buildBankLine, buildBookEntry, buildStatement } from './builders.ts'

const sgd = (amount: string) => money(amount, 'SGD')
const account = '0029012290'

function line(id: string, bookingDate: string, amount: string, given: Partial<BankLine>): BankLine {
  return buildBankLine({ id, account, bookingDate, amount: sgd(amount), instrument: 'OTHER', ...given })
}
function asked(id: string, bookingDate: string, amount: string, remittanceText: string): BankLine {
  return line(id, bookingDate, amount, { references: { remittanceText } })
}
function entry(id: string, date: string, amount: string, given: Partial<BookEntry>): BookEntry {
  return buildBookEntry({ id, account, date, amount: sgd(amount), ...given })
}

/** October of Mason Industries: one exact match, one two days apart, and five lines nobody has a document for. */
const bankLines: readonly BankLine[] = [
  line('rent', '2026-10-01', '-2400.00', {
    references: { endToEndId: 'PV-26410' },
    counterparty: { name: 'Quayside Estates' },
  }),
  asked('cash', '2026-10-14', '-500.00', 'ATM WITHDRAWAL RAFFLES PL 0417'),
  asked('telco', '2026-10-16', '-1288.40', 'GIRO PAYMENT TELCO 88123377'),
  asked('charges', '2026-10-18', '-62.10', 'BANK CHARGES'),
  asked('transfer', '2026-10-22', '8000.00', 'INWARD TT REF 77120'),
  asked('books', '2026-10-27', '-219.80', 'NETS PURCHASE KINOKUNIYA'),
  line('customer', '2026-10-28', '5200.00', { counterparty: { name: 'Orchard Fittings' } }),
]
const bookEntries: readonly BookEntry[] = [
  entry('JE-5103', '2026-10-01', '-2400.00', { references: { paymentReference: 'PV-26410' } }),
  entry('JE-5118', '2026-10-26', '5200.00', { counterparty: { name: 'Orchard Fittings' } }),
]
const statement: BankStatement = buildStatement({
  id: 'DBS 0029012290, October 2026',
  account,
  currency: 'SGD',
  openingBalance: { kind: 'OPENING_BOOKED', amount: sgd('84120.55') },
  closingBalance: { kind: 'CLOSING_BOOKED', amount: sgd('92850.25') },
  lines: bankLines,
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
})

const run: ReconciliationRun = {
  id: 'run-mason-2026-10',
  version: 1,
  clientId: 'mason',
  clientLegalName: 'Mason Industries Pte Ltd',
  statementId: statement.id,
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
  status: 'PENDING',
  generation: 0,
}

function item({ id, bookingDate, amount, references }: BankLine): UnreconciledItem {
  const subject = { id: `u-${id}`, version: 1, runId: run.id, bankLineId: id }
  const { remittanceText: description = '' } = references
  return { ...subject, date: bookingDate, amount, description, status: 'UNDISPATCHED' }
}

const mei: ClientContact = {
  id: 'mei',
  clientId: 'mason',
  name: 'Mei Tan',
  email: 'mei.tan@mason.example',
  active: true,
  canSubmitIntake: true,
}
const arjun = {
  ...mei,
  id: 'arjun',
  name: 'Arjun Pillai',
  email: 'arjun@mason.example',
  canSubmitIntake: false,
}

export const bookkeepingWorld = {
  now: '2026-11-03T09:00:00Z',
  firmName: 'Hartley & Co',
  account,
  bankLines,
  bookEntries,
  statement,
  run,
  /** The five questions for the client, by date. */
  items: bankLines.slice(1, 6).map(item),
  contact: mei,
  contacts: [mei, arjun],
  /** From this amount on an answer without a document goes to a senior accountant. */
  materiality: [sgd('500.00')],
  categories: ['Bank charges', 'Telephone and internet', 'Travel', 'Office supplies', 'Something else'],
  /** A file the client has uploaded. */
  document: { id: 'att-1', fileName: 'IMG_2231.jpg', size: 1_204_000 },
  bookkeeper: { id: 'tomas', roles: ['BOOKKEEPER'] },
  senior: { id: 'helga', roles: ['SENIOR_ACCOUNTANT'] },
  client: { id: 'mei', roles: ['CLIENT_CONTACT'], clientId: 'mason' },
} as const
