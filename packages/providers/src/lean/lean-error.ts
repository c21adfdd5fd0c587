import type { ProviderFault, ProviderResponse } from '../http.ts'

/** Codes with which Lean says that the bank no longer accepts the user's credentials. */
const invalidCredentials = /INVALID_CREDENTIALS|RECONNECT_REQUIRED|USER_INPUT_REQUIRED|CONSENT_(?:EXPIRED|REVOKED)/

export function readLeanFault(response: ProviderResponse): ProviderFault | undefined {
  const said = response.text.slice(0, 4000)
  if (response.status < 400) return undefined
  const code = /"(?:status|error_code|code|error)"\s*:\s*"([A-Z_a-z]{1,60})"/.exec(said)?.[1] ?? ''
  const message = `${/"message"\s*:\s*"([^"]{1,300})"/.exec(said)?.[1] ?? `HTTP ${response.status}`}${code === '' ? '' : ` (${code})`}`
  const details = { status: response.status, code }
  if (invalidCredentials.test(code)) {
    return {
      code: 'PROVIDER_CREDENTIALS_INVALID',
      message: `the bank refuses the credentials: ${message}`,
      retryable: false,
      details: { ...details, bankCredentials: true },
    }
  }
  if (response.status === 401) return { code: 'PROVIDER_CREDENTIALS_INVALID', message, details }
  if (response.status === 403) return { code: 'FORBIDDEN', message, retryable: false, details }
  if (response.status === 404) return { code: 'NOT_FOUND', message, retryable: false, details }
  if (response.status === 429) return { code: 'RATE_LIMITED', message, retryable: true, details }
  if (response.status >= 500) return { code: 'PROVIDER_UNAVAILABLE', message, retryable: true, details }
  return { code: 'PROVIDER_REJECTED', message, retryable: false, details }
}
