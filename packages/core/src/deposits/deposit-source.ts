import { allow, type Decision, named, type Refusal, refuse } from '../decision.ts'
import type { IsoInstant } from '../records/iso-date.ts'
import { type Actor, missingPermission, type Permission } from '../review/permission.ts'
import { recordChange, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import { type DepositSourceEvent, type DepositSourceStatus, depositSourceMachine } from './deposit-source-machine.ts'

export interface DepositSource {
  readonly id: string
  readonly version: number
  readonly name: string
  /** FEED is fetched at every tick; UPLOAD only receives files. */
  readonly kind: 'FEED' | 'UPLOAD'
  readonly status: DepositSourceStatus
  /** The last time deposits really came in. Never moved by a failure. */
  readonly lastFetchedAt?: IsoInstant
  readonly lastTriedAt?: IsoInstant
  /** Failures since the last success. */
  readonly failures: number
  readonly failure?: { readonly code: string; readonly message: string }
  /** Unique matches are reconciled as they are found. */
  readonly reconcileUniqueMatches: boolean
}

export interface FetchTimes {
  readonly everyMinutes: number
  /** After so long without a success the source is stale. */
  readonly staleAfterMinutes: number
}
export const defaultFetchTimes: FetchTimes = { everyMinutes: 15, staleAfterMinutes: 60 }

/** Whether the source should be fetched now: a feed whose last try is a tick ago and whose credentials are not refused. */
export function fetchDue(source: DepositSource, now: IsoInstant, times: FetchTimes = defaultFetchTimes): boolean {
  if (source.kind !== 'FEED' || source.status === 'credentials_invalid') return false
  return source.lastTriedAt === undefined || minutesBetween(source.lastTriedAt, now) >= times.everyMinutes
}

/** Whether nothing came in for too long. A source that never fetched is stale. */
export function isStale(source: DepositSource, now: IsoInstant, times: FetchTimes = defaultFetchTimes): boolean {
  return source.lastFetchedAt === undefined || minutesBetween(source.lastFetchedAt, now) > times.staleAfterMinutes
}

function minutesBetween(from: IsoInstant, to: IsoInstant): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000
}

export interface SourceInput {
  readonly now: IsoInstant
  readonly actorId: string
  readonly failure?: { readonly code: string; readonly message: string }
}

/** Moves a source on after a fetch, an upload, or the passing of time. */
export function moveSource(
  source: DepositSource,
  event: DepositSourceEvent,
  input: SourceInput,
): Decision<SubjectChange<DepositSource>> {
  const step = transition(depositSourceMachine, source.status, event, {})
  if (!step.ok) return step
  const { failure: _failure, ...clean } = source
  const status = step.value.next
  const failed = event === 'fail' || event === 'rejectCredentials'
  const failure = input.failure ?? { code: 'UNKNOWN', message: 'No reason was given.' }
  const tried = event === 'fetched' || failed ? { lastTriedAt: input.now } : {}
  const after: DepositSource = failed
    ? { ...clean, ...tried, status, failures: source.failures + 1, failure }
    : event === 'fetched'
      ? { ...clean, ...tried, status, failures: 0, lastFetchedAt: input.now }
      : { ...source, status }
  const note = { name: `deposit_source.${word[event]}`, kind: 'deposit_source', actorId: input.actorId, at: input.now }
  return allow(recordChange(source, after, { ...note, effects: step.value.effects }))
}

const word: Readonly<Record<DepositSourceEvent, string>> = {
  fetched: 'fetched',
  fail: 'fetch_failed',
  growStale: 'grown_stale',
  rejectCredentials: 'credentials_rejected',
  updateCredentials: 'credentials_updated',
}

export interface SourceActions {
  readonly refresh: (() => Decision<readonly [{ readonly type: 'FETCH_NOW'; readonly sourceId: string }]>) | null
  readonly updateCredentials: (() => Decision<SubjectChange<DepositSource>>) | null
  readonly setReconcileUniqueMatches: ((on: boolean) => Decision<SubjectChange<DepositSource>>) | null
  readonly whyNot: Readonly<Partial<Record<SourceActionName, Refusal>>>
}
export type SourceActionName = 'refresh' | 'updateCredentials' | 'setReconcileUniqueMatches'

/** What a person may do with a source, now: a function, or null with the reason in `whyNot`. */
export function sourceActions(source: DepositSource, actor: Actor, now: IsoInstant): SourceActions {
  const whyNot: Partial<Record<SourceActionName, Refusal>> = {}
  function offer<Act>(name: SourceActionName, permission: Permission, refused: Refusal | null, act: Act): Act | null {
    const reason = missingPermission(actor, permission, 'PAYMENTS_DESK') ?? refused
    if (reason) whyNot[name] = named(reason, source.id)
    return reason ? null : act
  }
  const upload =
    source.kind === 'UPLOAD' ? refuse('NOT_A_FEED', 'This source receives files: upload one.').refusal : null
  const stopped =
    source.status === 'credentials_invalid'
      ? refuse('CREDENTIALS_INVALID', 'The bank refuses the password: update the credentials first.').refusal
      : null
  const update = transition(depositSourceMachine, source.status, 'updateCredentials', {})
  const input = { now, actorId: actor.id }
  return {
    refresh: offer('refresh', 'source.refresh', upload ?? stopped, () =>
      allow([{ type: 'FETCH_NOW', sourceId: source.id }] as const),
    ),
    updateCredentials: offer('updateCredentials', 'source.configure', update.ok ? null : update.refusal, () =>
      moveSource(source, 'updateCredentials', input),
    ),
    setReconcileUniqueMatches: offer('setReconcileUniqueMatches', 'source.configure', null, (on: boolean) => {
      const note = { name: 'deposit_source.settings_changed', kind: 'deposit_source', actorId: actor.id, at: now }
      return allow(recordChange(source, { ...source, reconcileUniqueMatches: on }, note))
    }),
    whyNot,
  }
}
