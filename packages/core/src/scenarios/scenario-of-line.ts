import type { MatchDraft } from '../matching/match-draft.ts'
import type { MatchingContext } from '../matching/matching-context.ts'
import { isSweepLine } from '../matching/sweep-grouping.ts'
import type { Scenario } from './scenario.ts'

/** Reasons for which a pair of equal reference and amount was held back by policy alone: still a system match. */
const policyReasons: ReadonlySet<string> = new Set(['PASS_NOT_AUTOMATIC', 'STEP_NOT_AUTOMATIC', 'IDENTIFIER_SHORT'])

/** What a link's own findings make of its subject; undefined when it says nothing beyond "proposed". */
export function scenarioOfDraft(draft: MatchDraft): Scenario | undefined {
  switch (draft.finding) {
    case 'RETURNED':
      return 'FAILED_PAYMENT'
    case 'DUPLICATE_ENTRY':
    case 'DUPLICATE_LINE':
      return 'DUPLICATE'
    case 'EXPECTED_VARIANCE':
      return 'AMOUNT_VARIANCE'
    case 'SWEEP':
      return 'SWEEP'
    default:
      break
  }
  if (draft.pass === 'SOURCE_CONFIRMED') return 'AUTO_RECONCILED'
  const named = draft.pass === 'IDENTIFIER_EXACT' || draft.pass === 'IDENTIFIER_NORMALIZED'
  if (named && draft.status === 'PROPOSED') return policyReasons.has(draft.reason.code) ? 'SYSTEM_MATCH' : 'UNMATCHED'
  if (draft.status !== 'AUTO') return undefined
  return draft.pass === 'IDENTIFIER_EXACT' ? 'AUTO_RECONCILED' : 'SYSTEM_MATCH'
}

/**
 * The one scenario of a bank line, from its best link; a line without any is a sweep leg by its code, or unmatched.
 * AUTO_RECONCILED: matched by the source system, or by an identifier equal as received. SYSTEM_MATCH: by an identifier equal
 * after normalization. The rest as the cash management desk defines them.
 */
export function scenarioOfLine(context: MatchingContext, line: number, best: MatchDraft | undefined): Scenario {
  const found = best === undefined ? undefined : scenarioOfDraft(best)
  if (found !== undefined) return found
  return isSweepLine(context, line) ? 'SWEEP' : 'UNMATCHED'
}
