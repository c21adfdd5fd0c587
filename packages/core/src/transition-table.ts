import { allow, type Decision, type Refusal, refuse } from './decision.ts'

/** What a guard looks at: a yes or no, or the ids of records, which a refusal then names. */
export type Fact = boolean | readonly string[]

/** A condition as data. `BE_EMPTY` and `NOT_BE_EMPTY` are for lists of ids, the other two for yes or no. */
export interface Guard<FactName extends string = string, Code extends string = string> {
  readonly fact: FactName
  readonly must: 'BE_TRUE' | 'BE_FALSE' | 'BE_EMPTY' | 'NOT_BE_EMPTY'
  readonly code: Code
  /** What is missing, in English, for logs and developers. */
  readonly says: string
}

/** Something to do after the change, as data: the host does it in the same transaction or from a job. */
export interface Effect {
  readonly type: string
  readonly [field: string]: unknown
}

/** One machine: plain data, from which the code, the tests, the tables and the diagrams are made. */
export interface Machine<
  State extends string = string,
  Event extends string = string,
  FactName extends string = string,
  Code extends string = string,
> {
  /** Kebab-case, unique: the anchor in the documents. */
  readonly name: string
  readonly about: string
  readonly initial: State
  /** Further states a subject may be born in. */
  readonly alsoInitial?: readonly State[]
  /** Every state with what it means. */
  readonly states: Readonly<Record<State, string>>
  /** Every event with what happened. */
  readonly events: Readonly<Record<Event, string>>
  readonly table: { readonly [S in State]: { readonly [E in Event]?: State } }
  readonly guards?: { readonly [E in Event]?: readonly Guard<FactName, Code>[] }
  readonly effects?: { readonly [E in Event]?: readonly Effect[] }
}

/** Names a machine's types from its data; checks nothing at run time (the tests do). */
export function defineMachine<
  const State extends string,
  const Event extends string,
  const FactName extends string = never,
  const Code extends string = never,
>(machine: Machine<State, Event, FactName, Code>): Machine<State, Event, FactName, Code> {
  return machine
}

export type StateOf<M> = M extends Machine<infer State, infer _E, infer _F, infer _C> ? State : never
export type EventOf<M> = M extends Machine<infer _S, infer Event, infer _F, infer _C> ? Event : never

export interface Step<State extends string> {
  readonly next: State
  readonly effects: readonly Effect[]
}

export type TransitionRefusalCode = 'STATE_UNKNOWN' | 'EVENT_UNKNOWN' | 'EVENT_NOT_ALLOWED'

/**
 * The next state and the effects of an event, or why not: the first guard that does not hold, and in `details.also` the others.
 * Unknown states and events (a stale database, a hostile request) are refusals too. A fact that is not given fails its guard.
 */
export function transition<
  State extends string,
  Event extends string,
  FactName extends string = never,
  Code extends string = never,
>(
  machine: Machine<State, Event, FactName, Code>,
  state: State,
  event: Event,
  facts: Readonly<Record<FactName, Fact>>,
): Decision<Step<State>, TransitionRefusalCode | Code> {
  if (!Object.hasOwn(machine.states, state)) {
    return refuse('STATE_UNKNOWN', `"${state.slice(0, 60)}" is not a state of ${machine.name}.`)
  }
  if (!Object.hasOwn(machine.events, event)) {
    return refuse('EVENT_UNKNOWN', `"${event.slice(0, 60)}" is not an event of ${machine.name}.`)
  }
  const next = machine.table[state][event]
  if (next === undefined) {
    const possible = Object.keys(machine.table[state])
    return refuse(
      'EVENT_NOT_ALLOWED',
      `${machine.name}: "${event}" is not possible in ${state}. Possible there: ${possible.join(', ') || 'nothing'}.`,
      { details: { machine: machine.name, state, event, possible } },
    )
  }
  const [first, ...others] = (machine.guards?.[event] ?? [])
    .filter((guard) => !holds(guard, facts[guard.fact]))
    .map((guard) => unmet(guard, facts[guard.fact]))
  if (first !== undefined) {
    return { ok: false, refusal: others.length === 0 ? first : { ...first, details: { also: others } } }
  }
  return allow({ next, effects: machine.effects?.[event] ?? [] })
}

/** What a guard misses, with the ids it looked at. */
function unmet<Code extends string>(guard: Guard<string, Code>, fact: Fact | undefined): Refusal<Code> {
  const ids = Array.isArray(fact) ? fact : []
  return refuse(guard.code, guard.says, ids.length > 0 ? { ids } : {}).refusal
}

function holds(guard: Guard, fact: Fact | undefined): boolean {
  switch (guard.must) {
    case 'BE_TRUE':
      return fact === true
    case 'BE_FALSE':
      return fact === false
    case 'BE_EMPTY':
      return Array.isArray(fact) && fact.length === 0
    case 'NOT_BE_EMPTY':
      return Array.isArray(fact) && fact.length > 0
  }
}

/** The events the table knows in this state, guards not asked. */
export function possibleEvents<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: State,
): readonly Event[] {
  return (Object.keys(machine.events) as Event[]).filter((event) => machine.table[state]?.[event] !== undefined)
}
