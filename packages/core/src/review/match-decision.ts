import type { Adjustment } from '../matching/match.ts'
import type { Money } from '../money/money.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { defineMachine } from '../transition-table.ts'

/** The life of one link from the engine's or a person's word to its end. Nothing is edited: a reversal is a new event. */
export const matchDecisionMachine = defineMachine({
  name: 'match-decision',
  about: 'What was decided about one link between bank lines and book entries.',
  initial: 'PROPOSED',
  alsoInitial: ['EXACT', 'MANUAL'],
  states: {
    EXACT: 'Made by the engine: date, amount and reference agree.',
    PROPOSED: 'Suggested by the engine; waits for a person.',
    CONFIRMED: 'A proposal a person confirmed.',
    REJECTED: 'A proposal a person rejected, with the reason.',
    MANUAL: 'Made by a person, with the records or with a reference.',
    REVERSED: 'Was active once and is undone.',
  },
  events: {
    confirm: 'A person confirmed it',
    reject: 'A person rejected it',
    reverse: 'It was undone',
    reopen: 'The rejection was undone',
    restoreExact: 'The reversal of an exact link was undone',
    restoreConfirmed: 'The reversal of a confirmed link was undone',
    restoreManual: 'The reversal of a manual link was undone',
  },
  table: {
    EXACT: { reverse: 'REVERSED' },
    PROPOSED: { confirm: 'CONFIRMED', reject: 'REJECTED' },
    CONFIRMED: { reverse: 'REVERSED' },
    REJECTED: { reopen: 'PROPOSED' },
    MANUAL: { reverse: 'REVERSED' },
    REVERSED: { restoreExact: 'EXACT', restoreConfirmed: 'CONFIRMED', restoreManual: 'MANUAL' },
  },
})

export type MatchDecisionState = keyof typeof matchDecisionMachine.states
export type MatchDecisionEvent = keyof typeof matchDecisionMachine.events

/** The active link of a reconciled item. Ids are sorted. */
export interface MatchDecision {
  /** Derived from the item and its version: the same decision has the same id. */
  readonly id: string
  readonly state: 'EXACT' | 'CONFIRMED' | 'MANUAL'
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  /** Instead of records, where the counterpart could not be found. */
  readonly reference?: string
  /** The proposal that was confirmed. */
  readonly matchId?: string
  readonly reason?: string
  /** What explains a difference; empty when both sides are equal. */
  readonly adjustments: readonly Adjustment[]
  /** Sum of the lines, for the log and for thresholds. */
  readonly amount?: Money
  readonly actorId: string
  /** Absent on links the engine made: they are as old as their run. */
  readonly at?: IsoInstant
  /** The second person, where one was needed. */
  readonly approvedBy?: string
}
