import { ActionButton } from '../parts/action-button.tsx'
import { Amount } from '../parts/amount.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import type { WorkItem } from '../work-item.ts'
import { JournalForm, ReasonForm, ReferenceForm } from './foot-forms.tsx'
import { isPossible, type ReconcileModel } from './use-reconcile.ts'

type FootAction = 'approve' | 'reconcile' | 'flag' | 'escalate' | 'awaitJournal'

/** The action that stands bottom right beside the difference; the others stand to the left. */
const leading: Readonly<Record<WorkItem['item']['scenario'], FootAction>> = {
  AUTO_RECONCILED: 'reconcile',
  SYSTEM_MATCH: 'reconcile',
  UNMATCHED: 'reconcile',
  FAILED_PAYMENT: 'escalate',
  DUPLICATE: 'flag',
  AMOUNT_VARIANCE: 'awaitJournal',
  SWEEP: 'reconcile',
}

export interface ReconcileFootProps {
  readonly row: WorkItem
  readonly model: ReconcileModel
  readonly pending: boolean
}

export function ReconcileFoot({ row, model, pending }: ReconcileFootProps) {
  const { messages, keyMap } = useRecon()
  const { actions, offered } = model
  const buttons: Readonly<Record<FootAction, { run: (() => void) | null; words: string; keycap?: string }>> = {
    approve: { run: actions.approve ?? null, words: messages.action.approve },
    reconcile: { run: model.reconcile, words: messages.action.reconcile, keycap: keyMap.reconcile[0] ?? '' },
    flag: { run: actions.flag ?? null, words: messages.action.flag, keycap: keyMap.flag[0] ?? '' },
    escalate: { run: actions.escalate ?? null, words: messages.action.escalate, keycap: keyMap.escalate[0] ?? '' },
    awaitJournal: { run: actions.awaitJournal ?? null, words: messages.action.awaitJournal },
  }
  const isOffered = (name: FootAction) => isPossible(offered[name])
  const preferred = isOffered('approve') ? 'approve' : leading[row.item.scenario]
  const first: FootAction = isOffered(preferred) ? preferred : 'reconcile'
  const others = (['flag', 'escalate', 'awaitJournal', 'reconcile'] as const).filter(
    (name) => name !== first && isOffered(name),
  )
  return (
    <>
      <div className="recon-foot-start">
        {others.map((name) => (
          <ActionButton
            key={name}
            action={buttons[name].run}
            busy={pending}
            {...(buttons[name].keycap ? { keycap: buttons[name].keycap } : {})}
          >
            {buttons[name].words}
          </ActionButton>
        ))}
        <SingleActions row={row} model={model} pending={pending} />
      </div>
      <div className="recon-foot-end">
        {model.difference === undefined ? null : (
          <span className="recon-difference" data-settled={model.balanced ? '' : undefined} role="status">
            <span className="recon-quiet">{messages.desk.column.difference}</span> <Amount value={model.difference} />
          </span>
        )}
        {isOffered(first) ? (
          <ActionButton
            tone="primary"
            action={buttons[first].run}
            busy={pending}
            reason={first === 'reconcile' ? messages.reconcile.differenceOpen : undefined}
            {...(buttons[first].keycap ? { keycap: buttons[first].keycap } : {})}
          >
            {buttons[first].words}
          </ActionButton>
        ) : null}
      </div>
    </>
  )
}

/** Actions that are rarely the first thing to do. */
function SingleActions({
  model,
  row,
  pending,
}: {
  readonly model: ReconcileModel
  readonly row: WorkItem
  readonly pending: boolean
}) {
  const { messages } = useRecon()
  const { actions } = model
  const single = (
    ['unflag', 'withdrawEscalation', 'reopenApproval', 'releaseJournal', 'markUnreceived', 'revert'] as const
  ).map((name) => {
    const action = actions[name]
    return action ? (
      <ActionButton key={name} action={action} busy={pending}>
        {messages.action[name]}
      </ActionButton>
    ) : null
  })
  return (
    <>
      {single}
      {actions.declineApproval ? (
        <ReasonForm submit={actions.declineApproval} words={messages.action.declineApproval} />
      ) : null}
      {actions.withdrawJournal ? (
        <ReasonForm submit={actions.withdrawJournal} words={messages.action.withdrawJournal} />
      ) : null}
      {actions.recordJournal ? <JournalForm row={row} model={model} record={actions.recordJournal} /> : null}
      {actions.reconcileWithReference ? <ReferenceForm reconcile={actions.reconcileWithReference} /> : null}
    </>
  )
}
