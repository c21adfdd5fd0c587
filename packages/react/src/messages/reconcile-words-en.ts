import type { ActivityMessages, ProofMessages, ReconcileMessages, SummaryMessages, SweepMessages } from './messages.ts'
import { countText, plural } from './plural.ts'

const number = (value: number) => countText('en', value)
const bankLines = (count: number) => plural('en', count, { one: '# bank line', other: '# bank lines' })

export const reconcileEn: ReconcileMessages = {
  bankLine: 'Bank line',
  bankLines,
  ledgerEntry: 'Ledger entry',
  ledgerCandidates: 'Ledger candidates',
  noCandidates: 'No ledger entry is close to this line',
  noCandidatesHint: 'Flag it for investigation, or come back when the ledger has the entry.',
  alert: {
    AUTO_RECONCILED: {
      title: 'The source system matched this line.',
      body: 'Both sides are shown for the record. There is nothing to do.',
    },
    SYSTEM_MATCH: {
      title: 'Matched after the references were brought to one form.',
      body: 'The identifiers differ only in how they are written. The highlighted pair shows what bridged them.',
    },
    UNMATCHED: {
      title: 'The source could not connect this line.',
      body: 'The closest ledger entry is highlighted. Check the identifier and the amount, then reconcile; if nothing fits, flag it for investigation.',
    },
    FAILED_PAYMENT: {
      title: 'The bank did not process this payment.',
      body: 'Escalate it to AP. Reconcile only after a replacement payment has cleared.',
    },
    DUPLICATE: {
      title: 'Two ledger entries carry the same reference and amount.',
      body: 'Do not reconcile both. Flag the line for investigation, then reconcile the right entry.',
    },
    AMOUNT_VARIANCE: {
      title: 'The bank and the ledger hold different amounts.',
      body: 'The wire was sent in another currency. It waits until a journal entry records the difference.',
    },
    SWEEP: {
      title: 'A cash concentration sweep.',
      body: 'Sweeps carry no identifier. Both sides must add up to exactly the same amount.',
    },
  },
  duplicateBankAlert: {
    title: 'Two bank lines point at the same ledger entry.',
    body: 'Do not reconcile both. Flag them for investigation, then reconcile the right line.',
  },
  match: 'match',
  closest: 'closest',
  booked: 'Booked',
  valueDate: 'Value date',
  text: 'Text',
  bankReference: 'Bank reference',
  originalAmount: 'Original amount',
  returnCode: 'Return code',
  keyIdentifier: {
    endToEndId: 'End-to-End ID',
    checkNumber: 'Check number',
    mandateId: 'Mandate',
    structureId: 'Sweep structure',
    bankReference: 'Bank reference',
  },
  ledgerIdentifier: {
    paymentReference: 'Payment reference',
    transactionNumber: 'Transaction number',
    checkNumber: 'Check number',
    structureId: 'Sweep structure',
    documentNumber: 'Document number',
  },
  whyEntry: (entry) => `Why ${entry}`,
  whyNotEntry: (entry) => `Why not ${entry}`,
  whyNot: 'Why not?',
  margin: (bits) => `${bits} bits ahead of the next candidate`,
  noRunnerUp: 'no other candidate comes near',
  notCompared: 'The engine did not compare this pair: its amount or date is too far away.',
  signalColumn: 'Signal',
  verdictColumn: 'Verdict',
  choose: (entry) => `Choose ${entry}`,
  matchedBy: (step) => `made equal by: ${step}`,
  readOnly: 'Read-only',
  differenceOpen: 'The selected entries do not add up to the bank line.',
  reference: 'Reference',
  journalReference: 'Journal entry',
  settledAmount: (currency) => `Moved at the bank, ${currency}`,
  referenceHint: 'Why this is settled: a document, a mail, a ticket',
}

export const sweepEn: SweepMessages = {
  bankEntries: 'Bank entries',
  journalEntries: 'Journal entries',
  selected: 'Selected',
  hint: 'closes as one batch when the difference is exactly 0.00',
  counts: (bank, ledger) =>
    `${plural('en', bank, { one: '# bank entry', other: '# bank entries' })}, ${plural('en', ledger, { one: '# journal entry', other: '# journal entries' })}.`,
  excluded: 'ZBA debits (575) are shown and left out;',
  include: 'include them',
  exclude: 'leave them out again',
  locked: (difference) => `The batch closes at exactly 0.00. ${difference} are still open.`,
  toggle: (entry) => `Include ${entry}`,
}

export const proofEn: ProofMessages = {
  title: 'Does it add up?',
  openingBalance: 'Opening balance',
  movements: (count) => `Movements, ${plural('en', count, { one: '# line', other: '# lines' })}`,
  closingBalance: 'Closing balance',
  statementProof: 'Statement proof',
  balancePerBank: 'Balance per bank',
  balancePerBooks: 'Balance per books',
  bankTotal: 'Total of the bank lines',
  bookTotal: 'Total of the ledger',
  difference: 'Difference',
  unexplained: 'Unexplained',
  cause: {
    DEPOSITS_IN_TRANSIT: 'deposits in transit',
    OUTSTANDING_PAYMENTS: 'outstanding payments',
    NOT_IN_BOOKS: 'not yet in the books',
    BANK_ONLY: 'only at the bank',
    BOOK_ONLY: 'only in the ledger',
    ERRORS: 'errors',
    FX: 'FX differences',
    FEE: 'fees',
    TOLERANCE: 'tolerated differences',
    ROUNDING: 'rounding',
  },
  items: (count) => number(count),
  holds: 'It adds up to the cent.',
  broken: 'It does not add up.',
  empty: 'The proof appears after the first run.',
}

export const activityEn: ActivityMessages = {
  title: 'Activity',
  empty: 'Nothing has happened yet. Every change will be listed here.',
  by: (actor) => `by ${actor}`,
  system: 'Recon',
  event: {},
  undoEntry: (event) => `Undo: ${event}`,
  undoneEntry: 'undone',
}

export const summaryEn: SummaryMessages = {
  title: 'Summary',
  reconciledOf: (done, total) => `${done} of ${total}`,
  reconciledShare: (share) => `reconciled, ${share}`,
  reconciledAmount: 'reconciled',
  open: (oldest) => `open, oldest ${oldest}`,
  openOnly: 'open',
  failed: 'failed, not yet escalated',
  proofDifference: 'not explained by the proof',
  byScenario: 'By scenario',
  byAge: 'Open by age',
  byCause: 'Where the difference comes from',
  count: 'Count',
  amount: 'Amount',
  asTable: 'Show as table',
  ageBand: {
    today: 'today',
    days1to2: '1 to 2 days',
    days3to5: '3 to 5 days',
    days6to10: '6 to 10 days',
    older: 'older',
  },
}
