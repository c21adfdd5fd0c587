import type { Decision, Refusal } from '../decision.ts'
import type { Adjustment } from '../matching/match.ts'
import type { Money } from '../money/money.ts'
import type { ItemOutcome } from './item-change.ts'
import type { Actor, Permission } from './permission.ts'
import type { ReviewContext } from './review-context.ts'
import type { ReviewItem, ReviewItemStatus } from './review-item.ts'
import type { ReviewItemEvent } from './review-item-machine.ts'

export interface Versioned {
  /** The version the person saw; a change made meanwhile refuses the action. */
  readonly expectedVersion?: number
}
export interface ReconcileInput extends Versioned {
  /** The item's own records when left out. */
  readonly bankLineIds?: readonly string[]
  readonly bookEntryIds?: readonly string[]
  readonly adjustments?: readonly Adjustment[]
  readonly reason?: string
}
export interface BatchInput extends Versioned {
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
}
export interface ReferenceInput extends Versioned {
  readonly reference: string
}
export interface ProposalInput extends Versioned {
  /** The best proposal when left out. */
  readonly matchId?: string
}
export interface ReasonInput extends Versioned {
  readonly reason: string
}
export interface NoteInput extends Versioned {
  readonly reason?: string
}
export interface JournalInput extends Versioned {
  readonly journalEntryId: string
  /** Bank minus books, in the books' currency. */
  readonly amount: Money
  /** What the bank moved, in the books' currency, where the line is in another one. */
  readonly settledAmount?: Money
}

export interface ItemActionInputs {
  reconcile: ReconcileInput
  confirm: ProposalInput
  reject: ProposalInput & ReasonInput
  closeBatch: BatchInput
  reconcileWithReference: ReferenceInput
  markUnreceived: NoteInput
  flag: ReasonInput
  unflag: NoteInput
  escalate: NoteInput
  withdrawEscalation: NoteInput
  awaitJournal: NoteInput
  recordJournal: JournalInput
  withdrawJournal: ReasonInput
  releaseJournal: NoteInput
  revert: NoteInput
  approve: Versioned
  declineApproval: ReasonInput
  reopenApproval: Versioned
  undo: Versioned
}
export type ItemActionName = keyof ItemActionInputs

/** Every action: a function, or null with the reason in `whyNot`. */
export type ItemActions = {
  readonly [Name in ItemActionName]: ((input: ItemActionInputs[Name]) => Decision<ItemOutcome>) | null
} & {
  readonly whyNot: Readonly<Partial<Record<ItemActionName, Refusal>>>
  /** The one to offer first for this scenario and status; null when there is nothing to do. */
  readonly first: ItemActionName | null
  /** What to say beside an action that is possible but probably wrong, by action. */
  readonly warnings: Readonly<Partial<Record<ItemActionName, readonly string[]>>>
}

export interface ItemActionRule<Name extends ItemActionName> {
  readonly event: ReviewItemEvent | null
  readonly permission: Permission
  /** Why not, beyond the table and the rights; null when nothing stands in the way. */
  readonly refused?: (item: ReviewItem, actor: Actor, context: ReviewContext) => Refusal | null
  readonly act: (ask: ItemActionAsk, input: ItemActionInputs[Name]) => Decision<ItemOutcome>
}
export interface ItemActionAsk {
  readonly item: ReviewItem
  readonly actor: Actor
  readonly context: ReviewContext
  readonly next: ReviewItemStatus
}

export type ItemActionRules = { readonly [Name in ItemActionName]: ItemActionRule<Name> }
