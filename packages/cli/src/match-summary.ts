import {
  addMoney,
  type BankLine,
  type BookEntry,
  fromMinorUnits,
  type MatchRun,
  type Money,
  type ReviewItem,
  type RunProof,
  type Scenario,
  scenarios,
  toMinorUnits,
} from '@recon/core'
import { reasonWords } from './reason-words.ts'
import { textTable } from './text-table.ts'

export interface MatchedFile {
  readonly side: 'bank' | 'ledger'
  readonly name: string
  readonly format: string
  readonly records: number
  readonly warnings: number
}

export interface SummaryInput {
  readonly run: MatchRun
  readonly files: readonly MatchedFile[]
  readonly bankLines: ReadonlyMap<string, BankLine>
  readonly bookEntries: ReadonlyMap<string, BookEntry>
  readonly seconds: number
}

const scenarioWords: Readonly<Record<Scenario, string>> = {
  AUTO_RECONCILED: 'Auto-reconciled',
  SYSTEM_MATCH: 'System match',
  UNMATCHED: 'Unmatched',
  FAILED_PAYMENT: 'Failed payment',
  DUPLICATE: 'Duplicate',
  AMOUNT_VARIANCE: 'Amount variance',
  SWEEP: 'Sweep',
}

const right = 'right' as const
const openShown = 40

/** What a person can check by hand: the files, the scenarios, what is open, and the difference down to the cent. */
export function matchSummary(input: SummaryInput): string {
  return [filesPart(input), scenarioPart(input), openPart(input), ...input.run.proofs.map(proofPart)].join('\n')
}

function filesPart({ files, seconds }: SummaryInput): string {
  const rows = files.map((file) => [
    file.side,
    file.name,
    file.format,
    String(file.records),
    file.warnings === 0 ? '' : `${file.warnings} warnings`,
  ])
  const table = textTable(
    [
      { title: 'Side' },
      { title: 'File', maximum: 60 },
      { title: 'Format' },
      { title: 'Records', align: right },
      { title: '' },
    ],
    rows,
  )
  return `${table}matched in ${seconds.toFixed(2)} s\n`
}

function scenarioPart({ run, bankLines, bookEntries }: SummaryInput): string {
  const currencies = run.proofs.map((proof) => proof.currency)
  const rows = scenarios.map((scenario) => {
    const items = run.items.filter((item) => item.scenario === scenario)
    // what is listed: bank lines, or the entries where the policy lists those
    const lines = items.flatMap((item): readonly (BankLine | BookEntry)[] =>
      item.perspective === 'BOOK'
        ? item.bookEntryIds.flatMap((id) => bookEntries.get(id) ?? [])
        : item.bankLineIds.flatMap((id) => bankLines.get(id) ?? []),
    )
    const done = items.filter((item) => item.status === 'RECONCILED').length
    const sums = currencies.map((currency) =>
      sumOf(
        lines.filter((line) => line.amount.currency === currency).map((line) => line.amount),
        currency,
      ),
    )
    return [
      scenarioWords[scenario],
      String(items.length),
      String(lines.length),
      String(done),
      String(items.length - done),
      ...sums.map((sum) => sum.amount),
    ]
  })
  const total = (index: number) => String(rows.reduce((sum, row) => sum + Number(row[index]), 0))
  const totals = currencies.map((currency, index) =>
    sumOf(
      rows.map((row) => ({ amount: row[5 + index] ?? '', currency })),
      currency,
    ),
  )
  const listed = run.items[0]?.perspective === 'BOOK' ? 'Entries' : 'Lines'
  const columns = ['Items', listed, 'Reconciled', 'Open', ...currencies.map((currency) => `Amount ${currency}`)]
  return textTable(
    [{ title: 'Scenario' }, ...columns.map((title) => ({ title, align: right }))],
    [...rows, ['All', total(1), total(2), total(3), total(4), ...totals.map((sum) => sum.amount)]],
  )
}

function sumOf(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(addMoney, fromMinorUnits(0n, currency))
}

