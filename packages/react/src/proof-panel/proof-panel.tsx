import { isZeroMoney, type Money, type RunProof } from '@recon/core'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useProof } from './use-proof.ts'

export interface BalanceProof {
  readonly opening: Money
  readonly movements: Money
  readonly lineCount: number
  readonly closing: Money
  /** Closing minus opening minus movements: zero when the statement adds up. */
  readonly difference: Money
}

export interface ProofPanelProps {
  readonly proof: RunProof | null
  /** The statement's own balances, where the file carried them. */
  readonly balances?: BalanceProof
}

/** Does it add up? Both sides, their difference, and where each part of it comes from, down to zero. */
export function ProofPanel({ proof, balances }: ProofPanelProps) {
  const { messages } = useRecon()
  const words = messages.proof
  const { causes, holds } = useProof(proof)
  if (proof === null) {
    return (
      <section className="recon-card recon-proof" aria-label={words.title}>
        <h2 className="recon-heading">{words.title}</h2>
        <p className="recon-quiet">{words.empty}</p>
      </section>
    )
  }
  return (
    <section className="recon-card recon-proof" aria-label={words.title}>
      <h2 className="recon-heading">{words.title}</h2>
      {balances === undefined ? null : (
        <dl className="recon-sums">
          <Sum label={words.openingBalance} value={balances.opening} />
          <Sum label={words.movements(balances.lineCount)} value={balances.movements} />
          <Sum label={words.closingBalance} value={balances.closing} />
          <Sum label={words.statementProof} value={balances.difference} verdict />
        </dl>
      )}
      <dl className="recon-sums">
        <Sum label={words.bankTotal} value={proof.bankTotal} />
        <Sum label={words.bookTotal} value={proof.bookTotal} />
        <Sum label={words.difference} value={proof.difference} strong />
        {causes.map((cause) => (
          <Sum key={cause.cause} label={cause.label} value={cause.amount} part />
        ))}
        <Sum label={words.unexplained} value={proof.unexplained} verdict />
      </dl>
      <p className="recon-proof-verdict" data-tone={holds ? 'good' : 'danger'}>
        {holds ? words.holds : words.broken}
      </p>
    </section>
  )
}

interface SumProps {
  readonly label: string
  readonly value: Money
  readonly strong?: boolean
  readonly part?: boolean
  /** Zero is good here, anything else is not. */
  readonly verdict?: boolean
}

export function Sum({ label, value, strong, part, verdict }: SumProps) {
  const tone = verdict ? (isZeroMoney(value) ? 'good' : 'danger') : undefined
  return (
    <div className="recon-sum" data-tone={tone} data-strong={strong ? '' : undefined} data-part={part ? '' : undefined}>
      <dt>{label}</dt>
      <dd>
        <Amount value={value} currency={verdict || strong || false} copyable />
      </dd>
    </div>
  )
}
