import { useState } from 'react'
import type { StatementLine } from './transaction-statement.tsx'

const gone: ReadonlySet<string> = new Set(['SUPERSEDED', 'WITHDRAWN'])

/** Whether the bank has replaced or taken back a line. It stays readable. */
export function isGone({ line }: StatementLine): boolean {
  return gone.has(line.status)
}

/** The statement without markup: the lines that stand, and those the bank replaced, one touch away. */
export function useTransactionStatement(lines: readonly StatementLine[]) {
  const [showsGone, setShowsGone] = useState(false)
  const replaced = lines.filter(isGone).length
  const count = (certainty: StatementLine['certainty']) =>
    lines.filter((line) => !isGone(line) && line.certainty === certainty).length
  return {
    shown: showsGone ? lines : lines.filter((line) => !isGone(line)),
    replaced,
    tentative: count('TENTATIVE'),
    reconciled: count('RECONCILED'),
    showsGone,
    toggleGone: replaced === 0 ? null : () => setShowsGone(!showsGone),
  }
}

export type TransactionStatementModel = ReturnType<typeof useTransactionStatement>
