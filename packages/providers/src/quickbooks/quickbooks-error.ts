import * as z from 'zod'
import type { ProviderFault, ProviderResponse } from '../http.ts'

const faultBody = z.object({
  Fault: z.object({
    Error: z.array(
      z.object({ Message: z.string().nullish(), Detail: z.string().nullish(), code: z.string().nullish() }),
    ),
    type: z.string().nullish(),
  }),
})
/** The gateway in front of QuickBooks answers in lower case. */
const gatewayBody = z.object({
  fault: z.object({
    error: z.array(
      z.object({ message: z.string().nullish(), detail: z.string().nullish(), code: z.string().nullish() }),
    ),
    type: z.string().nullish(),
  }),
})

interface QuickbooksFault {
  readonly code: string
  readonly message: string
  readonly type: string
}

const throttleWaitMs = 60_000

/** Reads either envelope; QuickBooks also answers 200 with a Fault inside. */
export function readQuickbooksFault(response: ProviderResponse): ProviderFault | undefined {
  const fault = parseFault(response.text)
  if (fault === undefined && response.status < 400) return undefined
  const code = (fault?.code ?? '').replace(/^0+/, '')
  const said = fault === undefined ? `HTTP ${response.status}` : `${fault.message} (code ${fault.code})`
  const details = { code, status: response.status, faultType: fault?.type }
  if (response.status === 429 || code === '3001') {
    const after = Number(response.headers.get('retry-after'))
    return {
      code: 'RATE_LIMITED',
      message: `too many requests: ${said}`,
      retryable: true,
      waitMs: after > 0 ? after * 1000 : throttleWaitMs,
      details,
    }
  }
  if (code === '3200' || response.status === 401)
    return { code: 'PROVIDER_CREDENTIALS_INVALID', message: `the access token was refused: ${said}`, details }
  if (code === '3100' || code === '120' || response.status === 403)
    return { code: 'FORBIDDEN', message: `the app may not do this: ${said}`, details }
  if (code === '610')
    return { code: 'NOT_FOUND', message: `the record does not exist or is inactive: ${said}`, details }
  if (code === '5010')
    return { code: 'VERSION_CONFLICT', message: `the record was changed meanwhile: ${said}`, details }
  const systemic = /system|service/i.test(fault?.type ?? '')
  if (response.status >= 500 || systemic)
    return { code: 'PROVIDER_UNAVAILABLE', message: said, retryable: true, details }
  return { code: 'PROVIDER_REJECTED', message: said, retryable: false, details }
}

function parseFault(text: string): QuickbooksFault | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const normal = faultBody.safeParse(body)
  if (normal.success) {
    const first = normal.data.Fault.Error[0]
    return {
      code: first?.code ?? '',
      message: first?.Detail || first?.Message || 'fault',
      type: normal.data.Fault.type ?? '',
    }
  }
  const gateway = gatewayBody.safeParse(body)
  if (!gateway.success) return undefined
  const first = gateway.data.fault.error[0]
  return { code: first?.code ?? '', message: first?.message ?? 'fault', type: gateway.data.fault.type ?? '' }
}
