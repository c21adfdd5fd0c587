import { type CreditorStatement, type Money, negateMoney } from '@recon/core'
import { useRecon } from '../recon-root/recon-context.ts'

export interface StatementSum {
  readonly name: 'opening' | 'collected' | 'fees' | 'paidOut' | 'adjusted' | 'closing'
  readonly label: string
  readonly value: Money
  readonly strong: boolean
}

/** The statement without markup: the sum from the opening to the closing balance, a line each, with its sign. */
export function useCreditorStatement(statement: Omit<CreditorStatement, 'canonical'>) {
  const { messages, format } = useRecon()
  const words = messages.collections.statement
  const line = (name: StatementSum['name'], value: Money, strong = false): StatementSum => ({
    name,
    label: words[name],
    value,
    strong,
  })
  const sums: readonly StatementSum[] = [
    line('opening', statement.opening, true),
    line('collected', statement.collected),
    line('fees', negateMoney(statement.fees)),
    line('paidOut', negateMoney(statement.paidOut)),
    line('adjusted', statement.adjusted),
    line('closing', statement.closing, true),
  ]
  return { sums, period: words.period(format.longDate(statement.from), format.longDate(statement.to)) }
}

export type CreditorStatementModel = ReturnType<typeof useCreditorStatement>
