import * as z from 'zod'
import type { ProviderFault, ProviderResponse } from '../http.ts'

const errorBody = z.object({
  error: z.object({
    type: z.string().nullish(),
    code: z.string().nullish(),
    message: z.string().nullish(),
    param: z.string().nullish(),
  }),
})

export function readStripeFault(response: ProviderResponse): ProviderFault | undefined {
  if (response.status < 400) return undefined
  const error = parseError(response.text)
  const message = `${error?.message ?? `HTTP ${response.status}`}${error?.param ? ` (parameter ${error.param})` : ''}`
  const details = { status: response.status, code: error?.code ?? '', type: error?.type ?? '' }
  const told = response.headers.get('stripe-should-retry')
  const retryable =
    told === 'true' ||
    (told !== 'false' && (response.status === 409 || response.status === 429 || response.status >= 500))
  if (error?.type === 'idempotency_error') return { code: 'IDEMPOTENCY_CONFLICT', message, retryable: false, details }
  if (response.status === 401) return { code: 'PROVIDER_CREDENTIALS_INVALID', message, retryable: false, details }
  if (response.status === 403) return { code: 'FORBIDDEN', message, retryable: false, details }
  if (response.status === 404) return { code: 'NOT_FOUND', message, retryable: false, details }
  if (response.status === 429) return { code: 'RATE_LIMITED', message, retryable, details }
  if (response.status >= 500 || response.status === 409)
    return { code: 'PROVIDER_UNAVAILABLE', message, retryable, details }
  return { code: 'PROVIDER_REJECTED', message, retryable: false, details }
}

function parseError(text: string): z.infer<typeof errorBody>['error'] | undefined {
  try {
    return errorBody.safeParse(JSON.parse(text)).data?.error
  } catch {
    return undefined
  }
}
