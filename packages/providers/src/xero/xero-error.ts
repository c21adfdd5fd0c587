import * as z from 'zod'
import type { ProviderFault, ProviderResponse } from '../http.ts'

const validation = z.object({ Message: z.string().nullish() })
const element = z.object({
  HasValidationErrors: z.boolean().nullish(),
  StatusAttributeString: z.string().nullish(),
  ValidationErrors: z.array(validation).nullish(),
})
const errorBody = z.object({
  ErrorNumber: z.union([z.number(), z.string()]).nullish(),
  Type: z.string().nullish(),
  Message: z.string().nullish(),
  Title: z.string().nullish(),
  Detail: z.string().nullish(),
  Elements: z.array(element).nullish(),
  Payments: z.array(element).nullish(),
})

/** Rows can be refused inside an answer of 200: they say so themselves. */
export function readXeroFault(response: ProviderResponse): ProviderFault | undefined {
  const body = parseBody(response.text)
  const rows = [...(body?.Elements ?? []), ...(body?.Payments ?? [])]
  const refused = rows.filter(
    (row) =>
      row.HasValidationErrors === true ||
      row.StatusAttributeString === 'ERROR' ||
      (row.ValidationErrors?.length ?? 0) > 0,
  )
  if (response.status < 400 && refused.length === 0) return undefined
  const said = refused
    .flatMap((row) => row.ValidationErrors ?? [])
    .map((error) => error.Message ?? '')
    .filter(Boolean)
  const message =
    said.length > 0 ? said.join('; ') : body?.Detail || body?.Message || body?.Title || `HTTP ${response.status}`
  const details = { status: response.status, type: body?.Type ?? '' }
  if (response.status === 401) return { code: 'PROVIDER_CREDENTIALS_INVALID', message, details }
  if (response.status === 403) return { code: 'FORBIDDEN', message, retryable: false, details }
  if (response.status === 404) return { code: 'NOT_FOUND', message, retryable: false, details }
  if (response.status === 429) return throttled(response, message)
  if (response.status >= 500) return { code: 'PROVIDER_UNAVAILABLE', message, retryable: true, details }
  return { code: 'PROVIDER_REJECTED', message, retryable: false, details }
}

/** The minute limit passes by waiting; the day limit does not within one call. */
function throttled(response: ProviderResponse, message: string): ProviderFault {
  const problem = response.headers.get('x-rate-limit-problem') ?? 'minute'
  const wait = Number(response.headers.get('retry-after')) || 60
  const details = { status: 429, limit: problem, retryAfterSeconds: wait }
  return {
    code: 'RATE_LIMITED',
    message: `the ${problem} limit is used up: ${message}`,
    retryable: problem !== 'day',
    waitMs: wait * 1000,
    details,
  }
}

function parseBody(text: string): z.infer<typeof errorBody> | undefined {
  try {
    return errorBody.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
