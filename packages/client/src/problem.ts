import { type ReconErrorCode, reconErrorCodes } from '@recon/core'
import * as z from 'zod'

/** `REFUSED`: a rule said no, the reason is in `refusal`. Every other code is one of the library's error codes. */
export type ProblemCode = ReconErrorCode | 'REFUSED'

const codes = ['REFUSED', ...Object.keys(reconErrorCodes)] as [ProblemCode, ...ProblemCode[]]

export const refusalSchema = z.object({
  code: z.string(),
  message: z.string(),
  ids: z.array(z.string()).exactOptional(),
  details: z.record(z.string(), z.unknown()).exactOptional(),
})

/** `application/problem+json` (RFC 9457) with a stable `code`. `detail` is for developers; screens take words by code. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(codes),
  requestId: z.string().exactOptional(),
  retryable: z.boolean(),
  /** What in the request is wrong: a JSON path, a header, a search parameter. */
  place: z.string().exactOptional(),
  /** Why a rule refused, present with code REFUSED. */
  refusal: refusalSchema.exactOptional(),
  /** The current state of the subject, where another writer was first. */
  current: z.unknown().exactOptional(),
})

export type Problem = z.output<typeof problemSchema>

/** The HTTP status of each code. */
export const problemStatus: Readonly<Record<ProblemCode, number>> = {
  REFUSED: 409,
  MONEY_INVALID: 422,
  MONEY_OUT_OF_RANGE: 422,
  CURRENCY_UNKNOWN: 422,
  CURRENCY_MISMATCH: 422,
  DATE_INVALID: 422,
  RATE_INVALID: 422,
  RECORD_INVALID: 422,
  RECORD_DUPLICATE_ID: 422,
  POLICY_INVALID: 422,
  INPUT_TOO_LARGE: 413,
  INPUT_TIMEOUT: 422,
  FORMAT_UNKNOWN: 422,
  FORMAT_UNSUPPORTED: 422,
  FORMAT_INVALID: 422,
  CANCELLED: 409,
  CONFIGURATION_INVALID: 500,
  STORE_LOCKED: 503,
  STORE_UNAVAILABLE: 503,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  VERSION_CONFLICT: 409,
  IDEMPOTENCY_CONFLICT: 422,
  IDEMPOTENCY_IN_FLIGHT: 409,
  REQUEST_INVALID: 400,
  RATE_LIMITED: 429,
  PROVIDER_UNAVAILABLE: 502,
  PROVIDER_REJECTED: 502,
  PROVIDER_CREDENTIALS_INVALID: 409,
  PROVIDER_RESPONSE_INVALID: 502,
  WEBHOOK_SIGNATURE_INVALID: 401,
  INTERNAL: 500,
}
