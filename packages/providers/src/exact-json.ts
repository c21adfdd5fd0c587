import { ReconError } from '@recon/core'

interface ReviverContext {
  readonly source?: string
}

interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: ReviverContext) => unknown): unknown
  rawJSON(text: string): unknown
}

// JSON source text access: in Node since 21, in the ECMAScript standard since 2026; the compiler's library does not know it yet.
const exact = JSON as unknown as ExactJson

/**
 * JSON with every number as its literal text, so that an amount of 125.10 never passes through a float.
 * @throws ReconError PROVIDER_RESPONSE_INVALID when the text is not JSON
 */
export function parseExactJson(text: string, provider: string): unknown {
  try {
    return exact.parse(text, (_key, value, context) => (typeof value === 'number' ? (context.source ?? value) : value))
  } catch (cause) {
    throw new ReconError('PROVIDER_RESPONSE_INVALID', `${provider} answered with something that is not JSON.`, {
      cause,
      provider,
    })
  }
}

/** A JSON number with exactly these digits, for JSON.stringify. `literal` must be a canonical decimal string. */
export function exactNumber(literal: string): unknown {
  if (!/^-?\d{1,20}(\.\d{1,10})?$/.test(literal)) {
    throw new ReconError('MONEY_INVALID', `"${literal.slice(0, 40)}" cannot be written as a JSON number.`)
  }
  return exact.rawJSON(literal)
}
