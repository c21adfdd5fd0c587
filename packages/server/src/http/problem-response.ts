import { type Problem, type ProblemCode, problemStatus } from '@recon/client'
import { ReconError, type Refusal, reconErrorCodes } from '@recon/core'

/** An error as `application/problem+json`. What the library did not foresee says nothing of its inside. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (!ReconError.is(error)) {
    return problem('INTERNAL', 'Something went wrong here. The request id names it in the log.', requestId, false)
  }
  const current = error.details?.current
  const refusedBy = { FORBIDDEN: error.details?.refusal as Refusal | undefined }[error.code as 'FORBIDDEN']
  return {
    ...problem(error.code, error.message, requestId, error.retryable),
    ...(error.place === undefined ? {} : { place: error.place }),
    ...(current === undefined ? {} : { current }),
    ...(refusedBy === undefined ? {} : { refusal: { ...refusedBy } as NonNullable<Problem['refusal']> }),
  }
}

export function problemOfRefusal(refusal: Refusal, requestId: string): Problem {
  const status = refusal.code === 'FORBIDDEN' ? 403 : refusal.code === 'NOT_FOUND' ? 404 : problemStatus.REFUSED
  return {
    ...problem('REFUSED', refusal.message, requestId, false),
    status,
    refusal: { ...refusal } as NonNullable<Problem['refusal']>,
  }
}

function problem(code: ProblemCode, detail: string, requestId: string, retryable: boolean): Problem {
  return {
    type: `urn:recon:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: code === 'REFUSED' ? 'A rule refused this' : titleOf(code),
    status: problemStatus[code],
    detail,
    code,
    requestId,
    retryable,
  }
}

function titleOf(code: ProblemCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** Codes in the order of the table, for the OpenAPI document. */
export const problemCodes: readonly ProblemCode[] = ['REFUSED', ...(Object.keys(reconErrorCodes) as ProblemCode[])]