function openPart(input: SummaryInput): string {
  const open = input.run.items.filter((item) => item.status !== 'RECONCILED')
  if (open.length === 0) return 'Nothing is open.\n'
  const table = textTable(
    [
      { title: 'Open' },
      { title: 'Record', maximum: 28 },
      { title: 'Date' },
      { title: 'Amount', align: right },
      { title: '' },
      { title: 'Counterparty or reference', maximum: 32 },
      { title: 'Best candidate', maximum: 20 },
      { title: 'Difference', align: right },
      { title: 'Why', maximum: 60 },
    ],
    open.slice(0, openShown).map((item) => openRow(item, input)),
  )
  const more = open.length > openShown ? `and ${open.length - openShown} more: --json or --out has them all\n` : ''
  return table + more
}

const longestShownId = 24

/** Ids made from the content say nothing to a person: the bank's own reference stands for them. */
function shownId(line: BankLine | undefined): string | undefined {
  if (line === undefined || line.id.length <= longestShownId) return line?.id
  return line.references.bankReference ?? line.id
}

function openRow(item: ReviewItem, { bankLines, bookEntries }: SummaryInput): readonly string[] {
  const lines = item.bankLineIds.flatMap((id) => bankLines.get(id) ?? [])
  const entries = item.bookEntryIds.flatMap((id) => bookEntries.get(id) ?? [])
  const first = lines[0]
  const amounts = lines.length > 0 ? lines.map((line) => line.amount) : entries.map((entry) => entry.amount)
  const currency = amounts[0]?.currency ?? ''
  const single = amounts.every((amount) => amount.currency === currency)
  const best = item.matches[0]
  const record = first ?? entries[0]
  const who = record?.counterparty?.name ?? first?.references.endToEndId ?? first?.references.checkNumber
  return [
    scenarioWords[item.scenario],
    lines.length > 1 ? `${lines.length} lines` : (shownId(first) ?? entries[0]?.id ?? ''),
    first?.bookingDate ?? entries[0]?.date ?? '',
    single && currency !== '' ? sumOf(amounts, currency).amount : 'mixed',
    currency,
    who ?? first?.references.structureId ?? first?.references.remittanceText?.split('\n')[0] ?? '',
    best === undefined
      ? '-'
      : best.bookEntryIds.length > 1
        ? `${best.bookEntryIds.length} entries`
        : (best.bookEntryIds[0] ?? '-'),
    best === undefined ? '' : best.difference.amount,
    reasonWords(item.reason),
  ]
}

const bankCauses: Readonly<Record<string, string>> = {
  BANK_UNMATCHED: 'at the bank, no link made',
  BANK_FAILED_PAYMENT: 'at the bank, failed payments',
  BANK_DUPLICATE: 'at the bank, possible duplicates',
  BANK_AMOUNT_VARIANCE: 'at the bank, wires waiting for their FX journal',
  BANK_SWEEP: 'at the bank, sweeps not closed',
  BANK_SYSTEM_MATCH: 'at the bank, references agree, not confirmed',
  BOOK_OPEN: 'in the books, not at the bank',
  BOOK_PROPOSED: 'in the books, proposed for a line',
  LINKED_DIFFERENCE: 'left over in links that were made',
}

export function causeWords(cause: string): string {
  return bankCauses[cause] ?? reasonWords({ code: cause })
}

/** Both sides, the difference, and what explains it; the parts add up to the minor unit. */
export function proofPart(proof: RunProof): string {
  const rows = [
    ['bank lines', '', proof.bankTotal.amount],
    ['ledger entries', '', proof.bookTotal.amount],
    ['difference', '', proof.difference.amount],
    ...proof.causes.map((cause) => [`  ${causeWords(cause.cause)}`, String(cause.count), cause.amount.amount]),
    ['left unexplained', '', proof.unexplained.amount],
  ]
  const verdict =
    toMinorUnits(proof.unexplained) === 0n ? 'explained to the minor unit' : 'NOT EXPLAINED: please report this'
  return `${textTable(
    [{ title: `Proof ${proof.currency}` }, { title: 'Count', align: right }, { title: 'Amount', align: right }],
    rows,
  )}${verdict}\n`
}
