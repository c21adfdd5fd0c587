import { allow, type Decision, named, naming, type Refusal, refuse } from '../decision.ts'
import { transition } from '../transition-table.ts'
import { activeDecision } from './active-decision.ts'
import type { ItemActionInputs, ItemActionName, ItemActionRule, ItemActions } from './item-action.ts'
import type { ItemOutcome } from './item-change.ts'
import { holdRules } from './item-hold-rules.ts'
import { linkRules } from './item-link-rules.ts'
import { type Actor, missingPermission } from './permission.ts'
import { lockedPeriod, type ReviewContext } from './review-context.ts'
import type { ReviewItem, ReviewItemStatus } from './review-item.ts'
import { reviewItemMachine } from './review-item-machine.ts'

const rules = { ...linkRules, ...holdRules }

/**
 * What may be done with an item, by whom, now. The only place that decides it: buttons, the server and the documents read
 * it here. The functions change nothing; they return the next item, its events, and effects as data.
 */
export function itemActions(item: ReviewItem, actor: Actor, context: ReviewContext): ItemActions {
  const whyNot: Partial<Record<ItemActionName, Refusal>> = {}
  function offer<Name extends ItemActionName>(name: Name, rule: ItemActionRule<Name>) {
    const possible = possibleNext(item, actor, context, rule)
    if (!possible.ok) {
      whyNot[name] = named(possible.refusal, item.id)
      return null
    }
    const next = possible.value
    return (input: ItemActionInputs[Name]): Decision<ItemOutcome> => {
      const { expectedVersion } = input
      if (expectedVersion !== undefined && expectedVersion !== item.version) {
        return refuse('VERSION_STALE', `The item has changed: version ${item.version}, not ${expectedVersion}.`, {
          ids: [item.id],
          details: { version: item.version },
        })
      }
      return naming(rule.act({ item, actor, context, next }, input), item.id)
    }
  }
  const actions = {
    reconcile: offer('reconcile', rules.reconcile),
    confirm: offer('confirm', rules.confirm),
    reject: offer('reject', rules.reject),
    closeBatch: offer('closeBatch', rules.closeBatch),
    reconcileWithReference: offer('reconcileWithReference', rules.reconcileWithReference),
    markUnreceived: offer('markUnreceived', rules.markUnreceived),
    flag: offer('flag', rules.flag),
    unflag: offer('unflag', rules.unflag),
    escalate: offer('escalate', rules.escalate),
    withdrawEscalation: offer('withdrawEscalation', rules.withdrawEscalation),
    awaitJournal: offer('awaitJournal', rules.awaitJournal),
    recordJournal: offer('recordJournal', rules.recordJournal),
    withdrawJournal: offer('withdrawJournal', rules.withdrawJournal),
    releaseJournal: offer('releaseJournal', rules.releaseJournal),
    revert: offer('revert', rules.revert),
    approve: offer('approve', rules.approve),
    declineApproval: offer('declineApproval', rules.declineApproval),
    reopenApproval: offer('reopenApproval', rules.reopenApproval),
    undo: offer('undo', rules.undo),
  }
  const first = preferred(item).find((name) => actions[name] !== null) ?? null
  const failed = item.scenario === 'FAILED_PAYMENT' && actions.reconcile !== null
  const warnings = failed ? { reconcile: ['REPLACEMENT_NOT_CLEARED'] } : {}
  return { ...actions, whyNot, first, warnings }
}

function possibleNext<Name extends ItemActionName>(
  item: ReviewItem,
  actor: Actor,
  context: ReviewContext,
  rule: ItemActionRule<Name>,
): Decision<ReviewItemStatus> {
  const missing = missingPermission(actor, rule.permission, context.settings.desk)
  if (missing) return { ok: false, refusal: missing }
  const step =
    rule.event === null ? allow({ next: item.status }) : transition(reviewItemMachine, item.status, rule.event, {})
  if (!step.ok) return step
  const refusal = rule.refused?.(item, actor, context) ?? null
  if (refusal) return { ok: false, refusal }
  const locked = lockedPeriod(activeDecision(item) ?? item, context)
  return locked ? { ok: false, refusal: locked } : allow(step.value.next)
}

function preferred(item: ReviewItem): readonly ItemActionName[] {
  if (item.approval) return ['approve', 'reopenApproval']
  switch (item.scenario) {
    case 'FAILED_PAYMENT':
      return item.status === 'OUTSTANDING' ? ['escalate', 'reconcile'] : ['reconcile']
    case 'DUPLICATE':
      return item.status === 'OUTSTANDING' ? ['flag', 'reconcile'] : ['reconcile']
    case 'AMOUNT_VARIANCE':
      return ['reconcile', 'recordJournal', 'awaitJournal']
    case 'SWEEP':
      return ['closeBatch']
    default:
      return item.matches.length > 0 ? ['confirm', 'reconcile', 'flag'] : ['reconcile', 'flag']
  }
}
