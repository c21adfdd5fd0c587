import { currencyExponent } from '@recon/core'
import type { FormatDefectCode } from '../format-defect.ts'
import type { BalanceProof } from './balance-proof.ts'
import { shapeOf } from './cell-shape.ts'
import { type ColumnReference, parseColumnMapping } from './column-mapping.ts'
import { findCurrency } from './currency-finding.ts'
import { type DateFormatProof, proveDateFormat } from './date-format-proof.ts'
import { headerKey } from './header-key.ts'
import {
  type MappingDoubt,
  type MappingProposal,
  type MappingReason,
  mappingReason,
  type ProposalOptions,
} from './mapping-proposal.ts'
import { type Why, whyText } from './mapping-reason.ts'
import { findMoneyColumns, type MoneyColumns } from './money-columns.ts'
import { proveNotation } from './notation-proof.ts'
import { balanceProof, columnName, type Findings, moneyColumnsOf, textOf } from './proposal-findings.ts'
import { inNotation, type TableRow } from './row-reading.ts'
import { amountOf, signOf } from './sign-finding.ts'
import { type ColumnProfile, columnsFor, profileTable, type TableProfile } from './table-profile.ts'
import { findTextColumns } from './text-columns.ts'

function fail(code: FormatDefectCode, message: string, line?: number): MappingProposal {
  return { ok: false, code, message, ...(line !== undefined && { line }), reasons: [] }
}

/** The column of booking dates: by its words, else the first one that holds dates in most rows. */
function dateColumn(profile: TableProfile): ColumnProfile | undefined {
  const filled = ({ counts }: ColumnProfile) => counts.DATE + counts.AMOUNT + counts.TEXT
  const named = columnsFor(profile, 'bookingDate').filter(
    (column) => profile.body.length === 0 || column.counts.DATE * 3 >= filled(column),
  )
  const dated = named.find((column) => column.counts.DATE > 0) ?? (profile.body.length === 0 ? named[0] : undefined)
  if (dated !== undefined) return dated
  const value = columnsFor(profile, 'valueDate').find((column) => column.counts.DATE > 0)
  if (value !== undefined) return value
  return profile.columns.find(({ counts }) => counts.DATE > 0 && counts.DATE * 10 >= profile.body.length * 4)
}

/** Among several columns of numbers without names: the pair of which one is the running balance of the other. */
function amountAmong(
  columns: readonly ColumnProfile[],
  findings: Omit<Findings, 'money'>,
): { money: MoneyColumns; balance: ColumnProfile } | undefined {
  for (const amount of columns.slice(0, 8)) {
    for (const balance of columns.slice(0, 8)) {
      if (amount === balance) continue
      const money: MoneyColumns = {
        kind: 'SIGNED',
        amount,
        why: { code: 'AMOUNT_BY_BALANCE', facts: { column: columnName(balance) } },
      }
      const proof = balanceProof({ ...findings, money }, balance)
      if (proof !== undefined && proof.steps >= 2) return { money, balance }
    }
  }
  return undefined
}

/** A column without a name that is the running balance of the amounts. */
function balanceAmong(findings: Findings): ColumnProfile | undefined {
  if (findings.profile.header !== undefined) return undefined
  const money = new Set(moneyColumnsOf(findings.money))
  return findings.profile.columns.find((column) => {
    if (money.has(column) || column.counts.AMOUNT * 2 < findings.rows.length) return false
    const proof = balanceProof(findings, column)
    return proof !== undefined && proof.steps >= 2
  })
}

function notationOf(rows: readonly TableRow[], columns: readonly ColumnProfile[], exponent: number) {
  return proveNotation(
    columns.flatMap((column) =>
      rows
        .flatMap((row) => (row.numbers?.has(column.index) ? [] : [textOf(row, column)]))
        .filter((cell) => shapeOf(cell) === 'AMOUNT'),
    ),
    exponent,
  )
}

/**
 * Proposes how the columns of a table are to be read, with a reason for each decision and a doubt for each one the file does
 * not prove. A table that leaves dates or amounts open gets a refusal that says what to declare.
 */
