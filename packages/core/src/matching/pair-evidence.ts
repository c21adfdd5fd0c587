import { nameSimilarity } from '../references/counterparty-name.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import type { Evidence, Verdict } from './evidence.ts'
import type { IdentifierBridge, MatchDraft } from './match-draft.ts'
import { renderMinor } from './match-render.ts'
import type { MatchingContext } from './matching-context.ts'
import { keyedEntryFields, keyedLineFields } from './reference-index.ts'

/** Bits the verdict of a signal weighs when it is shown; amounts are adjusted by how common they are. */
const bits = {
  identifierEqual: 20,
  identifierBridged: 16,
  identifierWeak: 4,
  identifiersDiffer: -6,
  sameDay: 4,
  nearDay: 2,
  farDay: -3,
  namesAgree: 8,
  namesClose: 4,
  namesDiffer: -4,
  accountsAgree: 6,
  accountsDiffer: -6,
  amountsDiffer: -8,
  oppositeSigns: -20,
  currenciesDiffer: -20,
  instrumentsAgree: 1,
  instrumentsDiffer: -2,
} as const

/** How telling an equal amount is: log2 of how rarely it occurs among the entries, between 1 and 12 bits. */
export function amountWeight(context: MatchingContext, entry: number): number {
  const { entries, entriesByAmount } = context
  const [first, last] = entriesByAmount.equal(entries.currency[entry] ?? 0, entries.amount[entry] ?? 0)
  const weight = Math.log2((entries.count + 8) / Math.max(1, last - first))
  return Math.round(Math.min(12, Math.max(1, weight)) * 10) / 10
}

/** Raw and normalized values of both sides of a field, where there are any. */
function values(
  bank: string | undefined,
  book: string | undefined,
  bankNormalized?: string | undefined,
  bookNormalized?: string | undefined,
) {
  return {
    ...(bank === undefined ? {} : { bank }),
    ...(book === undefined ? {} : { book }),
    ...(bankNormalized === undefined || bankNormalized === bank ? {} : { bankNormalized }),
    ...(bookNormalized === undefined || bookNormalized === book ? {} : { bookNormalized }),
  }
}

function amountEvidence(context: MatchingContext, line: number, entry: number): Evidence {
  const { lines, entries, currencies } = context
  const bank = lines.amount[line] ?? 0
  const book = entries.amount[entry] ?? 0
  const bankCurrency = currencies[lines.currency[line] ?? -1] ?? ''
  const bookCurrency = currencies[entries.currency[entry] ?? -1] ?? ''
  const base = {
    signal: 'AMOUNT' as const,
    bankField: 'amount',
    bookField: 'amount',
    ...values(
      `${renderMinor(bank, bankCurrency)} ${bankCurrency}`,
      `${renderMinor(book, bookCurrency)} ${bookCurrency}`,
    ),
  }
  if (bankCurrency !== bookCurrency) {
    return {
      ...base,
      verdict: 'DISAGREES',
      reason: { code: 'CURRENCIES_DIFFER', params: { bank: bankCurrency, book: bookCurrency } },
      weight: bits.currenciesDiffer,
    }
  }
  if (bank === book)
    return { ...base, verdict: 'AGREES', reason: { code: 'AMOUNTS_EQUAL' }, weight: amountWeight(context, entry) }
  const params = { difference: renderMinor(bank - book, bankCurrency), currency: bankCurrency }
  return bank > 0 === book > 0
    ? { ...base, verdict: 'DISAGREES', reason: { code: 'AMOUNTS_DIFFER', params }, weight: bits.amountsDiffer }
    : { ...base, verdict: 'DISAGREES', reason: { code: 'SIGNS_DIFFER', params }, weight: bits.oppositeSigns }
}

function dateEvidence(context: MatchingContext, line: number, entry: number): Evidence {
  const { lines, entries } = context
  const days = (lines.day[line] ?? 0) - (entries.day[entry] ?? 0)
  const distance = Math.abs(days)
  const verdict: Verdict =
    distance === 0 ? 'AGREES' : distance <= 5 ? 'CLOSE' : distance <= 31 ? 'NEUTRAL' : 'DISAGREES'
  const weight = distance === 0 ? bits.sameDay : distance <= 5 ? bits.nearDay : distance <= 31 ? 0 : bits.farDay
  return {
    signal: 'DATE',
    bankField: 'bookingDate',
    bookField: 'date',
    ...values(lines.rows[line]?.bookingDate, entries.rows[entry]?.date),
    verdict,
    reason: {
      code: distance === 0 ? 'SAME_DAY' : days > 0 ? 'LINE_LATER' : 'LINE_EARLIER',
      params: { days: distance },
    },
    weight,
  }
}

