import { addMoney, compareMoney, isZeroMoney, type Money, subtractMoney, sumMoney } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { IsoDate } from '../records/iso-date.ts'
import type { BankStatement } from '../records/statement.ts'
import { joinPages } from './statement-pages.ts'

export const proofFindingCodes = [
  'OPENING_MISSING',
  'CLOSING_MISSING',
  'DOES_NOT_ADD_UP',
  'CURRENCY_MISMATCH',
  'GAP_BETWEEN_STATEMENTS',
  'SEQUENCE_GAP',
  'PERIODS_OVERLAP',
  'PERIOD_REVERSED',
  'PAGE_MISSING',
  'LAST_PAGE_MISSING',
  'PAGE_BREAK_DIFFERS',
  'LINE_OUTSIDE_PERIOD',
  'LINE_REPEATED',
  'PROVISIONAL',
] as const
export type ProofFindingCode = (typeof proofFindingCodes)[number]

/** Something that keeps a proof from being complete, or that a reader should know. */
export interface ProofFinding {
  readonly code: ProofFindingCode
  readonly statementIds: readonly string[]
  /** What is missing or too much, where the finding is about an amount. */
  readonly amount?: Money
  readonly ids?: readonly string[]
}

/** One account in one currency over all its statements: opening + movements = closing. */
export interface StatementProof {
  readonly account: string
  readonly currency: string
  readonly statementIds: readonly string[]
  /** First and last booking day, both included. */
  readonly firstDate?: IsoDate
  readonly lastDate?: IsoDate
  readonly opening?: Money
  /** Sum of the posted lines; pending, superseded and withdrawn lines move no money. */
  readonly movements: Money
  readonly closing?: Money
  /** opening + movements, where the opening is known. */
  readonly computedClosing?: Money
  /** closing - computedClosing: zero when the statement is true to itself. */
  readonly difference?: Money
  /** Both balances known, no difference anywhere, no page or statement missing, nothing provisional. */
  readonly proven: boolean
  readonly findings: readonly ProofFinding[]
}

/**
 * Proves every account of the statements, in order of account and currency. Statements are put in order by period, then
 * number; pages of one statement are joined. Bad amounts are findings, never exceptions.
 */
export function statementProof(statements: readonly BankStatement[]): readonly StatementProof[] {
  const groups = new Map<string, BankStatement[]>()
  for (const statement of statements) {
    const key = `${statement.account}\u0000${statement.currency}`
    groups.set(key, [...(groups.get(key) ?? []), statement])
  }
  return [...groups.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, group]) => proveAccount(group))
}

function proveAccount(group: readonly BankStatement[]): StatementProof {
  const { statements, findings } = joinPages(group)
  const found: ProofFinding[] = [...findings, ...statements.flatMap(ownFindings), ...betweenStatements(statements)]
  const { account, currency } = statements[0] as BankStatement
  const lines = statements.flatMap((statement) => postedLines(statement))
  found.push(...repeatedLines(statements))
  const opening = statements[0]?.openingBalance?.amount
  const closing = statements.at(-1)?.closingBalance?.amount
  const movements = sumMoney(
    lines.map((line) => line.amount),
    currency,
  )
  const usable = opening?.currency === currency ? opening : undefined
  const computedClosing = usable && addMoney(usable, movements)
  const difference =
    computedClosing && closing?.currency === currency ? subtractMoney(closing, computedClosing) : undefined
  const dates = lines.map((line) => line.bookingDate).sort()
  const firstDate = statements[0]?.periodStart ?? dates[0]
  const lastDate = statements.at(-1)?.periodEnd ?? dates.at(-1)
  return {
    account,
    currency,
    statementIds: statements.map((statement) => statement.id),
    ...(firstDate !== undefined && { firstDate }),
    ...(lastDate !== undefined && { lastDate }),
    ...(opening && { opening }),
    movements,
    ...(closing && { closing }),
    ...(computedClosing && { computedClosing }),
    ...(difference && { difference }),
    proven: difference !== undefined && isZeroMoney(difference) && found.length === 0,
    findings: found,
  }
}

