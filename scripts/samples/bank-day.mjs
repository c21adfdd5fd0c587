import { seededRandom } from './seeded-random.mjs'

export const bankDate = '2026-11-20'

/** The accounts of the sample company, Harrow & Vale Distribution. Eight store accounts sweep to zero every evening. */
export const accounts = {
  operating: { number: '0048804471', name: 'Operating', currency: 'USD', opening: 184210355 },
  payroll: { number: '0048804489', name: 'Payroll', currency: 'USD', opening: 2500000 },
  collections: { number: '0048805518', name: 'Collections', currency: 'USD', opening: 31877420 },
  euro: { number: '0048809902', name: 'Euro', currency: 'EUR', opening: 9044170 },
}
export const storeAccounts = Array.from({ length: 8 }, (_, index) => ({
  number: `004880883${index}`,
  name: `Store ${index + 1}`,
  currency: 'USD',
  opening: 0,
}))

/** BAI2 type code -> the instrument the ledger books it under, and what the bank prints in front. */
export const codes = {
  115: ['CHECK', 'Lockbox Deposit'],
  142: ['EFT', 'ACH Credit Receipt'],
  165: ['EFT', 'Preauthorized ACH Credit'],
  174: ['OTHER', 'Other Deposit'],
  195: ['WIRE', 'Incoming Wire'],
  206: ['EFT', 'Book Transfer Credit'],
  255: ['CHECK', 'Check Posted and Returned'],
  257: ['EFT', 'ACH Debit Payment Return'],
  266: ['WIRE', 'Outgoing Wire Return'],
  275: ['SWEEP', 'Cash Concentration'],
  301: ['OTHER', 'Commercial Deposit'],
  354: ['INTEREST', 'Interest Credit'],
  447: ['EFT', 'ACH Credit Payment'],
  451: ['DIRECT_DEBIT', 'ACH Debit Received'],
  455: ['DIRECT_DEBIT', 'Preauthorized ACH Debit'],
  475: ['CHECK', 'Check Paid'],
  495: ['WIRE', 'Outgoing Wire'],
  506: ['EFT', 'Book Transfer Debit'],
  514: ['WIRE', 'Foreign Exchange Debit'],
  555: ['CHECK', 'Deposited Item Returned'],
  557: ['EFT', 'ACH Credit Receipt Return'],
  567: ['FEE', 'Return Item Fee'],
  575: ['SWEEP', 'Cash Concentration'],
  661: ['FEE', 'Account Analysis Fee'],
  698: ['FEE', 'Miscellaneous Fees'],
}

export function isCredit(code) {
  return code >= 101 && code <= 399
}

/** A day under construction: bank lines as the bank will print them, and the ledger entries that belong to them or do not. */
export function createDay(seed) {
  const random = seededRandom(seed)
  const lines = []
  const entries = []
  let reference = 41830
  let entryNumber = 90100
  let checkNumber = 104380
  let trace = 46892100

  const bankReference = () => {
    trace += random.integer(3, 41)
    return `BR${trace}`
  }
  /** A line of the statement; `minor` is unsigned, its direction comes from the code. */
  const line = (account, code, minor, rest = {}) => {
    const added = { account, code, minor, bankReference: bankReference(), ...rest }
    lines.push(added)
    return added
  }
  /** A ledger entry; `minor` is signed as the bank account sees it. */
  const entry = (account, code, minor, rest = {}) => {
    entryNumber += random.integer(1, 4)
    const [instrument] = codes[code]
    const added = {
      id: `GL-${entryNumber}`,
      account,
      date: bankDate,
      minor,
      currency: account.currency,
      instrument,
      kind: 'GL_ENTRY',
      source: 'ORACLE_FUSION',
      ...rest,
    }
    entries.push(added)
    return added
  }
  return {
    random,
    lines,
    entries,
    line,
    entry,
    nextReference: () => {
      reference += random.integer(7, 61)
      return String(reference)
    },
    nextCheck: () => {
      checkNumber += random.integer(1, 6)
      return String(checkNumber)
    },
    businessDayBack: (days) => {
      const back = ['2026-11-20', '2026-11-19', '2026-11-18', '2026-11-17', '2026-11-16', '2026-11-13', '2026-11-12']
      return back[Math.min(days, back.length - 1)]
    },
  }
}

/** A payment and its ledger entry that agree; `change` alters either side to make the scenario. */
export function pair(day, account, code, minor, name, change = {}) {
  const check = code === 475 ? (change.reference ?? day.nextCheck()) : undefined
  const reference = check ?? change.reference ?? day.nextReference()
  const sign = isCredit(code) ? 1 : -1
  const line = day.line(account, code, minor, {
    name,
    ...(check === undefined ? { endToEndId: reference } : { checkNumber: reference }),
    ...change.line,
  })
  const entry = day.entry(account, code, sign * minor, {
    counterpartyName: name,
    date: day.businessDayBack(check === undefined ? day.random.integer(0, 1) : day.random.integer(2, 6)),
    ...(check === undefined
      ? { paymentReference: reference, kind: 'PAYMENT' }
      : { transactionNumber: reference, kind: 'PAPER_ITEM' }),
    ...change.entry,
  })
  return { line, entry, reference }
}
