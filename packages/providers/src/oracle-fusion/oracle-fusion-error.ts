import * as z from 'zod'
import type { ProviderFault, ProviderResponse } from '../http.ts'

const errorBody = z.object({
  title: z.string().nullish(),
  detail: z.string().nullish(),
  'o:errorDetails': z
    .array(
      z.object({
        detail: z.string().nullish(),
        title: z.string().nullish(),
        'o:errorCode': z.string().nullish(),
        'o:errorPath': z.string().nullish(),
      }),
    )
    .nullish(),
})

const longestMessage = 500

/** Errors come as JSON only where the framework version and the Accept header ask for it; otherwise they are plain text. */
export function readFusionFault(response: ProviderResponse): ProviderFault | undefined {
  if (response.status < 400) return undefined
  const body = parseBody(response.text)
  const said = (body?.['o:errorDetails'] ?? []).map((detail) =>
    [detail['o:errorPath'], detail.detail ?? detail.title].filter(Boolean).join(': '),
  )
  const plain = response.text.trimStart().startsWith('<') ? '' : response.text.trim().slice(0, longestMessage)
  const message = said.filter(Boolean).join('; ') || body?.detail || body?.title || plain || `HTTP ${response.status}`
  const details = { status: response.status, code: body?.['o:errorDetails']?.[0]?.['o:errorCode'] ?? '' }
  switch (response.status) {
    case 401:
      return { code: 'PROVIDER_CREDENTIALS_INVALID', message, details }
    case 403:
      return { code: 'FORBIDDEN', message, retryable: false, details }
    case 404:
      return { code: 'NOT_FOUND', message, retryable: false, details }
    case 412:
      return { code: 'VERSION_CONFLICT', message, details }
    case 429:
      return {
        code: 'RATE_LIMITED',
        message,
        retryable: true,
        waitMs: (Number(response.headers.get('retry-after')) || 30) * 1000,
        details,
      }
    default:
      if (response.status >= 500) return { code: 'PROVIDER_UNAVAILABLE', message, retryable: true, details }
      return { code: 'PROVIDER_REJECTED', message, retryable: false, details }
  }
}

function parseBody(text: string): z.infer<typeof errorBody> | undefined {
  try {
    return errorBody.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
