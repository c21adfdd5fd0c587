import type { Evidence, Reason } from '@recon/core'
import { useEffect, useState } from 'react'
import { reasonText } from '../messages/reason-messages.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { EvidenceTable } from './evidence-table.tsx'
import type { ReconcileModel } from './use-reconcile.ts'

/** Why a pair matches or does not, in answer to a person's question. */
export interface PairExplanation {
  readonly reason: Reason
  readonly evidence: readonly Evidence[]
}

export interface EvidenceDrawerProps {
  readonly row: WorkItem
  readonly model: ReconcileModel
  /** Asks the engine about a pair that is not among the item's links. */
  readonly explainPair?: ((bankLineId: string, bookEntryId: string) => Promise<PairExplanation>) | undefined
}

/** The evidence of one candidate: "why" for the selected ones, "why not" for the others. */
export function EvidenceDrawer({ row, model, explainPair }: EvidenceDrawerProps) {
  const { messages, format } = useRecon()
  const id = model.explained
  const match = row.item.matches.find((candidate) => id !== null && candidate.bookEntryIds.includes(id))
  const lineId = row.item.bankLineIds[0]
  const asked = useExplanation(match === undefined ? explainPair : undefined, lineId, id)
  if (id === null) return null
  const chosen = model.selected.includes(id) || model.candidates.some(({ entry, best }) => best && entry.id === id)
  const title = chosen ? messages.reconcile.whyEntry(id) : messages.reconcile.whyNotEntry(id)
  const evidence = match?.evidence ?? asked?.evidence
  return (
    <section className="recon-evidence" aria-label={title}>
      <header className="recon-evidence-head">
        <h3 className="recon-heading">{title}</h3>
        <span className="recon-quiet">
          {match === undefined
            ? asked === null
              ? null
              : reasonText(messages.reason, asked.reason)
            : match.runnerUp === undefined
              ? reasonText(messages.reason, match.reason)
              : `${messages.reconcile.margin(format.decimal(match.runnerUp.margin))}; ${reasonText(messages.reason, match.reason)}`}
        </span>
      </header>
      {evidence === undefined ? (
        <p className="recon-quiet">{messages.reconcile.notCompared}</p>
      ) : (
        <EvidenceTable evidence={evidence} label={title} />
      )}
    </section>
  )
}

function useExplanation(
  explainPair: EvidenceDrawerProps['explainPair'],
  lineId: string | undefined,
  entryId: string | null,
): PairExplanation | null {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: PairExplanation } | null>(null)
  const key = `${lineId ?? ''} ${entryId ?? ''}`
  useEffect(() => {
    if (explainPair === undefined || lineId === undefined || entryId === null) return
    let current = true
    explainPair(lineId, entryId).then(
      (value) => current && setAnswer({ key, value }),
      () => current && setAnswer(null),
    )
    return () => {
      current = false
    }
  }, [explainPair, lineId, entryId, key])
  return answer?.key === key ? answer.value : null
}
