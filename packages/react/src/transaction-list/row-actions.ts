import type { Scenario } from '@recon/core'

export const rowActionNames = [
  'review',
  'reconcile',
  'closeBatch',
  'flag',
  'unflag',
  'escalate',
  'awaitJournal',
  'recordJournal',
  'markUnreceived',
  'revert',
] as const
export type RowActionName = (typeof rowActionNames)[number]

/** What may be done with a row now: a function, or null (or absent) where a rule says no. */
export type RowActions = { readonly [Name in RowActionName]?: (() => void) | null }

/** The order in which a scenario offers its actions; the first that is allowed becomes the row's button. */
export const offeredActions: Readonly<Record<Scenario, readonly RowActionName[]>> = {
  AUTO_RECONCILED: [],
  SYSTEM_MATCH: ['reconcile', 'review'],
  UNMATCHED: ['review'],
  FAILED_PAYMENT: ['escalate', 'review'],
  DUPLICATE: ['flag', 'review'],
  AMOUNT_VARIANCE: ['awaitJournal', 'recordJournal', 'review'],
  SWEEP: ['closeBatch', 'review'],
}

export interface OfferedAction {
  readonly name: RowActionName
  readonly run: () => void
}

export function firstOffered(scenario: Scenario, actions: RowActions): OfferedAction | null {
  for (const name of offeredActions[scenario]) {
    const run = actions[name]
    if (run !== undefined && run !== null) return { name, run }
  }
  return null
}
