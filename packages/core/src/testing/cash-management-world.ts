import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import { buildBankLine, buildBookEntry, buildStatement } from './builders.ts'
import { routinePayments } from './routine-payments.ts'

const usd = (amount: string) => money(amount, 'USD')
const account = 'Operating 4471'
const day = '2026-11-20'

function line(id: string, amount: string, name: string, given: Partial<BankLine> = {}): BankLine {
  return buildBankLine({ id, account, bookingDate: day, amount: usd(amount), counterparty: { name }, ...given })
}
function entry(id: string, amount: string, name: string, given: Partial<BookEntry> = {}): BookEntry {
  const parts = { id, account, date: day, amount: usd(amount), counterparty: { name }, source: 'ORACLE_FUSION' }
  return buildBookEntry({ ...parts, ...given })
}

const wire = { instrument: 'WIRE', transactionCode: '495' } as const
const eft = { instrument: 'EFT', transactionCode: '455' } as const
const nordic = 'Nordic 4475'

/** One bank day of Orvane Foods. Every one of the seven scenarios is there; what the source system settled is left out. */
const workedLines: readonly BankLine[] = [
  line('BL-0417', '-18240.00', 'Northwind Freight GmbH', {
    ...eft,
    returnCode: 'R03',
    references: { endToEndId: '0004417', bankReference: 'RT99120417', remittanceText: 'RETURN NO ACCOUNT' },
  }),
  line('BL-1245', '-6930.50', 'Meridian Paper Ltd', {
    ...wire,
    references: { endToEndId: '8801245', remittanceText: 'INV-20931' },
  }),
  line('BL-1902', '-88000.00', 'Søren Østergaard A/S', {
    account: nordic,
    amount: money('-88000.00', 'DKK'),
    instrument: 'WIRE',
    transactionCode: '514',
    references: { endToEndId: 'E2E4471902', remittanceText: 'FX WIRE DKK' },
  }),
  line('BL-2178', '-4300.00', 'Calder & Finch LLP', {
    ...wire,
    references: { endToEndId: '0042178', bankReference: 'BR46892203', remittanceText: 'NOV RETAINER' },
  }),
  line('BL-0318', '-1125.00', 'Harrow Street Studios', {
    instrument: 'CHECK',
    transactionCode: '475',
    references: { checkNumber: '00318' },
  }),
  line('BL-4217', '-52010.77', 'Oakline Energy', { ...wire, references: { endToEndId: '0004217' } }),
  line('BL-8213', '-9914.00', 'Blue Harbor Construction', { ...eft, references: { endToEndId: 'pay 88-213' } }),
  line('BL-2500', '-2500.00', 'Zenith Consulting B.V.', {
    ...eft,
    references: { endToEndId: 'NOTPROVIDED', remittanceText: 'CONSULTING NOV' },
  }),
  line('BL-7730', '15480.25', 'Tanager Logistics Inc', {
    ...wire,
    references: { endToEndId: 'TAN-7730', remittanceText: 'PART PAYMENT INV 5512' },
  }),
]

const workedEntries: readonly BookEntry[] = [
  entry('GL-90402', '-18240.00', 'Northwind Freight GmbH', { references: { paymentReference: '0004417' } }),
  entry('GL-90433', '-6930.50', 'Meridian Paper Ltd', { references: { paymentReference: '8801245' } }),
  entry('GL-90434', '-6930.50', 'Meridian Paper Ltd', { references: { paymentReference: '8801245' } }),
  entry('GL-90455', '-12790.11', 'Soren Ostergaard A/S', {
    account: nordic,
    references: { paymentReference: 'E2E4471902' },
  }),
  entry('GL-90418', '-4300.00', 'Calder and Finch', {
    date: '2026-11-19',
    references: { paymentReference: '42187', description: 'Retainer November' },
  }),
  entry('GL-90377', '-4300.00', 'Calder and Finch', {
    date: '2026-11-12',
    references: { paymentReference: '41990', description: 'Retainer October' },
  }),
  entry('GL-90501', '-4350.00', 'Finch Catering', { references: { description: 'Catering' } }),
  entry('GL-90217', '-52010.77', 'Oakline Energy', { references: { paymentReference: '4217' } }),
  entry('GL-90213', '-9914.00', 'Blue Harbor Construction', { references: { paymentReference: 'PAY88213' } }),
  entry('GL-90601', '-2500.00', 'Zenit Advisory', { references: { paymentReference: 'ZA-1' } }),
  entry('GL-90602', '-2500.00', 'Zenith Consulting', { references: { paymentReference: 'ZC-1101' } }),
  entry('GL-90603', '-2500.00', 'Zenith Consulting', { references: { paymentReference: 'ZC-1102' } }),
]

const structureId = 'CC0100042'

/** A cash concentration: four lines of it add up to the journal; the fifth, the 575 leg, is of another account. */
const sweepLines: readonly BankLine[] = [
  ...['118204.10', '61020.00', '40894.26', '20000.00'].map((amount, index) =>
    line(`BL-SW-0${index + 1}`, amount, 'Cash concentration', {
      instrument: 'SWEEP',
      transactionCode: '275',
      references: { structureId, bankReference: `${structureId}-0${index + 1}` },
    }),
  ),
  line('BL-SW-05', '-12400.00', 'Cash concentration', {
    account: 'Payroll 8830',
    instrument: 'SWEEP',
    transactionCode: '575',
    references: { structureId, bankReference: `${structureId}-05` },
  }),
]
const sweepEntries: readonly BookEntry[] = ['118204.10', '61020.00', '40894.26', '19999.99', '0.01'].map(
  (amount, index) =>
    entry(`JE-7712${index}`, amount, 'Cash concentration', {
      instrument: 'SWEEP',
      references: { structureId, documentNumber: `JE-7712${index}` },
    }),
)

export interface CashManagementDay {
  readonly bankLines: readonly BankLine[]
  readonly bookEntries: readonly BookEntry[]
}

/** The day with as many payments that the source system settled as are asked for. */
export function cashManagementDay(routineCount: number): CashManagementDay {
  const routine = routinePayments(account, day, routineCount)
  return {
    bankLines: [...workedLines, ...sweepLines, ...routine.bankLines],
    bookEntries: [...workedEntries, ...sweepEntries, ...routine.bookEntries],
  }
}

const { bankLines, bookEntries } = cashManagementDay(3)

/** What the bank says of the account itself. */
const statement: BankStatement = buildStatement({
  id: 'operating-2026-11-20',
  account,
  openingBalance: { kind: 'OPENING_BOOKED', amount: usd('210000.00'), date: day },
  closingBalance: { kind: 'CLOSING_BOOKED', amount: usd('370299.67'), date: day },
  lines: bankLines.filter((one) => one.account === account),
  sequence: '224',
  periodStart: day,
  periodEnd: day,
})

export const cashManagementWorld = {
  now: '2026-11-21T08:30:00Z',
  arrivedAt: '2026-11-20T05:04:00Z',
  account,
  day,
  bankLines,
  bookEntries,
  statement,
  /** What the bank took for the wire in Danish kroner, in the currency of the books. */
  settledWire: usd('-12866.04'),
  analyst: { id: 'mara', roles: ['FINANCE'] },
  manager: { id: 'jon', roles: ['ADMIN'] },
} as const
