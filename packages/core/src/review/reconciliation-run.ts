import { allow, type Decision, named, type Refusal, refuse } from '../decision.ts'
import type { IsoDate, IsoInstant } from '../records/iso-date.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import { type Actor, missingPermission, type Permission } from './permission.ts'
import { type RunEvent, type RunStatus, runMachine } from './run-machine.ts'

/** One pass of one parsed bank statement of one client. */
export interface ReconciliationRun {
  readonly id: string
  readonly version: number
  readonly clientId: string
  readonly clientLegalName: string
  readonly statementId: string
  readonly periodStart: IsoDate
  readonly periodEnd: IsoDate
  readonly status: RunStatus
  /** How often it was dispatched; links and sessions of an older generation are dead. */
  readonly generation: number
  readonly contactId?: string
  readonly dispatchedAt?: IsoInstant
  readonly completedAt?: IsoInstant
  /** Why matching broke off. */
  readonly failure?: string
}

/** A person of the client. Only active ones that can submit intake may receive a link. */
export interface ClientContact {
  readonly id: string
  readonly clientId: string
  readonly name: string
  readonly email: string
  readonly active: boolean
  readonly canSubmitIntake: boolean
}

/** Everything the guards of a run look at: ids, so that a refusal can name them. */
export interface RunFacts {
  readonly proposedMatchIds: readonly string[]
  /** Items that no match covers and nobody resolved, dispatched or not. */
  readonly unreconciledItemIds: readonly string[]
  readonly unresolvedItemIds: readonly string[]
  readonly otherOpenRunIds: readonly string[]
  readonly contacts: readonly ClientContact[]
}

export interface RunContext {
  readonly now: IsoInstant
  readonly facts: RunFacts
}

export interface DispatchInput {
  readonly contactId: string
  readonly note?: string
  readonly expectedVersion?: number
}
export interface RunInput {
  readonly expectedVersion?: number
  readonly reason?: string
}
type RunDecision = Decision<SubjectChange<ReconciliationRun>>
export type RunActionName = RunEvent
export type RunActions = {
  readonly [Name in RunEvent]:
    | ((input: Name extends 'dispatch' | 'redispatch' ? DispatchInput : RunInput) => RunDecision)
    | null
} & { readonly whyNot: Readonly<Partial<Record<RunEvent, Refusal>>> }

const permissionOf: Readonly<Record<RunEvent, Permission>> = {
  startMatching: 'run.match',
  finishMatching: 'run.match',
  fail: 'run.match',
  rerun: 'run.match',
  rematch: 'run.match',
  dispatch: 'run.dispatch',
  redispatch: 'run.dispatch',
  complete: 'run.complete',
}

export const runEventNames: Readonly<Record<RunEvent, string>> = {
  startMatching: 'bookkeeping.reconciliation_run.matching_started',
  finishMatching: 'bookkeeping.reconciliation_run.matching_finished',
  fail: 'bookkeeping.reconciliation_run.failed',
  rerun: 'bookkeeping.reconciliation_run.taken_up_again',
  rematch: 'bookkeeping.reconciliation_run.rematched',
  dispatch: 'bookkeeping.reconciliation_run.dispatched',
  redispatch: 'bookkeeping.reconciliation_run.redispatched',
  complete: 'bookkeeping.reconciliation_run.completed',
}

/** Contacts that may receive a link, in the order given. */
export function eligibleContacts(run: ReconciliationRun, contacts: readonly ClientContact[]): readonly ClientContact[] {
  return contacts.filter((contact) => contact.clientId === run.clientId && contact.active && contact.canSubmitIntake)
}

/** What may be done with a run, by whom, now: a function, or null with the reason in `whyNot`. */
export function runActions(run: ReconciliationRun, actor: Actor, context: RunContext): RunActions {
  const whyNot: Partial<Record<RunEvent, Refusal>> = {}
  function offer(event: RunEvent): ((input: RunInput & Partial<DispatchInput>) => RunDecision) | null {
    const missing = missingPermission(actor, permissionOf[event], 'BOOKKEEPING')
    const step = missing ? { ok: false as const, refusal: missing } : stepOf(run, event, context)
    if (!step.ok) {
      whyNot[event] = named(step.refusal, run.id)
      return null
    }
    return (input) => {
      if (input.expectedVersion !== undefined && input.expectedVersion !== run.version) {
        return refuse('VERSION_STALE', `The run has changed: version ${run.version}.`, { ids: [run.id] })
      }
      const changed = changedRun(run, event, step.value.next, input, context)
      if (!changed.ok) return changed
      const { contactId, note } = input
      const about = { event, ...(contactId !== undefined && { contactId }), ...(note !== undefined && { note }) }
      const note_ = {
        name: runEventNames[event],
        kind: 'reconciliation_run',
        actorId: actor.id,
        at: context.now,
        about,
      }
      return allow(recordChange(run, changed.value, { ...note_, effects: step.value.effects }))
    }
  }
  return {
    startMatching: offer('startMatching'),
    finishMatching: offer('finishMatching'),
    fail: offer('fail'),
    rerun: offer('rerun'),
    rematch: offer('rematch'),
    dispatch: offer('dispatch'),
    redispatch: offer('redispatch'),
    complete: offer('complete'),
    whyNot,
  }
}

function stepOf(run: ReconciliationRun, event: RunEvent, { facts }: RunContext) {
  return transition(runMachine, run.status, event, {
    proposedMatchIds: facts.proposedMatchIds,
    unreconciledItemIds: facts.unreconciledItemIds,
    unresolvedItemIds: facts.unresolvedItemIds,
    otherOpenRunIds: facts.otherOpenRunIds,
    eligibleContactIds: eligibleContacts(run, facts.contacts).map((contact) => contact.id),
  })
}

function changedRun(
  run: ReconciliationRun,
  event: RunEvent,
  status: RunStatus,
  input: RunInput & Partial<DispatchInput>,
  context: RunContext,
): Decision<ReconciliationRun> {
  const { failure: _failure, ...clean } = run
  if (event === 'fail') return allow({ ...run, status, failure: input.reason ?? 'UNKNOWN' })
  if (event === 'complete') return allow({ ...clean, status, completedAt: context.now })
  if (event !== 'dispatch' && event !== 'redispatch') return allow({ ...clean, status })
  const contactId = input.contactId ?? ''
  const refused = recipientRefused(run, contactId, context.facts.contacts)
  if (refused) return { ok: false, refusal: refused }
  return allow({ ...clean, status, contactId, dispatchedAt: context.now, generation: run.generation + 1 })
}

/** Why this contact may not receive the link; null when it may. */
export function recipientRefused(
  run: ReconciliationRun,
  contactId: string,
  contacts: readonly ClientContact[],
): Refusal | null {
  const contact = contacts.find((candidate) => candidate.id === contactId)
  const ids = { ids: [contactId] }
  if (!contact) return refuse('CONTACT_UNKNOWN', 'That contact does not exist.', ids).refusal
  if (contact.clientId !== run.clientId) {
    return refuse('CONTACT_OF_OTHER_CLIENT', 'That contact belongs to another client.', ids).refusal
  }
  if (!contact.active) return refuse('CONTACT_INACTIVE', 'That contact is not active.', ids).refusal
  if (!contact.canSubmitIntake) {
    return refuse('CONTACT_MAY_NOT_SUBMIT', 'That contact may not submit intake.', ids).refusal
  }
  return null
}
