import type { KeyboardEvent } from 'react'
import { commandOf, type KeyCommand } from '../key-map/key-map.ts'
import { reasonText } from '../messages/reason-messages.ts'
import { Amount } from '../parts/amount.tsx'
import { Keycap } from '../parts/keycap.tsx'
import { ModalFrame } from '../parts/modal-frame.tsx'
import { ScenarioBadge, scenarioTone } from '../parts/scenario-badge.tsx'
import { EmptyState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { rowName, type WorkItem } from '../work-item.ts'
import { BankLineFacts } from './bank-line-facts.tsx'
import { CandidateTable } from './candidate-table.tsx'
import { EvidenceDrawer, type EvidenceDrawerProps } from './evidence-drawer.tsx'
import { keyIdentifierOf } from './key-identifier.ts'
import { ReconcileFoot } from './reconcile-foot.tsx'
import { type ReconcileRule, useReconcile } from './use-reconcile.ts'

export interface ReconcileModalProps {
  /** The item to work; null closes the dialog. */
  readonly row: WorkItem | null
  /** What may be done: core's answer for a selection, or plain functions. */
  readonly actions: ReconcileRule
  readonly onClose: () => void
  /** Place in the list the dialog was opened from, counted from 1. */
  readonly position?: { readonly index: number; readonly total: number }
  readonly onNext?: (() => void) | null
  readonly onPrevious?: (() => void) | null
  readonly explainPair?: EvidenceDrawerProps['explainPair']
  /** The last action is on its way. */
  readonly pending?: boolean
  /** Why the last action was refused, in words. */
  readonly refusal?: string | null
}

/** One transaction: the bank line, its ledger candidates, the evidence, and what may be done. */
export function ReconcileModal(props: ReconcileModalProps) {
  return props.row === null ? null : <OpenModal {...props} row={props.row} />
}

function OpenModal(props: ReconcileModalProps & { readonly row: WorkItem }) {
  const environment = useRecon()
  const { messages, keyMap } = environment
  const { row, pending = false, position } = props
  const model = useReconcile(row, props.actions)
  const identifier = keyIdentifierOf(row)
  const run: Readonly<Partial<Record<KeyCommand, (() => void) | null | undefined>>> = {
    next: props.onNext,
    previous: props.onPrevious,
    reconcile: model.reconcile,
    flag: model.actions.flag,
    escalate: model.actions.escalate,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(keyMap, event)
    if (command === undefined || pending || event.key.startsWith('Arrow')) return
    const action = run[command]
    if (action === undefined || action === null) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  return (
    <ModalFrame
      open
      onOpenChange={(open) => open || props.onClose()}
      size="large"
      onKeyDown={onKeyDown}
      title={
        <>
          {rowName(row, environment)} <ScenarioBadge scenario={row.item.scenario} />
          {model.readOnly ? <span className="recon-quiet recon-read-only">{messages.reconcile.readOnly}</span> : null}
        </>
      }
      aside={
        position === undefined ? null : (
          <span className="recon-quiet">
            {messages.frame.position(position.index, position.total)} <Keycap keyName={keyMap.next[0] ?? 'j'} />{' '}
            <Keycap keyName={keyMap.previous[0] ?? 'k'} />
          </span>
        )
      }
      footer={model.readOnly ? undefined : <ReconcileFoot row={row} model={model} pending={pending} />}
    >
      <div className="recon-sides" data-scenario={row.item.scenario}>
        <section className="recon-side" aria-label={messages.reconcile.bankLine}>
          <p className="recon-label">
            {row.bankLineCount > 1 ? messages.reconcile.bankLines(row.bankLineCount) : messages.reconcile.bankLine}
          </p>
          <Amount value={row.total} size="large" copyable sign />
          {row.bankLines.slice(0, 3).map((line) => (
            <BankLineFacts key={line.id} line={line} identifier={identifier} />
          ))}
        </section>
        <div className="recon-main">
          <ScenarioNotice row={row} />
          <ApprovalNotice row={row} />
          {props.refusal ? (
            <div className="recon-notice" data-tone="danger" role="alert">
              <p>{messages.frame.refused(props.refusal)}</p>
            </div>
          ) : null}
          {model.candidates.length === 0 ? (
            <EmptyState title={messages.reconcile.noCandidates} hint={messages.reconcile.noCandidatesHint} />
          ) : (
            <>
              <CandidateTable model={model} identifier={identifier} />
              <EvidenceDrawer row={row} model={model} explainPair={props.explainPair} />
            </>
          )}
        </div>
      </div>
    </ModalFrame>
  )
}

/** Who asked for a second pair of eyes, or what became of it. */
function ApprovalNotice({ row }: { readonly row: WorkItem }) {
  const { messages } = useRecon()
  const { approval, closedApproval } = row.item
  const words = approval
    ? messages.reconcile.approvalWaits(approval.requestedBy)
    : closedApproval?.status === 'DECLINED'
      ? messages.reconcile.approvalDeclined(closedApproval.closedBy, closedApproval.reason)
      : closedApproval
        ? messages.reconcile.approvalOutdated
        : null
  return words === null ? null : (
    <div className="recon-notice" data-tone={approval ? 'info' : 'warning'} role="status">
      <p>{words}</p>
    </div>
  )
}

/** What the scenario means, and the reason that put the line into it. */
function ScenarioNotice({ row }: { readonly row: WorkItem }) {
  const { messages, format } = useRecon()
  const { scenario, reason, status } = row.item
  const severalLines = row.item.bankLineIds.length > 1
  const alert =
    scenario === 'DUPLICATE' && severalLines
      ? messages.reconcile.duplicateBankAlert
      : messages.reconcile.alert[scenario]
  const flaggedAt = row.item.flag?.at
  const escalatedAt = row.item.escalation?.at
  return (
    <div className="recon-notice" data-tone={scenarioTone[scenario]}>
      <p className="recon-notice-title">{alert.title}</p>
      <p>{alert.body}</p>
      <p className="recon-notice-reason">{reasonText(messages.reason, reason)}</p>
      {status === 'ESCALATED' && escalatedAt ? <p>{messages.desk.escalatedAt(format.moment(escalatedAt))}</p> : null}
      {status === 'FLAGGED' && flaggedAt ? <p>{messages.desk.flaggedAt(format.moment(flaggedAt))}</p> : null}
    </div>
  )
}
