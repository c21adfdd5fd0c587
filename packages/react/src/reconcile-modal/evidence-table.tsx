import { type Evidence, isIsoDate, type Verdict } from '@recon/core'
import { plainWords, reasonText } from '../messages/reason-messages.ts'
import type { Tone } from '../parts/scenario-badge.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

const verdictTone: Readonly<Record<Verdict, Tone>> = {
  AGREES: 'good',
  CLOSE: 'warning',
  NEUTRAL: 'neutral',
  DISAGREES: 'danger',
  MISSING: 'neutral',
}

/** Signal by signal: what both sides said, what became of it, and what it says for or against the pair. */
export function EvidenceTable({ evidence, label }: { readonly evidence: readonly Evidence[]; readonly label: string }) {
  const { messages, format } = useRecon()
  const readable = (entry: Evidence, raw: string | undefined) =>
    raw !== undefined && entry.signal === 'DATE' && isIsoDate(raw)
      ? format.date(raw)
      : raw?.replace(/^-(?=\d)/, '\u2212')
  return (
    <table className="recon-table" data-kind="evidence" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{messages.reconcile.signalColumn}</th>
          <th scope="col">{messages.reconcile.bankLine}</th>
          <th scope="col">{messages.reconcile.ledgerEntry}</th>
          <th scope="col">{messages.reconcile.verdictColumn}</th>
        </tr>
      </thead>
      <tbody>
        {evidence.map((entry) => (
          <tr key={`${entry.signal}:${entry.bankField ?? ''}:${entry.bookField ?? ''}`} data-verdict={entry.verdict}>
            <th scope="row">{messages.signal[entry.signal]}</th>
            <td>
              <Normalized raw={readable(entry, entry.bank)} normalized={entry.bankNormalized} />
            </td>
            <td>
              <Normalized raw={readable(entry, entry.book)} normalized={entry.bookNormalized} />
            </td>
            <td>
              <span className="recon-verdict" data-tone={verdictTone[entry.verdict]}>
                {verdictText(entry, messages)}
              </span>
              {entry.weight === 0 ? null : (
                <span className="recon-weight">{`${entry.weight > 0 ? '+' : ''}${format.decimal(entry.weight)}`}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function verdictText(entry: Evidence, messages: ReturnType<typeof useRecon>['messages']): string {
  const known = Object.hasOwn(messages.reason, entry.reason.code)
  const words = known ? reasonText(messages.reason, entry.reason) : messages.verdict[entry.verdict]
  if (entry.step === undefined) return words
  const step = Object.hasOwn(messages.step, entry.step) ? messages.step[entry.step] : plainWords(entry.step)
  return `${words}, ${step}`
}

function Normalized({
  raw,
  normalized,
}: {
  readonly raw: string | undefined
  readonly normalized: string | undefined
}) {
  if (raw === undefined) return <span className="recon-quiet">–</span>
  return (
    <span className="recon-code">
      {raw}
      {normalized === undefined || normalized === raw ? null : (
        <>
          <span className="recon-arrow"> → </span>
          {normalized}
        </>
      )}
    </span>
  )
}
