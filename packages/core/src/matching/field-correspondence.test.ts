import { describe, expect, it } from 'vitest'
import { matchLines } from '../match-lines.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'

const line = (id: string, amount: string, references: BankLine['references']): BankLine => ({
  id,
  bookingDate: '2026-05-12',
  amount: money(amount, 'USD'),
  status: 'POSTED',
  references,
})
const entry = (id: string, amount: string, references: BookEntry['references']): BookEntry => ({
  id,
  date: '2026-05-11',
  amount: money(amount, 'USD'),
  kind: 'GL_ENTRY',
  references,
})
/** A source that writes the document number into the bank reference of every line. */
const linked = Array.from({ length: 30 }, (_, at) => at)
const bankLines = linked.map((at) =>
  line(`b${at}`, `${1000 + at * 7}.13`, { bankReference: `DOC-${50_001 + at * 17}` }),
)
const bookEntries = linked.map((at) =>
  entry(`e${at}`, `${1000 + at * 7}.13`, { documentNumber: `DOC-${50_001 + at * 17}` }),
)

describe('field correspondence', () => {
  const strangerLine = line('stranger', '777.77', { bankReference: 'DOC-71234' })
  const strangerEntry = entry('other', '777.77', { documentNumber: 'DOC-93876' })

  it('learns that two fields hold one identifier, and takes a difference there as a contradiction', () => {
    const run = matchLines({ bankLines: [...bankLines, strangerLine], bookEntries: [...bookEntries, strangerEntry] })
    expect(run.matches.filter((match) => match.bankLineIds.includes('stranger'))).toEqual([])
  })

  it('says nothing where the run shows no such correspondence', () => {
    const run = matchLines({ bankLines: [strangerLine], bookEntries: [strangerEntry] })
    expect(run.matches.map((match) => match.bookEntryIds)).toEqual([['other']])
  })
})