export function proposeMapping(table: readonly TableRow[], options: ProposalOptions): MappingProposal {
  const profile = profileTable(table)
  const date = dateColumn(profile)
  if (date === undefined)
    return fail(
      'FIELD_MISSING',
      'No column holds dates, so no row can be a booking. Give a mapping, or another export of the bank.',
      table[0]?.line,
    )
  const dated = profile.body.filter((row) => shapeOf(textOf(row, date)) === 'DATE')
  const firstLine = dated[0]?.line
  const found = findMoneyColumns(profile, dated)
  if (found === undefined || dated.length === 0) return withoutRows(profile, date, dated, options)
  const candidates = 'kind' in found ? moneyColumnsOf(found) : found
  const currency = findCurrency(profile, dated, [...candidates, ...columnsFor(profile, 'balance')], options.currency)
  const exponent = currencyExponent(currency.currency)
  const balances = columnsFor(profile, 'balance').filter((column) => column.counts.AMOUNT > 0)
  const alone = notationOf(dated, candidates, exponent)
  // Balances help to prove the notation; where they are written differently they prove nothing and are left alone.
  const together = notationOf(dated, [...candidates, ...balances], exponent)
  const notation = together.kind === 'contradiction' ? alone : together
  if (notation.kind === 'contradiction') {
    return fail(
      'AMOUNT_INVALID',
      `"${notation.examples[0]}" and "${notation.examples[1]}" use one mark in two ways: the decimal mark must be declared.`,
      firstLine,
    )
  }
  if (notation.kind === 'ambiguous')
    return fail(
      'AMOUNT_INVALID',
      `"${notation.example}" may hold thousands or three decimals: the decimal mark must be declared.`,
      firstLine,
    )
  const rows = dated.map((row) => inNotation(row, notation.notation))
  const dates = proveDateFormat(
    rows.map((row) => textOf(row, date)),
    {
      ...(options.dateOrder !== undefined && { declared: options.dateOrder }),
      dayFirstLanguage: profile.header !== undefined && isDayFirst(profile.header),
      currency: currency.known ? currency.currency : undefined,
    },
  )
  if (dates.kind === 'impossible') {
    return fail(
      'DATE_INVALID',
      `"${dates.example.slice(0, 40)}" in ${columnName(date)} is no date in any order the other dates of the column have.`,
      rows.find((row) => textOf(row, date) === dates.example)?.line,
    )
  }
  if (dates.kind === 'ambiguous') {
    return fail(
      'DATE_ORDER_UNKNOWN',
      `"${dates.example}" may be ${dates.formats.join(' or ')}, and nothing in the file decides it. Declare the date order (dateOrder) or give a mapping.`,
      firstLine,
    )
  }
  const partial = { profile, rows, date, notation: notation.notation, currency, format: dates.format }
  const chosen =
    'kind' in found
      ? { money: found, balance: balances[0] ?? balanceAmong({ ...partial, money: found }) }
      : amountAmong(found, partial)
  if (chosen === undefined) {
    return fail(
      'FIELD_MISSING',
      `Several columns hold amounts (${candidates.map(columnName).join(', ')}) and nothing tells which one moved. Give a mapping.`,
      firstLine,
    )
  }
  return build({ ...partial, money: chosen.money }, chosen.balance, dates, options, notation.example)
}

const dayFirstWords =
  /^(?:datum|data|fecha|date (?:comptable|operation|de valeur|d operation)|buchung|valuta|dato|libelle|betrag|importo|importe|bedrag|montant|saldo|solde|rekening|omschrijving|verwendungszweck)/

