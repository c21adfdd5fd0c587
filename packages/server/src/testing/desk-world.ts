import { type BankLine, type BookEntry, money } from '@recon/core'

const day = '2026-11-20'
const usd = (amount: string) => money(amount, 'USD')

type LineFields = Partial<Omit<BankLine, 'id' | 'amount'>>
type EntryFields = Partial<Omit<BookEntry, 'id' | 'amount'>>

export function bankLine(id: string, amount: string, fields: LineFields = {}): BankLine {
  return { id, account: '0048', bookingDate: day, amount: usd(amount), status: 'POSTED', references: {}, ...fields }
}

export function bookEntry(id: string, amount: string, fields: EntryFields = {}): BookEntry {
  return { id, account: '0048', date: day, amount: usd(amount), kind: 'GL_ENTRY', references: {}, ...fields }
}

/** A small bank day with every scenario of the cash management desk once. */
export function deskWorld(prefix = ''): { bankLines: BankLine[]; bookEntries: BookEntry[] } {
  const name = (id: string) => `${prefix}${id}`
  const wire = { instrument: 'WIRE', transactionCode: '495' } as const
  const bankLines = [
    bankLine(name('B-auto'), '-125.00', {
      ...wire,
      references: { endToEndId: 'PAY-1001' },
      sourceStatus: 'RECONCILED',
      sourceEntryIds: [name('L-auto')],
    }),
    bankLine(name('B-system'), '-340.10', { ...wire, references: { endToEndId: '0001002' } }),
    bankLine(name('B-open'), '-77.70', {
      ...wire,
      references: { endToEndId: 'PAY-7777' },
      counterparty: { name: 'Northwind Traders' },
    }),
    bankLine(name('B-failed'), '-210.00', {
      instrument: 'EFT',
      references: { endToEndId: 'PAY-1004' },
      returnCode: 'R02',
    }),
    bankLine(name('B-double'), '-99.00', { ...wire, references: { endToEndId: 'PAY-1005' } }),
    bankLine(name('B-fx'), '-1090.00', {
      instrument: 'WIRE',
      transactionCode: '514',
      references: { endToEndId: 'PAY-1006' },
    }),
    bankLine(name('B-sweep-1'), '500.00', { instrument: 'SWEEP', transactionCode: '275', references: {} }),
    bankLine(name('B-sweep-2'), '250.00', { instrument: 'SWEEP', transactionCode: '275', references: {} }),
  ]
  const bookEntries = [
    bookEntry(name('L-auto'), '-125.00', { instrument: 'WIRE', references: { paymentReference: 'PAY-1001' } }),
    bookEntry(name('L-system'), '-340.10', { instrument: 'WIRE', references: { paymentReference: '1002' } }),
    bookEntry(name('L-near'), '-77.70', { counterparty: { name: 'Northwind Traders Inc' } }),
    bookEntry(name('L-failed'), '-210.00', { instrument: 'EFT', references: { paymentReference: 'PAY-1004' } }),
    bookEntry(name('L-double-1'), '-99.00', { instrument: 'WIRE', references: { paymentReference: 'PAY-1005' } }),
    bookEntry(name('L-double-2'), '-99.00', { instrument: 'WIRE', references: { paymentReference: 'PAY-1005' } }),
    bookEntry(name('L-fx'), '-1084.55', { instrument: 'WIRE', references: { paymentReference: 'PAY-1006' } }),
    bookEntry(name('L-sweep-1'), '500.00', { instrument: 'SWEEP', references: { description: 'ZBA SWEEP' } }),
    bookEntry(name('L-sweep-2'), '249.99', { instrument: 'SWEEP', references: { description: 'ZBA SWEEP' } }),
    bookEntry(name('L-sweep-3'), '0.01', { instrument: 'SWEEP', references: { description: 'ZBA SWEEP' } }),
  ]
  return { bankLines, bookEntries }
}
