import type { Decision } from '../decision.ts'

/** What a rule answered, in a history that is known to be allowed. @throws when it refused, or when nothing was offered */
export function accepted<Value>(answer: Decision<Value> | null | undefined): Value {
  if (answer?.ok) return answer.value
  throw new Error(answer ? `${answer.refusal.code}: ${answer.refusal.message}` : 'The action is not offered here.')
}
