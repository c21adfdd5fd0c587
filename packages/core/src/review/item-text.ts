import { allow, type Decision, refuse } from '../decision.ts'

/** Longest reference, and longest reason or note, in UTF-16 units. */
export const longestReference = 200
export const longestNote = 2000

export type TextRefusalCode = 'TEXT_MISSING' | 'TEXT_TOO_LONG' | 'TEXT_INVALID'

/**
 * What a person typed, trimmed. Refuses control characters (tab and line breaks excepted) and broken Unicode, which a
 * database would refuse or change later.
 */
export function enteredText(text: string, longest: number): Decision<string, TextRefusalCode> {
  if (text.length > longest) return refuse('TEXT_TOO_LONG', `At most ${longest} characters; these are ${text.length}.`)
  const trimmed = text.trim()
  if (trimmed === '') return refuse('TEXT_MISSING', 'Write a few words.')
  for (let index = 0; index < trimmed.length; index++) {
    const unit = trimmed.charCodeAt(index)
    if ((unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) || unit === 127) {
      return refuse('TEXT_INVALID', 'The text holds a control character.')
    }
  }
  return trimmed.isWellFormed() ? allow(trimmed) : refuse('TEXT_INVALID', 'The text is not well-formed Unicode.')
}

/** A note that may be left out; blank is the same as absent. */
export function optionalNote(text: string | undefined): Decision<{ reason?: string }, TextRefusalCode> {
  if (text === undefined || text.trim() === '') return allow({})
  const entered = enteredText(text, longestNote)
  return entered.ok ? allow({ reason: entered.value }) : entered
}
