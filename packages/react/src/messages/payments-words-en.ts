import type { DepositSourceMessages, ImportMessages, PaymentsMessages } from './payments-messages.ts'
import { countText, plural } from './plural.ts'

const number = (value: number) => countText('en', value)

export const paymentsEn: PaymentsMessages = {
  title: 'Payments',
  tab: { OUTSTANDING: 'Outstanding', RECONCILED: 'Reconciled', UNRECEIVED: 'Unreceived' },
  bucket: { UNIQUE: 'Unique matches', PARTIAL: 'Partial matches', NO_MATCH: 'No match' },
  bucketHint: {
    UNIQUE: 'An identifier is exactly equal and only one deposit fits.',
    PARTIAL: 'One or several deposits may be this payment. Choose the right one.',
    NO_MATCH: 'No deposit fits yet.',
  },
  search: 'Search payment, customer or amount',
  paymentAndDeposits: 'Payment and suggested deposits',
  customer: 'Customer',
  deposit: (date, name) => `Deposit ${date}, ${name}`,
  forPayment: (payment) => `for ${payment}`,
  showAllDeposits: 'Show all deposits',
  allDeposits: (payment) => `All deposits for ${payment}`,
  searchDeposits: 'Search name, reference or amount',
  noDeposits: 'No open deposit fits this search.',
  more: (payment) => `More for ${payment}`,
  reconcileCount: (count) => `Reconcile selection (${number(count)})`,
  reconciledByReference: (reference) => `Reconciled with reference “${reference}”`,
  empty: {
    OUTSTANDING: 'Every payment is settled',
    RECONCILED: 'Nothing is reconciled yet',
    UNRECEIVED: 'No payment is marked as unreceived',
  },
  emptyBucket: 'No payment is in this group.',
  reference: 'Reference',
  referenceTitle: (payment) => `Reconcile ${payment} with a reference`,
}

export const depositSourceEn: DepositSourceMessages = {
  fetched: (relative) => `deposits fetched ${relative}`,
  fetchedExact: (moment) => `Last fetched ${moment}`,
  never: 'no deposits fetched yet',
  next: (time) => `next at ${time}`,
  uploadOnly: 'deposits come by file',
  refresh: 'Refresh',
  refreshing: 'Fetching…',
  upload: 'Upload CSV',
  reconcileUnique: 'Reconcile unique matches',
  reconcileUniqueHint: 'Unique matches are reconciled as they are found.',
  stale: {
    title: (when) => `Nothing was fetched since ${when}.`,
    body: 'Payments under No match may already have arrived: check the account before you mark them unreceived.',
  },
  failing: {
    title: (when) => `The bank has not answered since ${when}.`,
    body: 'Payments under No match may already have arrived: check the account before you mark them unreceived.',
  },
  invalid: {
    title: 'The bank refuses the password.',
    body: 'Fetching has stopped. Update the credentials to go on; everybody who uses this desk got a mail.',
  },
  reconnecting: 'The new credentials are being tried.',
  updateCredentials: 'Update credentials',
}

export const importEn: ImportMessages = {
  title: 'Import deposits',
  choose: 'Choose a CSV or XLSX file',
  dropHint: 'or drop it here',
  columns: 'Which column is what',
  reference: 'Reference',
  readFirst: 'Read the file with these columns first.',
  preview: (shown, total) => `Preview, ${number(shown)} of ${number(total)} rows`,
  problems: (count) => plural('en', count, { one: '# row cannot be read', other: '# rows cannot be read' }),
  problemAt: (line, message) => `Line ${number(line)}: ${message}`,
  run: (count) => `Import ${plural('en', count, { one: '# deposit', other: '# deposits' })}`,
  importing: (done, total) => `${number(done)} of ${number(total)} imported`,
}
