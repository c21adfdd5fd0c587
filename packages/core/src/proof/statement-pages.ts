import { compareMoney, subtractMoney } from '../money/money.ts'
import type { BankStatement } from '../records/statement.ts'
import type { ProofFinding } from './statement-proof.ts'

export interface JoinedStatements {
  /** In order of time, one per statement number. */
  readonly statements: readonly BankStatement[]
  readonly findings: readonly ProofFinding[]
}

/**
 * Joins the pages of each statement of one account: the opening of the first, the closing of the last, all lines. A page that
 * is not there, or one that does not open with what the page before closed with, is a finding.
 */
export function joinPages(statements: readonly BankStatement[]): JoinedStatements {
  const findings: ProofFinding[] = []
  const whole = statements.filter((statement) => statement.page === undefined || statement.sequence === undefined)
  const bySequence = new Map<string, BankStatement[]>()
  for (const statement of statements) {
    if (statement.page === undefined || statement.sequence === undefined) continue
    bySequence.set(statement.sequence, [...(bySequence.get(statement.sequence) ?? []), statement])
  }
  const joined = [...bySequence.values()].map((pages) => {
    const ordered = [...pages].sort((left, right) => (left.page as number) - (right.page as number))
    findings.push(...pageFindings(ordered))
    return joinOne(ordered)
  })
  return { statements: [...whole, ...joined].sort(inOrderOfTime), findings }
}

function pageFindings(pages: readonly BankStatement[]): readonly ProofFinding[] {
  const statementIds = pages.map((page) => page.id)
  const findings: ProofFinding[] = []
  if (pages.some((page, index) => page.page !== index + 1)) findings.push({ code: 'PAGE_MISSING', statementIds })
  const says = pages.some((page) => page.lastPage !== undefined)
  if (says && pages.at(-1)?.lastPage !== true) findings.push({ code: 'LAST_PAGE_MISSING', statementIds })
  pages.slice(1).forEach((next, index) => {
    const closed = pages[index]?.closingBalance?.amount
    const opened = next.openingBalance?.amount
    if (!closed || !opened || closed.currency !== opened.currency || compareMoney(closed, opened) === 0) return
    const amount = subtractMoney(opened, closed)
    findings.push({ code: 'PAGE_BREAK_DIFFERS', statementIds: [statementIds[index] as string, next.id], amount })
  })
  return findings
}

function joinOne(pages: readonly BankStatement[]): BankStatement {
  const first = pages[0] as BankStatement
  const last = pages.at(-1) as BankStatement
  const { openingBalance, closingBalance: _closing, periodEnd: _end, page: _page, lastPage: _last, ...rest } = first
  return {
    ...rest,
    ...(openingBalance && { openingBalance }),
    ...(last.closingBalance && { closingBalance: last.closingBalance }),
    ...(last.periodEnd !== undefined && { periodEnd: last.periodEnd }),
    balances: pages.flatMap((page) => page.balances),
    lines: pages.flatMap((page) => page.lines),
    provisional: pages.some((page) => page.provisional),
  }
}

function inOrderOfTime(left: BankStatement, right: BankStatement): number {
  const [leftKey, rightKey] = [timeKey(left), timeKey(right)]
  return leftKey === rightKey ? (left.id < right.id ? -1 : 1) : leftKey < rightKey ? -1 : 1
}

function timeKey(statement: BankStatement): string {
  const start =
    statement.periodStart ?? statement.openingBalance?.date ?? statement.periodEnd ?? firstBooking(statement)
  return `${start} ${(statement.sequence ?? '').padStart(12, '0')}`
}

function firstBooking(statement: BankStatement): string {
  return statement.lines.map((line) => line.bookingDate).sort()[0] ?? ''
}
