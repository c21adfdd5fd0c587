/**
 * Every breakage the library reports, one code each. A refusal is not in this table: refusals are values (see decision.ts).
 * `retryable` says whether the same call may succeed later without a change by the caller.
 */
export const reconErrorCodes = {
  MONEY_INVALID: { retryable: false },
  MONEY_OUT_OF_RANGE: { retryable: false },
  CURRENCY_UNKNOWN: { retryable: false },
  CURRENCY_MISMATCH: { retryable: false },
  DATE_INVALID: { retryable: false },
  RATE_INVALID: { retryable: false },
  RECORD_INVALID: { retryable: false },
  RECORD_DUPLICATE_ID: { retryable: false },
  POLICY_INVALID: { retryable: false },
  INPUT_TOO_LARGE: { retryable: false },
  INPUT_TIMEOUT: { retryable: false },
  FORMAT_UNKNOWN: { retryable: false },
  FORMAT_UNSUPPORTED: { retryable: false },
  FORMAT_INVALID: { retryable: false },
  CANCELLED: { retryable: true },
  CONFIGURATION_INVALID: { retryable: false },
  STORE_LOCKED: { retryable: true },
  STORE_UNAVAILABLE: { retryable: true },
  NOT_FOUND: { retryable: false },
  FORBIDDEN: { retryable: false },
  UNAUTHENTICATED: { retryable: false },
  VERSION_CONFLICT: { retryable: true },
  IDEMPOTENCY_CONFLICT: { retryable: false },
  IDEMPOTENCY_IN_FLIGHT: { retryable: true },
  REQUEST_INVALID: { retryable: false },
  RATE_LIMITED: { retryable: true },
  PROVIDER_UNAVAILABLE: { retryable: true },
  PROVIDER_REJECTED: { retryable: false },
  PROVIDER_CREDENTIALS_INVALID: { retryable: false },
  PROVIDER_RESPONSE_INVALID: { retryable: false },
  WEBHOOK_SIGNATURE_INVALID: { retryable: false },
  INTERNAL: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>

export type ReconErrorCode = keyof typeof reconErrorCodes

export interface ReconErrorOptions {
  /** Overrides the table's default for this code. */
  readonly retryable?: boolean
  readonly cause?: unknown
  /** The place in the input: a file line, a JSON path, a column. */
  readonly place?: string
  /** The provider's name, for errors that come from one. */
  readonly provider?: string
  /** The provider's id of the failed request, to quote to its support. */
  readonly requestId?: string
  /** Facts a program may act on. Never holds secrets. */
  readonly details?: Readonly<Record<string, unknown>>
}

const marker: unique symbol = Symbol.for('recon.error')

/**
 * A breakage. `message` says what happened, why, and what to do.
 * Tell it from other errors with `ReconError.is(value)`, which works across duplicate copies of the package.
 */
export class ReconError extends Error {
  readonly code: ReconErrorCode
  readonly retryable: boolean
  readonly place: string | undefined
  readonly provider: string | undefined
  readonly requestId: string | undefined
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly [marker] = true

  constructor(code: ReconErrorCode, message: string, options: ReconErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ReconError'
    this.code = code
    this.retryable = options.retryable ?? reconErrorCodes[code].retryable
    this.place = options.place
    this.provider = options.provider
    this.requestId = options.requestId
    this.details = options.details
  }

  static is(value: unknown): value is ReconError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true
  }
}
