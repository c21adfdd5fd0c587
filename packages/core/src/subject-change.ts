import type { ActivityEvent } from './activity-event.ts'
import { canonicalJson } from './canonical-content.ts'
import { allow, type Decision, type Refusal, refuse } from './decision.ts'
import { type IsoInstant, isIsoInstant } from './records/iso-date.ts'
import type { Effect } from './transition-table.ts'

/** Anything that has a history: its version grows by one with every event. */
export interface Subject {
  readonly id: string
  readonly version: number
}

/** Who changes something, and when. */
export interface ChangeInput {
  readonly now: IsoInstant
  readonly actorId: string
}

/** What an event did to its subject: the fields that changed, `null` for a field that went. */
export interface ChangeData {
  readonly changes: Readonly<Record<string, unknown>>
  /** Facts for readers that are not fields of the subject. */
  readonly about?: Readonly<Record<string, unknown>>
}
export type ChangeEvent<Name extends string = string> = ActivityEvent<Name, ChangeData>

/** The answer of a domain action: the next subject, what to log, what to do. The host stores all of it or none. */
export interface SubjectChange<S extends Subject> {
  readonly subject: S
  readonly events: readonly ChangeEvent[]
  readonly effects: readonly Effect[]
}

export interface ChangeNote {
  /** The event's name in the catalogue (see activity-catalogue.ts). */
  readonly name: string
  readonly kind: string
  readonly actorId: string
  readonly at: IsoInstant
  readonly about?: Readonly<Record<string, unknown>>
  readonly effects?: readonly Effect[]
}

/** Null for a real moment; otherwise why not. A clock that is wrong moves nothing. */
export function wrongMoment(...moments: readonly IsoInstant[]): Refusal<'DATE_INVALID'> | null {
  const wrong = moments.find((moment) => !isIsoInstant(moment))
  if (wrong === undefined) return null
  return refuse('DATE_INVALID', `"${wrong.slice(0, 40)}" is not an instant such as 2026-11-21T09:00:00Z.`).refusal
}

/** Writes the difference between two states of a subject down as one event, one version on. */
export function recordChange<S extends Subject>(before: S, after: S, note: ChangeNote): SubjectChange<S> {
  const subject: S = { ...after, version: before.version + 1 }
  const event: ChangeEvent = {
    name: note.name,
    at: note.at,
    actorId: note.actorId,
    subject: { kind: note.kind, id: before.id },
    version: subject.version,
    data: { changes: changedFields(before, subject), ...(note.about && { about: note.about }) },
  }
  return { subject, events: [event], effects: note.effects ?? [] }
}

/**
 * The first event of a subject: all its fields are new. `unlogged` are fields no log holds, such as the hash of a secret; whoever
 * replays the log takes them from the store.
 */
export function recordBirth<S extends Subject>(
  subject: S,
  note: ChangeNote,
  unlogged: readonly (keyof S & string)[] = [],
): SubjectChange<S> {
  const hidden: readonly string[] = ['version', ...unlogged]
  const fields = Object.entries(subject).filter(([field, value]) => value !== undefined && !hidden.includes(field))
  const event: ChangeEvent = {
    name: note.name,
    at: note.at,
    actorId: note.actorId,
    subject: { kind: note.kind, id: subject.id },
    version: subject.version,
    data: { changes: Object.fromEntries(fields) },
  }
  return { subject, events: [event], effects: note.effects ?? [] }
}

function changedFields(before: Subject, after: Subject): Readonly<Record<string, unknown>> {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const changes: [string, unknown][] = []
  for (const field of new Set([...old.keys(), ...now.keys()])) {
    if (field === 'version') continue
    const value = now.get(field) ?? null
    if (canonicalJson(value) !== canonicalJson(old.get(field) ?? null)) changes.push([field, value])
  }
  return Object.fromEntries(changes)
}

/** The subject a history leads to; refuses a gap or an event of another subject. */
export function replaySubject<S extends Subject>(
  first: S,
  events: readonly ChangeEvent[],
): Decision<S, 'HISTORY_BROKEN'> {
  let current = first
  for (const event of events) {
    if (event.version !== current.version + 1 || event.subject.id !== first.id) {
      return refuse('HISTORY_BROKEN', `Event ${event.version} does not follow from version ${current.version}.`, {
        ids: [first.id],
      })
    }
    const kept = Object.entries({ ...current, ...event.data.changes }).filter(([, value]) => value !== null)
    current = { ...(Object.fromEntries(kept) as unknown as S), version: event.version }
  }
  return allow(current)
}
