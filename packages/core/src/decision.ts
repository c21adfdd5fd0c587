/** Why something was not done. `code` is stable and typed where it is made; `ids` name the records that stand in the way. */
export interface Refusal<Code extends string = string> {
  readonly code: Code
  /** English, for logs and developers. Screens take their words from a message table by `code`. */
  readonly message: string
  readonly ids?: readonly string[]
  readonly details?: Readonly<Record<string, unknown>>
}

/** The answer of a rule: a value, or a refusal as a value. Rules never throw for a refusal. */
export type Decision<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> }

export function allow<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function refuse<Code extends string>(
  code: Code,
  message: string,
  rest: Omit<Refusal<Code>, 'code' | 'message'> = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: { code, message, ...rest } }
}

/** Goes on with the value of a decision; a refusal stays what it is. */
export function andThen<Value, Next, Code extends string, NextCode extends string>(
  decision: Decision<Value, Code>,
  next: (value: Value) => Decision<Next, NextCode>,
): Decision<Next, Code | NextCode> {
  return decision.ok ? next(decision.value) : decision
}

/** The refusal naming the record it is about, where it names none that stands in the way. */
export function named<Code extends string>(refusal: Refusal<Code>, id: string): Refusal<Code> {
  return refusal.ids === undefined ? { ...refusal, ids: [id] } : refusal
}

/** The decision with its refusal named (see `named`). */
export function naming<Value, Code extends string>(decision: Decision<Value, Code>, id: string): Decision<Value, Code> {
  return decision.ok ? decision : { ok: false, refusal: named(decision.refusal, id) }
}