function nameEvidence(context: MatchingContext, line: number, entry: number): Evidence {
  const { lines, entries, names } = context
  const bankNormalized = names[lines.name[line] ?? -1]
  const bookNormalized = names[entries.name[entry] ?? -1]
  const base = {
    signal: 'NAME' as const,
    bankField: 'counterparty.name',
    bookField: 'counterparty.name',
    ...values(
      lines.rows[line]?.counterparty?.name,
      entries.rows[entry]?.counterparty?.name,
      bankNormalized,
      bookNormalized,
    ),
  }
  if (bankNormalized === undefined || bookNormalized === undefined) {
    return { ...base, verdict: 'MISSING', reason: { code: 'NAME_MISSING' }, weight: 0 }
  }
  const likeness = nameSimilarity(bankNormalized, bookNormalized)
  if (likeness >= 1) return { ...base, verdict: 'AGREES', reason: { code: 'NAMES_AGREE' }, weight: bits.namesAgree }
  if (likeness >= 0.5) return { ...base, verdict: 'CLOSE', reason: { code: 'NAMES_CLOSE' }, weight: bits.namesClose }
  return { ...base, verdict: 'DISAGREES', reason: { code: 'NAMES_DIFFER' }, weight: bits.namesDiffer }
}

function accountEvidence(context: MatchingContext, line: number, entry: number): Evidence[] {
  const bank = context.lines.rows[line]?.counterparty?.account
  const book = context.entries.rows[entry]?.counterparty?.account
  if (bank === undefined || book === undefined) return []
  const bankNormalized = canonicalReference(bank)
  const bookNormalized = canonicalReference(book)
  const agrees = bankNormalized === bookNormalized
  return [
    {
      signal: 'COUNTERPARTY_ACCOUNT',
      bankField: 'counterparty.account',
      bookField: 'counterparty.account',
      ...values(bank, book, bankNormalized, bookNormalized),
      verdict: agrees ? 'AGREES' : 'DISAGREES',
      reason: { code: agrees ? 'COUNTERPARTY_ACCOUNTS_EQUAL' : 'COUNTERPARTY_ACCOUNTS_DIFFER' },
      weight: agrees ? bits.accountsAgree : bits.accountsDiffer,
    },
  ]
}

function ownAccountEvidence(context: MatchingContext, line: number, entry: number): Evidence[] {
  const bank = context.lines.rows[line]?.account
  const book = context.entries.rows[entry]?.account
  if (bank === undefined || book === undefined || !context.accountsShared) return []
  const agrees = bank === book
  return [
    {
      signal: 'ACCOUNT',
      bankField: 'account',
      bookField: 'account',
      ...values(bank, book),
      verdict: agrees ? 'AGREES' : 'DISAGREES',
      reason: { code: agrees ? 'ACCOUNTS_EQUAL' : 'ACCOUNTS_DIFFER' },
      weight: agrees ? 0 : bits.accountsDiffer,
    },
  ]
}

function instrumentEvidence(context: MatchingContext, line: number, entry: number): Evidence[] {
  const bank = context.lines.rows[line]?.instrument
  const book = context.entries.rows[entry]?.instrument
  if (bank === undefined || book === undefined) return []
  const agrees = bank === book
  return [
    {
      signal: 'INSTRUMENT',
      bankField: 'instrument',
      bookField: 'instrument',
      ...values(bank, book),
      verdict: agrees ? 'AGREES' : 'DISAGREES',
      reason: { code: agrees ? 'INSTRUMENTS_EQUAL' : 'INSTRUMENTS_DIFFER' },
      weight: agrees ? bits.instrumentsAgree : bits.instrumentsDiffer,
    },
  ]
}

function bridgeEvidence(bridge: IdentifierBridge, weak: boolean): Evidence {
  const bankNormalized = canonicalReference(bridge.line)
  const bookNormalized = canonicalReference(bridge.entry)
  return {
    signal: bridge.lineField === 'remittanceText' ? 'REFERENCE_TEXT' : 'IDENTIFIER',
    bankField: bridge.lineField,
    bookField: bridge.entryField,
    ...values(bridge.line, bridge.entry, bankNormalized, bookNormalized),
    ...(bridge.step === undefined ? {} : { step: bridge.step }),
    verdict: weak ? 'CLOSE' : 'AGREES',
    reason:
      bridge.step === undefined
        ? { code: 'IDENTIFIERS_EQUAL' }
        : { code: 'IDENTIFIERS_EQUAL_AFTER', params: { step: bridge.step } },
    weight: weak ? bits.identifierWeak : bridge.step === undefined ? bits.identifierEqual : bits.identifierBridged,
  }
}

