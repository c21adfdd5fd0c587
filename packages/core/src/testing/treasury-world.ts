import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry, BookEntryKind } from '../records/book-entry.ts'
import type { Transactable } from '../tentative/transactable.ts'
import type { TransactableKind } from '../tentative/transactable-machines.ts'
import { buildBankLine, buildBookEntry } from './builders.ts'

const usd = (amount: string) => money(amount, 'USD')
const account = '0048804471'
const day = '2026-11-20'
const nextDay = '2026-11-23'

type LineParts = Partial<BankLine> & { readonly reference?: string }

function line(id: string, amount: string, name: string, { reference, ...given }: LineParts): BankLine {
  const references = reference === undefined ? {} : { endToEndId: reference }
  const parts = { account, bookingDate: day, instrument: 'EFT', references, counterparty: { name }, ...given } as const
  return buildBankLine({ id, amount: usd(amount), ...parts })
}
function check(id: string, number: string, amount: string, given: Partial<BankLine> = {}): BankLine {
  const parts = { instrument: 'CHECK', references: { checkNumber: number }, ...given } as const
  return line(id, amount, `Check ${number}`, parts)
}

const pending = { status: 'PENDING' } as const
const pendingLine = line('BL-7100', '-410.22', 'Vendor Payment 1', { ...pending, reference: 'PO-88213' })
const heldLine = line('BL-7104', '7420.55', 'Everly Hotels Group', { ...pending, reference: 'EP-5521' })
const payrollPending = line('BL-7109-P', '-66400.00', 'Payroll 2026-11', { ...pending, reference: 'PR-1120' })

/** Friday: some lines are final, some only told of. Nothing tells of the order to Granite State Pallets. */
const intraday: readonly BankLine[] = [
  pendingLine,
  line('BL-7101', '-1231.00', 'Vendor Payment 2', { reference: 'PO-88214' }),
  line('BL-7102', '-4300.00', 'Calder & Finch LLP', { ...pending, reference: 'PO-88215' }),
  line('BL-7103', '18250.00', 'Bramley Stores Inc', { reference: 'EP-5520' }),
  heldLine,
  line('BL-7105', '990.10', 'Jasper County Utilities', { reference: 'IPD-3108' }),
  line('BL-7106', '9670.25', 'Thornbury Machine Shop', { reference: 'RT-0417' }),
  check('BL-7107', '104418', '-2210.00'),
  check('BL-7108', '104421', '-655.40', pending),
  payrollPending,
  line('BL-7190', '-35.00', 'Wire fee', { ...pending, instrument: 'FEE' }),
]

const posted = { bookingDate: nextDay } as const
const postedLine = line('BL-7200', '-410.22', 'Vendor Payment 1', { ...posted, reference: 'PO-88213' })
const payrollPosted = line('BL-7209', '-66388.20', 'Payroll 2026-11', { ...posted, reference: 'PR-1120' })

/** Monday's prior-day file: the same movements under new ids, one with another amount, one not there at all. */
const priorDay: readonly BankLine[] = [
  { ...postedLine, supersedes: 'BL-7100' },
  line('BL-7202', '-4300.00', 'Calder & Finch LLP', { ...posted, reference: 'PO-88215', supersedes: 'BL-7102' }),
  check('BL-7208', '104421', '-655.40', { ...posted, supersedes: 'BL-7108' }),
  { ...payrollPosted, supersedes: 'BL-7109-P' },
  line('BL-7290', '-35.00', 'Wire fee', { ...posted, instrument: 'FEE', supersedes: 'BL-7190' }),
]

/** What came for the held line in the end: less, but within what is accepted. */
const lateLine = line('BL-7304', '7412.55', 'Everly Hotels Group', { bookingDate: '2026-11-27', reference: 'EP-5521' })

const kinds: Readonly<Record<TransactableKind, { readonly entry: BookEntryKind; readonly state: string }>> = {
  payment_order: { entry: 'PAYMENT_ORDER', state: 'sent' },
  expected_payment: { entry: 'EXPECTED_PAYMENT', state: 'unreconciled' },
  paper_item: { entry: 'PAPER_ITEM', state: 'pending' },
  return: { entry: 'RETURN', state: 'sent' },
  incoming_payment_detail: { entry: 'INCOMING_PAYMENT_DETAIL', state: 'pending' },
}

interface Planned {
  readonly transactable: Transactable
  readonly entry: BookEntry
}

/** One transactable, as the treasury sees it and as the books hold it. */
function planned(
  kind: TransactableKind,
  id: string,
  amount: string,
  name: string,
  reference: string,
  given: Pick<Transactable, 'bounds' | 'dueBy'> = {},
): Planned {
  const { state, entry } = kinds[kind]
  const paper = kind === 'paper_item'
  return {
    transactable: {
      ...{ id, version: 1, kind, state, certainty: 'UNRECONCILED', amount: usd(amount) },
      ...{ overdue: false, bankLineIds: [], ...given },
    },
    entry: buildBookEntry({
      ...{ id, account, date: '2026-11-19', amount: usd(amount), kind: entry, counterparty: { name } },
      instrument: paper ? 'CHECK' : 'EFT',
      references: paper ? { transactionNumber: reference, checkNumber: reference } : { paymentReference: reference },
      ...(given.bounds && { amountBounds: given.bounds }),
    }),
  }
}

const bounds = { minimum: usd('7400.00'), maximum: usd('7420.55') }
const order = planned('payment_order', 'PO-9400', '-410.22', 'Vendor Payment 1', 'PO-88213')
const expected = planned('expected_payment', 'EP-9404', '7420.55', 'Everly Hotels Group', 'EP-5521', {
  bounds,
  dueBy: '2026-11-25',
})
const plans: readonly Planned[] = [
  order,
  planned('payment_order', 'PO-9401', '-1231.00', 'Vendor Payment 2', 'PO-88214'),
  planned('payment_order', 'PO-9402', '-4300.00', 'Calder & Finch LLP', 'PO-88215'),
  planned('expected_payment', 'EP-9403', '18250.00', 'Bramley Stores Inc', 'EP-5520', { dueBy: '2026-11-25' }),
  expected,
  planned('incoming_payment_detail', 'IPD-9405', '990.10', 'Jasper County Utilities', 'IPD-3108'),
  planned('return', 'R-9406', '9670.25', 'Thornbury Machine Shop', 'RT-0417'),
  planned('paper_item', 'PI-9407', '-2210.00', 'Check 104418', '104418'),
  planned('paper_item', 'PI-9408', '-655.40', 'Check 104421', '104421'),
  planned('payment_order', 'PO-9409', '-66400.00', 'Payroll 2026-11', 'PR-1120'),
  planned('payment_order', 'PO-9490', '-12500.00', 'Granite State Pallets', 'PO-88230'),
]

/** A treasury from a Friday through the Monday after: pending lines, posted ones under new ids, one that never posts. */
export const treasuryWorld = {
  account,
  day,
  nextDay,
  /** Lines of the day as they were told, of the file after, and of the week after: in the order they became known. */
  intraday,
  priorDay,
  later: [lateLine] as readonly BankLine[],
  transactables: plans.map(({ transactable }) => transactable),
  /** The same transactables as records of the books, for matching. */
  bookEntries: plans.map(({ entry }) => entry),
  order: order.transactable,
  expected: expected.transactable,
  pendingLine,
  postedLine,
  heldLine,
  lateLine,
  payrollPending,
  payrollPosted,
  treasurer: { id: 'nadia', roles: ['FINANCE'] },
} as const
