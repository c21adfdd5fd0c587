import type { Match } from '../matching/match.ts'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { BookEntry } from '../records/book-entry.ts'
import type { BankStatement } from '../records/statement.ts'
import type { Actor, Role } from '../review/permission.ts'
import type { ReviewItem } from '../review/review-item.ts'

/** A posted wire of 100.00 USD on 2026-11-20; give what matters to the test. */
export function buildBankLine(given: Partial<BankLine> & { readonly id: string }): BankLine {
  return {
    account: 'ACC-1',
    bookingDate: '2026-11-20',
    amount: money('100.00', 'USD'),
    status: 'POSTED',
    instrument: 'WIRE',
    references: {},
    ...given,
  }
}

/** A ledger entry of 100.00 USD on 2026-11-20. */
export function buildBookEntry(given: Partial<BookEntry> & { readonly id: string }): BookEntry {
  return {
    account: 'ACC-1',
    date: '2026-11-20',
    amount: money('100.00', 'USD'),
    kind: 'GL_ENTRY',
    references: {},
    ...given,
  }
}

/** A proposed link of bank line `bank-1` and entry `book-1`. */
export function buildMatch(given: Partial<Match> = {}): Match {
  const bankLineIds = given.bankLineIds ?? ['bank-1']
  const bookEntryIds = given.bookEntryIds ?? ['book-1']
  return {
    id: `match:${[...bankLineIds, ...bookEntryIds].join('+')}`,
    bankLineIds,
    bookEntryIds,
    kind: 'PARTIAL',
    status: 'PROPOSED',
    certainty: 'POSTED',
    pass: 'SCORED',
    confidence: 0.9,
    difference: money('0', 'USD'),
    adjustments: [],
    reason: { code: 'PROPOSED_BY_SCORE' },
    evidence: [],
    ...given,
  }
}

/** An open, unmatched item about bank line `bank-1`. */
export function buildReviewItem(given: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id: 'item-1',
    bankLineIds: ['bank-1'],
    bookEntryIds: [],
    perspective: 'BANK',
    scenario: 'UNMATCHED',
    bucket: 'NO_MATCH',
    status: 'OUTSTANDING',
    matches: [],
    reason: { code: 'NO_CANDIDATE' },
    severity: 40,
    version: 1,
    ...given,
  }
}

/** A statement of account ACC-1 in USD that opens and closes at 0.00 and holds no line. */
export function buildStatement(given: Partial<BankStatement> = {}): BankStatement {
  const currency = given.currency ?? 'USD'
  return {
    id: 'statement-1',
    account: 'ACC-1',
    currency,
    openingBalance: { kind: 'OPENING_BOOKED', amount: money('0', currency) },
    closingBalance: { kind: 'CLOSING_BOOKED', amount: money('0', currency) },
    balances: [],
    lines: [],
    provisional: false,
    ...given,
  }
}

export function buildActor(role: Role, id: string = role.toLowerCase()): Actor {
  return { id, roles: [role] }
}
