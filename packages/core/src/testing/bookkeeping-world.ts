import { money } from '../money/money.ts'
import type { UnreconciledItem } from '../portal/unreconciled-item.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import type { ClientContact, ReconciliationRun } from '../review/reconciliation-run.ts'
import { buildBankLine, buildBookEntry, buildStatement } from './builders.ts'

const usd = (amount: string) => money(amount, 'USD')
const account = 'HAVERLY-CHECKING'

function line(id: string, bookingDate: string, amount: string, given: Partial<BankLine> = {}): BankLine {
  return buildBankLine({ id, account, bookingDate, amount: usd(amount), instrument: 'OTHER', ...given })
}
function entry(id: string, date: string, amount: string, given: Partial<BookEntry> = {}): BookEntry {
  return buildBookEntry({ id, account, date, amount: usd(amount), ...given })
}

/** October of Haverly Glass: one exact match, one two days apart, two lines nobody has a document for. */
const bankLines: readonly BankLine[] = [
  line('rent', '2026-10-01', '-2400.00', {
    references: { endToEndId: 'RENT-OCT' },
    counterparty: { name: 'Quayside Estates' },
  }),
  line('supplies', '2026-10-14', '-480.00', {
    counterparty: { name: 'Harbour Tools' },
    references: { remittanceText: 'CARD 4417 HARBOUR TOOLS' },
  }),
  line('cash', '2026-10-20', '-900.00', { references: { remittanceText: 'ATM WITHDRAWAL' } }),
  line('customer', '2026-10-28', '5200.00', { counterparty: { name: 'Norvell Interiors' } }),
]
const bookEntries: readonly BookEntry[] = [
  entry('je-rent', '2026-10-01', '-2400.00', { references: { paymentReference: 'RENT-OCT' } }),
  entry('je-customer', '2026-10-26', '5200.00', { counterparty: { name: 'Norvell Interiors' } }),
]
const statement: BankStatement = buildStatement({
  id: 'haverly-2026-10',
  account,
  openingBalance: { kind: 'OPENING_BOOKED', amount: usd('10000.00') },
  closingBalance: { kind: 'CLOSING_BOOKED', amount: usd('11420.00') },
  lines: bankLines,
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
})

const run: ReconciliationRun = {
  id: 'run-haverly-2026-10',
  version: 1,
  clientId: 'haverly',
  clientLegalName: 'Haverly Glass Ltd',
  statementId: statement.id,
  periodStart: '2026-10-01',
  periodEnd: '2026-10-31',
  status: 'PENDING',
  generation: 0,
}

function item(bankLine: BankLine | undefined): UnreconciledItem {
  if (bankLine === undefined) throw new Error('No such line.')
  return {
    id: `u-${bankLine.id}`,
    version: 1,
    runId: run.id,
    bankLineId: bankLine.id,
    date: bankLine.bookingDate,
    amount: bankLine.amount,
    description: bankLine.references.remittanceText ?? bankLine.counterparty?.name ?? '',
    status: 'UNDISPATCHED',
  }
}

const contact: ClientContact = {
  id: 'ines',
  clientId: 'haverly',
  name: 'Ines Orlow',
  email: 'ines@haverly.example',
  active: true,
  canSubmitIntake: true,
}

export const bookkeepingWorld = {
  now: '2026-11-03T09:00:00Z',
  account,
  bankLines,
  bookEntries,
  statement,
  run,
  suppliesItem: item(bankLines[1]),
  cashItem: item(bankLines[2]),
  contact,
  contacts: [
    contact,
    { ...contact, id: 'piet', name: 'Piet Orlow', email: 'piet@haverly.example', canSubmitIntake: false },
  ],
  /** From this amount on an answer without a document goes to a senior accountant. */
  materiality: [usd('750.00')],
  categories: ['SUPPLIES', 'OWNER_DRAW', 'BANK_FEE'],
  bookkeeper: { id: 'tomas', roles: ['BOOKKEEPER'] },
  senior: { id: 'helga', roles: ['SENIOR_ACCOUNTANT'] },
  client: { id: 'ines', roles: ['CLIENT_CONTACT'], clientId: 'haverly' },
} as const
