import {
  type BankLine,
  type BankStatement,
  fromMinorUnits,
  type Money,
  type ReviewItem,
  toMinorUnits,
  type UnreconciledItem,
} from '@recon/core'
import { loadStatementRun, type StatementRun } from '../portal/statement-run.ts'
import { loadRecords } from '../store/load-records.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { csvLine, number, text } from './csv-writer.ts'
import { type PdfLine, writePdf } from './pdf-writer.ts'

interface ReportLine {
  readonly line: BankLine
  readonly outcome: 'EXACT' | 'CONFIRMED' | 'MANUAL' | 'RESOLVED' | 'OPEN'
  readonly entryIds: readonly string[]
  readonly resolution: UnreconciledItem['resolution']
  readonly answer: UnreconciledItem['response']
}

export interface RunReport {
  readonly loaded: StatementRun
  readonly lines: readonly ReportLine[]
  readonly opening: Money | undefined
  readonly closing: Money | undefined
}

/** What became of every line of a statement. */
export async function readRunReport(unit: UnitOfWork, runId: string): Promise<RunReport> {
  const loaded = await loadStatementRun(unit, runId)
  const items = await unit.db
    .selectFrom('item')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .execute()
  const asked = new Map(loaded.unreconciled.map((item) => [item.bankLineId, item]))
  const reviewOf = new Map<string, ReviewItem>()
  for (const row of items) {
    const item = row.body as ReviewItem
    for (const id of item.bankLineIds) reviewOf.set(id, item)
  }
  const { bankLines } = await loadRecords(unit.db, unit.tenantId, { bankLineIds: reviewOf.keys(), bookEntryIds: [] })
  const lines = [...bankLines.values()]
    .sort((left, right) => (`${left.bookingDate} ${left.id}` < `${right.bookingDate} ${right.id}` ? -1 : 1))
    .map((line): ReportLine => {
      const decision = reviewOf.get(line.id)?.decision
      const item = asked.get(line.id)
      const outcome = decision?.state ?? (item?.status === 'RESOLVED' ? 'RESOLVED' : 'OPEN')
      return {
        line,
        outcome,
        entryIds: decision?.bookEntryIds ?? [],
        resolution: item?.resolution,
        answer: item?.response,
      }
    })
  const statement = await unit.db
    .selectFrom('statement')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', loaded.run.statementId)
    .executeTakeFirst()
  const head = statement?.body as Partial<BankStatement> | undefined
  return { loaded, lines, opening: head?.openingBalance?.amount, closing: head?.closingBalance?.amount }
}

const header = [
  'date',
  'bank_line_id',
  'amount',
  'currency',
  'description',
  'outcome',
  'entry_ids',
  'resolution',
  'resolved_by',
  'client_answer',
  'category',
  'client_note',
]

/** One row a bank line. */
export function runReportCsv(report: RunReport): string {
  const rows = report.lines.map(({ line, outcome, entryIds, resolution, answer }) =>
    csvLine([
      text(line.bookingDate),
      text(line.id),
      number(line.amount.amount),
      text(line.amount.currency),
      text(line.references.remittanceText ?? line.counterparty?.name),
      text(outcome),
      text(entryIds.join(' ')),
      text(resolution?.how),
      text(resolution?.actorId),
      text(answer?.kind),
      text(answer?.category),
      text(answer?.note),
    ]),
  )
  return csvLine(header.map(text)) + rows.join('')
}

const right = 499

/** The same for people: balances, matches, what the client answered. */
export function runReportPdf(report: RunReport): Uint8Array {
  const { run, client } = report.loaded
  const title = `Reconciliation report · ${client.legalName}`
  const pair = (label: string, value: string): PdfLine => ({
    cells: [
      { at: 0, text: label },
      { at: right, text: value, right: true },
    ],
  })
  const amount = (value: Money | undefined) =>
    value === undefined ? 'not stated' : `${value.amount} ${value.currency}`
  const count = (outcome: ReportLine['outcome']) => String(report.lines.filter((one) => one.outcome === outcome).length)
  const lines: PdfLine[] = [
    { cells: [{ at: 0, text: title }], size: 16, bold: true },
    {
      cells: [{ at: 0, text: `Statement ${run.statementId}, ${run.periodStart} to ${run.periodEnd}` }],
      above: 4,
      ruled: true,
    },
    { ...pair('Opening balance', amount(report.opening)), above: 10 },
    ...movements(report).map((sum) => pair(`Movements (${report.lines.length} lines)`, amount(sum))),
    pair('Closing balance', amount(report.closing)),
    { ...pair('Matched by the engine', count('EXACT')), above: 10 },
    pair('Proposals confirmed', count('CONFIRMED')),
    pair('Matched by hand or from answers', count('MANUAL')),
    pair('Resolved without a match', count('RESOLVED')),
    pair('Answered by the client', String(report.lines.filter((one) => one.answer !== undefined).length)),
    {
      cells: columns('Date', 'Line', 'Outcome', 'Entries or resolution', 'Amount'),
      bold: true,
      above: 14,
      ruled: true,
    },
    ...report.lines.map(
      ({ line, outcome, entryIds, resolution, answer }): PdfLine => ({
        cells: columns(
          line.bookingDate,
          (line.counterparty?.name ?? line.references.remittanceText ?? line.id).replaceAll('\n', ' ').slice(0, 34),
          outcome,
          (entryIds.join(' ') || (resolution?.reason ?? answer?.note ?? '')).slice(0, 30),
          `${line.amount.amount} ${line.amount.currency}`,
        ),
      }),
    ),
  ]
  return writePdf(title, lines)
}

function columns(date: string, line: string, outcome: string, what: string, amount: string): PdfLine['cells'] {
  return [
    { at: 0, text: date },
    { at: 60, text: line },
    { at: 235, text: outcome },
    { at: 300, text: what },
    { at: right, text: amount, right: true },
  ]
}

function movements(report: RunReport): Money[] {
  const sums = new Map<string, bigint>()
  for (const { line } of report.lines) {
    const { currency } = line.amount
    sums.set(currency, (sums.get(currency) ?? 0n) + toMinorUnits(line.amount))
  }
  return [...sums].sort().map(([currency, sum]) => fromMinorUnits(sum, currency))
}
