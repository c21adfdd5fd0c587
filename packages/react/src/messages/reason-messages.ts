import type { Reason } from '@recon/core'

export type ReasonParams = NonNullable<Reason['params']>

/**
 * Sentences by reason code. Codes come from the engine and may grow before a pack does: a code without words is
 * shown as the code in plain letters, never as an empty place.
 */
export type ReasonMessages = Readonly<Record<string, (params: ReasonParams) => string>>

export function reasonText(reasons: ReasonMessages, reason: Reason): string {
  const words = Object.hasOwn(reasons, reason.code) ? reasons[reason.code] : undefined
  if (words !== undefined) return words(reason.params ?? {})
  return plainWords(reason.code)
}

/** `AMOUNT_DIFFERS` and `leading-zeros` become `amount differs` and `leading zeros`. */
export function plainWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ')
}