function isDayFirst(header: TableRow): boolean {
  return header.fields.some((field) =>
    dayFirstWords.test(field.trim().toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')),
  )
}

function withoutRows(
  profile: TableProfile,
  date: ColumnProfile,
  rows: readonly TableRow[],
  options: ProposalOptions,
): MappingProposal {
  const amount = columnsFor(profile, 'amount')[0]
  if (profile.body.length > 0 || profile.header === undefined || amount === undefined) {
    const why =
      rows.length === 0
        ? `No row has a date in ${columnName(date)}.`
        : 'No column holds amounts in the rows that have dates.'
    return fail(
      'FIELD_MISSING',
      `${why} Give a mapping, or another export of the bank.`,
      profile.body[0]?.line ?? profile.header?.line,
    )
  }
  const mapping = parseColumnMapping({
    target: options.target,
    columns: { [dateField(options)]: referenceOf(date, profile) },
    amount: { kind: 'SIGNED', column: referenceOf(amount, profile) },
    defaults: { currency: options.currency ?? 'XXX' },
  })
  return { ok: true, mapping, headerLine: profile.header.line, reasons: [], doubts: [] }
}

function dateField(options: ProposalOptions): 'bookingDate' | 'date' {
  return options.target === 'bank' ? 'bookingDate' : 'date'
}

/** By header text where that is unique, else by number. */
function referenceOf(column: ColumnProfile, profile: TableProfile): ColumnReference {
  const key = headerKey(column.header)
  const unique = key !== '' && profile.columns.filter((other) => headerKey(other.header) === key).length === 1
  return unique ? column.header : column.index + 1
}

type DatesRead = Extract<DateFormatProof, { kind: 'proven' | 'assumed' }>

/** Why dates, amounts, currency and decimals are read as they are. */
function firstReasons(
  findings: Findings,
  dates: DatesRead,
  about: string,
  example: string | undefined,
): MappingReason[] {
  const { date, money, notation, currency } = findings
  const decimals: Why =
    example === undefined
      ? { code: 'DECIMALS_NONE' }
      : { code: 'DECIMALS_PROVEN', facts: { example, mark: notation.decimalMark } }
  return [
    mappingReason(about, dates.why, columnName(date)),
    mappingReason('amount', money.why, moneyColumnsOf(money).map(columnName).join(', ')),
    mappingReason('currency', currency.why),
    mappingReason('decimalMark', decimals),
  ]
}

function firstDoubts({ profile, currency }: Findings, dates: DatesRead): MappingDoubt[] {
  const doubts: MappingDoubt[] = []
  if (dates.kind === 'assumed') {
    const message = `Dates are read as ${dates.format} because ${whyText(dates.why)}; the dates themselves do not prove it.`
    doubts.push({ code: 'DATE_ORDER_ASSUMED', message, facts: { format: dates.format } })
  }
  if (!currency.known) {
    const message =
      currency.currency === 'XXX'
        ? 'The file names no currency: the amounts carry XXX until one is declared.'
        : `Amounts are read as ${currency.currency} because ${whyText(currency.why)}; other currencies use the same sign.`
    doubts.push({ code: 'CURRENCY_UNKNOWN', message, facts: { currency: currency.currency } })
  }
  if (profile.header === undefined) {
    const message = 'The file has no header: the columns were told by what they hold.'
    doubts.push({ code: 'COLUMNS_UNNAMED', message })
  }
  return doubts
}

/** What the running balance proves, as a reason or a doubt. */
function tellBalance(
  { rows }: Findings,
  balance: ColumnProfile | undefined,
  proof: BalanceProof | undefined,
  reasons: MappingReason[],
  doubts: MappingDoubt[],
): void {
  if (balance === undefined) return
  const column = columnName(balance)
  if (proof !== undefined) {
    const first = proof.order === 'OLDEST_FIRST' ? 'oldest' : 'newest'
    const facts = { first, explained: String(proof.explained), steps: String(proof.steps) }
    reasons.push(mappingReason('order', { code: 'ORDER_PROVEN', facts }, column))
  } else if (rows.length > 1) {
    const message = `The balances in ${column} do not follow from the amounts in either order; they prove nothing.`
    doubts.push({ code: 'BALANCE_UNPROVEN', message, facts: { column } })
  }
}

function build(
  findings: Findings,
  balance: ColumnProfile | undefined,
  dates: DatesRead,
  options: ProposalOptions,
  example: string | undefined,
): MappingProposal {
  const { profile, rows, date, money, notation, currency } = findings
  const reference = (column: ColumnProfile) => referenceOf(column, profile)
  const references = (list: readonly ColumnProfile[]) => {
    const [first] = list
    return list.length === 1 && first ? reference(first) : list.map(reference)
  }
  const reasons = firstReasons(findings, dates, dateField(options), example)
  const doubts = firstDoubts(findings, dates)
  const proof = balance && balanceProof(findings, balance)
  const sign = signOf(findings, proof, reasons, doubts)
  tellBalance(findings, balance, proof, reasons, doubts)
  const direction = money.kind === 'FLAG' ? [money.flag] : []
  const others = [balance, currency.column].flatMap((column) => (column === undefined ? [] : [column]))
  const used = [date, ...moneyColumnsOf(money), ...direction, ...others]
  const texts = findTextColumns(profile, rows, findings.format, used, options.target)
  reasons.push(...texts.reasons)
  const details = columnsFor(profile, 'detailAmount').find((column) => column.counts.AMOUNT > 0)
  const mapping = parseColumnMapping({
    target: options.target,
    header: profile.header === undefined ? 'NONE' : 'FIND',
    columns: {
      [dateField(options)]: reference(date),
      ...(currency.column && { currency: reference(currency.column) }),
      ...Object.fromEntries(Object.entries(texts.columns).map(([field, list]) => [field, references(list)])),
    },
    amount: amountOf(money, sign, reference),
    positive: sign.positive,
    decimalMark: notation.decimalMark,
    groupMarks: notation.groupMarks,
    dateFormat: findings.format,
    ...(balance && proof && { balance: reference(balance), balanceOrder: proof.order }),
    ...(details && { detailAmount: reference(details) }),
    rowsWithoutDate: 'DETAIL',
    defaults: { currency: currency.currency, ...(options.account !== undefined && { account: options.account }) },
  })
  return { ok: true, mapping, headerLine: profile.header?.line, reasons, doubts }
}
