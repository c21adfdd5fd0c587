import * as z from 'zod'
import type { ProviderFault, ProviderResponse } from '../http.ts'

const errorBody = z.object({
  errors: z.object({ code: z.string().nullish(), message: z.string().nullish(), parameter: z.string().nullish() }),
})

export function readModernTreasuryFault(response: ProviderResponse): ProviderFault | undefined {
  if (response.status < 400) return undefined
  const error = parseError(response.text)
  const message = `${error?.message ?? `HTTP ${response.status}`}${error?.parameter ? ` (parameter ${error.parameter})` : ''}`
  const details = { status: response.status, code: error?.code ?? '' }
  const told = response.headers.get('x-should-retry')
  const again = response.status === 408 || response.status === 409 || response.status === 429 || response.status >= 500
  const retryable = told === null ? again : told === 'true'
  const wait = waitOf(response.headers)
  const timing = { retryable, ...(wait === undefined ? {} : { waitMs: wait }) }
  if (response.status === 401) return { code: 'PROVIDER_CREDENTIALS_INVALID', message, retryable: false, details }
  if (response.status === 403) return { code: 'FORBIDDEN', message, retryable: false, details }
  if (response.status === 404) return { code: 'NOT_FOUND', message, retryable: false, details }
  if (response.status === 429) return { code: 'RATE_LIMITED', message, ...timing, details }
  if (again) return { code: 'PROVIDER_UNAVAILABLE', message, ...timing, details }
  return { code: 'PROVIDER_REJECTED', message, retryable: false, details }
}

const longestWaitMs = 120_000

function waitOf(headers: Headers): number | undefined {
  const milliseconds = Number(headers.get('retry-after-ms')) || Number(headers.get('retry-after')) * 1000
  return milliseconds > 0 ? Math.min(milliseconds, longestWaitMs) : undefined
}

function parseError(text: string): z.infer<typeof errorBody>['errors'] | undefined {
  try {
    return errorBody.safeParse(JSON.parse(text)).data?.errors
  } catch {
    return undefined
  }
}