/** What the references of both sides say: the quote that joins them, or the values that differ. */
function referenceEvidence(context: MatchingContext, line: number, entry: number): Evidence[] {
  const { references, lines, entries } = context
  const quote = references.quotes(line).find((found) => found.entry === entry)
  if (quote !== undefined) {
    const bridge: IdentifierBridge = {
      lineField: quote.lineField,
      entryField: quote.entryField,
      line: quote.lineValue,
      entry: quote.entryValue,
      ...(quote.step === undefined ? {} : { step: quote.step }),
    }
    return [bridgeEvidence(bridge, quote.strength === 'WEAK')]
  }
  const lineSlot = references.lineKeys.findIndex((column) => (column[line] ?? -1) >= 0)
  const entrySlot = references.entryKeys.findIndex((column) => (column[entry] ?? -1) >= 0)
  const lineField = keyedLineFields[lineSlot]
  const entryField = keyedEntryFields[entrySlot]
  if (lineField === undefined || entryField === undefined) {
    return [{ signal: 'IDENTIFIER', verdict: 'MISSING', reason: { code: 'IDENTIFIER_MISSING' }, weight: 0 }]
  }
  return [
    {
      signal: 'IDENTIFIER',
      bankField: lineField,
      bookField: entryField,
      ...values(
        lines.rows[line]?.references[lineField],
        entries.rows[entry]?.references[entryField],
        references.keys[references.lineKeys[lineSlot]?.[line] ?? -1],
        references.keys[references.entryKeys[entrySlot]?.[entry] ?? -1],
      ),
      verdict: 'DISAGREES',
      reason: { code: 'IDENTIFIERS_DIFFER' },
      weight: bits.identifiersDiffer,
    },
  ]
}

/** Every signal of one pair, whether or not it was ever a candidate. */
export function pairEvidence(
  context: MatchingContext,
  line: number,
  entry: number,
  bridge?: IdentifierBridge,
): readonly Evidence[] {
  return [
    ...(bridge === undefined ? referenceEvidence(context, line, entry) : [bridgeEvidence(bridge, false)]),
    amountEvidence(context, line, entry),
    dateEvidence(context, line, entry),
    nameEvidence(context, line, entry),
    ...accountEvidence(context, line, entry),
    ...ownAccountEvidence(context, line, entry),
    ...instrumentEvidence(context, line, entry),
  ]
}

function sumEvidence(context: MatchingContext, draft: MatchDraft): Evidence {
  const { lines, entries, currencies } = context
  const currency = currencies[lines.currency[draft.lines[0] ?? 0] ?? -1] ?? ''
  const bank = draft.lines.reduce((sum, line) => sum + (lines.amount[line] ?? 0), 0)
  const book = draft.entries.reduce((sum, entry) => sum + (entries.amount[entry] ?? 0), 0)
  const equal = bank === book
  return {
    signal: 'GROUP_SUM',
    bankField: 'amount',
    bookField: 'amount',
    ...values(`${renderMinor(bank, currency)} ${currency}`, `${renderMinor(book, currency)} ${currency}`),
    verdict: equal ? 'AGREES' : 'CLOSE',
    reason: {
      code: equal ? 'TOTALS_EQUAL' : 'TOTALS_DIFFER',
      params: {
        lines: draft.lines.length,
        entries: draft.entries.length,
        difference: renderMinor(bank - book, currency),
        ...(draft.solutions === undefined ? {} : { solutions: draft.solutions }),
      },
    },
    weight: equal ? 10 : 4,
  }
}

/** The evidence of a link: its own signals first, then what is known of the pair or of the group's totals. */
export function draftEvidence(context: MatchingContext, draft: MatchDraft): readonly Evidence[] {
  const own = draft.evidence?.() ?? []
  const line = draft.lines[0]
  const entry = draft.entries[0]
  const source: Evidence[] =
    draft.pass === 'SOURCE_CONFIRMED'
      ? [
          {
            signal: 'SOURCE_STATUS',
            bankField: 'sourceStatus',
            bank: 'RECONCILED',
            verdict: 'AGREES',
            reason: { code: 'SOURCE_SAYS_RECONCILED' },
            weight: 30,
          },
        ]
      : []
  const returned: Evidence[] =
    draft.finding === 'RETURNED' && line !== undefined
      ? [
          {
            signal: 'RETURN_CODE',
            bankField: 'returnCode',
            ...values(context.lines.rows[line]?.returnCode, undefined),
            verdict: 'DISAGREES',
            reason: draft.reason,
            weight: 0,
          },
        ]
      : []
  if (line === undefined || entry === undefined) return [...source, ...returned, ...own]
  if (draft.lines.length > 1 || draft.entries.length > 1) {
    const bridged = draft.bridge === undefined ? [] : [bridgeEvidence(draft.bridge, false)]
    return [...source, ...returned, ...bridged, sumEvidence(context, draft), ...own]
  }
  const told = new Set(own.map((evidence) => evidence.signal))
  const pair = pairEvidence(context, line, entry, draft.bridge).filter((evidence) => !told.has(evidence.signal))
  return [...source, ...returned, ...own, ...pair]
}