function postedLines(statement: BankStatement): readonly BankLine[] {
  return statement.lines.filter((line) => line.status === 'POSTED' && line.amount.currency === statement.currency)
}

function ownFindings(statement: BankStatement): readonly ProofFinding[] {
  const statementIds = [statement.id]
  const findings: ProofFinding[] = []
  const { openingBalance: opening, closingBalance: closing, periodStart, periodEnd, currency } = statement
  if (!opening) findings.push({ code: 'OPENING_MISSING', statementIds })
  if (!closing) findings.push({ code: 'CLOSING_MISSING', statementIds })
  if (statement.provisional) findings.push({ code: 'PROVISIONAL', statementIds })
  const balances = [opening, closing].filter((balance) => balance && balance.amount.currency !== currency)
  const foreign = statement.lines.filter((line) => line.amount.currency !== currency).map((line) => line.id)
  if (balances.length > 0 || foreign.length > 0) {
    findings.push({ code: 'CURRENCY_MISMATCH', statementIds, ids: foreign })
  }
  if (opening?.amount.currency === currency && closing?.amount.currency === currency) {
    const movements = sumMoney(
      postedLines(statement).map((line) => line.amount),
      currency,
    )
    const amount = subtractMoney(closing.amount, addMoney(opening.amount, movements))
    if (!isZeroMoney(amount)) findings.push({ code: 'DOES_NOT_ADD_UP', statementIds, amount })
  }
  if (periodStart !== undefined && periodEnd !== undefined && periodEnd < periodStart) {
    findings.push({ code: 'PERIOD_REVERSED', statementIds })
  }
  const outside = postedLines(statement)
    .filter(
      (line) =>
        (periodStart !== undefined && line.bookingDate < periodStart) ||
        (periodEnd !== undefined && line.bookingDate > periodEnd),
    )
    .map((line) => line.id)
  if (outside.length > 0) findings.push({ code: 'LINE_OUTSIDE_PERIOD', statementIds, ids: outside })
  return findings
}

/** Each statement must open with what the one before closed with, follow its number, and start after it ended. */
function betweenStatements(statements: readonly BankStatement[]): readonly ProofFinding[] {
  return statements.slice(1).flatMap((next, index) => {
    const previous = statements[index] as BankStatement
    const statementIds = [previous.id, next.id]
    const findings: ProofFinding[] = []
    const closed = previous.closingBalance?.amount
    const opened = next.openingBalance?.amount
    if (closed && opened && closed.currency === opened.currency && compareMoney(closed, opened) !== 0) {
      findings.push({ code: 'GAP_BETWEEN_STATEMENTS', statementIds, amount: subtractMoney(opened, closed) })
    }
    const numbers = [previous.sequence, next.sequence].map(wholeNumber)
    if (numbers[0] !== undefined && numbers[1] !== undefined && numbers[1] !== numbers[0] + 1) {
      findings.push({ code: 'SEQUENCE_GAP', statementIds })
    }
    if (previous.periodEnd !== undefined && next.periodStart !== undefined && next.periodStart < previous.periodEnd) {
      findings.push({ code: 'PERIODS_OVERLAP', statementIds })
    }
    return findings
  })
}

/** A bank's own number where it counts: at most nine digits. Numbers that start over each year are not guessed at. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function repeatedLines(statements: readonly BankStatement[]): readonly ProofFinding[] {
  const seen = new Map<string, string>()
  const repeated: ProofFinding[] = []
  for (const statement of statements) {
    for (const line of statement.lines) {
      const first = seen.get(line.id)
      if (first !== undefined)
        repeated.push({ code: 'LINE_REPEATED', statementIds: [first, statement.id], ids: [line.id] })
      else seen.set(line.id, statement.id)
    }
  }
  return repeated
}
