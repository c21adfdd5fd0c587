import type { CreditorStatement as Statement } from '@recon/core'
import { Amount } from '../parts/amount.tsx'
import { Sum } from '../proof-panel/proof-panel.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { RemittanceLedger } from './remittance-ledger.tsx'
import { useCreditorStatement } from './use-creditor-statement.ts'

export interface CreditorStatementProps {
  /** Its canonical text is not shown; the hash stands for it. */
  readonly statement: Omit<Statement, 'canonical'>
  readonly creditor: string
}

/** The monthly statement of one creditor: a sum anybody can check, its rows, and the hash of its content. */
export function CreditorStatement({ statement, creditor }: CreditorStatementProps) {
  const { messages } = useRecon()
  const words = messages.collections.statement
  const { sums, period } = useCreditorStatement(statement)
  return (
    <article className="recon-statement" aria-label={words.title(creditor)}>
      <header>
        <h2 className="recon-title">{words.title(creditor)}</h2>
        <p className="recon-subtitle">
          {period} · {statement.currency}
        </p>
      </header>
      <section className="recon-card recon-proof">
        <dl className="recon-sums">
          {sums.map((sum) => (
            <Sum key={sum.name} label={sum.label} value={sum.value} strong={sum.strong} />
          ))}
        </dl>
        <p className="recon-quiet" title={words.hashHint}>
          {words.hash}
          <span className="recon-code recon-hash">{statement.hash}</span>
        </p>
      </section>
      <h3 className="recon-heading">{words.rows}</h3>
      <RemittanceLedger rows={statement.remittances} />
      <StatementRows
        title={words.payouts}
        rows={statement.payouts.map(({ id, date, amount, reference }) => ({ id, date, amount, text: reference ?? id }))}
      />
      <StatementRows
        title={words.adjustments}
        rows={statement.adjustments.map(({ id, date, amount, reason }) => ({ id, date, amount, text: reason }))}
      />
    </article>
  )
}

interface StatementRowsProps {
  readonly title: string
  readonly rows: readonly {
    readonly id: string
    readonly date: string
    readonly amount: Statement['closing']
    readonly text: string
  }[]
}

function StatementRows({ title, rows }: StatementRowsProps) {
  const { format } = useRecon()
  if (rows.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="recon-heading">{title}</h3>
      <ul className="recon-pick-list">
        {rows.map((row) => (
          <li key={row.id} className="recon-pick">
            <time dateTime={row.date}>{format.date(row.date)}</time>
            <span className="recon-pick-words">{row.text}</span>
            <Amount value={row.amount} copyable />
          </li>
        ))}
      </ul>
    </section>
  )
}
