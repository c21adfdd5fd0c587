import { ReconError, type ReconErrorCode } from '@recon/core'
import ky, { TimeoutError } from 'ky'
import type * as z from 'zod'
import { parseExactJson } from './exact-json.ts'
import { type ProviderClock, type RateLimit, systemClock } from './rate-limit.ts'

/** The most that is read of one response. */
const largestBody = 64 * 1024 * 1024

export interface ProviderResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The provider's own id of the request, to quote to its support. */
  readonly requestId: string | undefined
}

/** What a response means: nothing wrong, or an error with what to do about it. */
export interface ProviderFault {
  readonly code: ReconErrorCode
  readonly message: string
  readonly retryable?: boolean
  /** Wait at least this long before a retry. */
  readonly waitMs?: number
  readonly details?: Readonly<Record<string, unknown>>
}

export interface ProviderHttpOptions {
  readonly provider: string
  readonly baseUrl: string
  readonly fetch?: typeof fetch | undefined
  /** For one attempt, response body included. */
  readonly timeoutMs: number
  /** How often a retryable fault is tried again. */
  readonly retries: number
  readonly clock?: ProviderClock | undefined
  readonly rateLimit?: RateLimit | undefined
  /** Headers of every request; called before each attempt, so that a fresh token is used after a refresh. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>
  readonly requestIdHeader?: string
  /** Reads the body before the status: some providers answer 200 with a fault inside. */
  readonly readFault: (response: ProviderResponse) => ProviderFault | undefined
  /** Called once when a fault says the credentials are stale; the request is then tried once more. */
  readonly refreshCredentials?: () => Promise<void>
}

export interface ProviderRequest<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly body?: string | Uint8Array<ArrayBuffer> | URLSearchParams
  readonly schema: Schema
  readonly signal?: AbortSignal | undefined
  /** False for a write without an idempotency key: then nothing is sent twice. */
  readonly repeatable: boolean
}

export interface ProviderAnswer<Value> {
  readonly value: Value
  readonly headers: Headers
  readonly requestId: string | undefined
}

export interface ProviderHttp {
  readonly send: <Schema extends z.ZodType>(
    request: ProviderRequest<Schema>,
  ) => Promise<ProviderAnswer<z.infer<Schema>>>
}

/** One provider's HTTP: bounded, timed, rate limited, retried by its own rules, with typed errors. */
export function createProviderHttp(options: ProviderHttpOptions): ProviderHttp {
  const clock = options.clock ?? systemClock
  return {
    send: async (request) => {
      let refreshed = false
      for (let attempt = 0; ; attempt++) {
        const response = await attemptOnce(options, request)
        const fault = response.fault
        if (fault === undefined) return answer(options, request, response.response)
        if (fault.code === 'PROVIDER_CREDENTIALS_INVALID' && options.refreshCredentials && !refreshed) {
          refreshed = true
          await options.refreshCredentials()
          continue
        }
        if (!fault.retryable || !request.repeatable || attempt >= options.retries) {
          throw faultError(options.provider, fault, response.response?.requestId, response.cause)
        }
        await clock.sleep(fault.waitMs ?? backoff(attempt), request.signal)
      }
    },
  }
}

function backoff(attempt: number): number {
  return Math.min(30_000, 500 * 2 ** attempt)
}

export function faultError(provider: string, fault: ProviderFault, requestId?: string, cause?: unknown): ReconError {
  return new ReconError(fault.code, `${provider}: ${fault.message}`, {
    provider,
    ...(fault.retryable === undefined ? {} : { retryable: fault.retryable }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(fault.details === undefined ? {} : { details: fault.details }),
    ...(cause === undefined ? {} : { cause }),
  })
}

interface Attempt {
  readonly response?: ProviderResponse
  readonly fault?: ProviderFault
  readonly cause?: unknown
}

async function attemptOnce<Schema extends z.ZodType>(
  options: ProviderHttpOptions,
  request: ProviderRequest<Schema>,
): Promise<Attempt> {
  const call = () => exchange(options, request)
  try {
    const response = await (options.rateLimit ? options.rateLimit.run(call, request.signal) : call())
    const fault = options.readFault(response)
    return fault === undefined ? { response } : { response, fault }
  } catch (cause) {
    if (request.signal?.aborted)
      throw new ReconError('CANCELLED', `${options.provider}: the caller cancelled the request.`, {
        cause,
        provider: options.provider,
      })
    if (ReconError.is(cause)) throw cause
    const late = cause instanceof TimeoutError || (cause instanceof Error && cause.name === 'TimeoutError')
    const message = late ? `no answer within ${options.timeoutMs} ms` : 'could not be reached'
    return { fault: { code: 'PROVIDER_UNAVAILABLE', message, retryable: true }, cause }
  }
}

async function exchange<Schema extends z.ZodType>(
  options: ProviderHttpOptions,
  request: ProviderRequest<Schema>,
): Promise<ProviderResponse> {
  const url = new URL(
    request.path.replace(/^\//, ''),
    options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`,
  )
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const body = request.json === undefined ? request.body : JSON.stringify(request.json)
  const response = await ky(url, {
    method: request.method,
    headers: {
      Accept: 'application/json',
      ...(request.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(await options.headers()),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    signal: request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]),
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    redirect: 'error',
  })
  const requestId = options.requestIdHeader === undefined ? null : response.headers.get(options.requestIdHeader)
  return {
    status: response.status,
    headers: response.headers,
    text: await boundedText(response, options.provider),
    requestId: requestId ?? undefined,
  }
}

async function boundedText(response: Response, provider: string): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > largestBody) {
      throw new ReconError('PROVIDER_RESPONSE_INVALID', `${provider} answered with more than ${largestBody} bytes.`, {
        provider,
      })
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function answer<Schema extends z.ZodType>(
  options: ProviderHttpOptions,
  request: ProviderRequest<Schema>,
  response: ProviderResponse | undefined,
): ProviderAnswer<z.infer<Schema>> {
  const { provider } = options
  const rest = response?.requestId === undefined ? {} : { requestId: response.requestId }
  const parsed = request.schema.safeParse(response?.text ? parseExactJson(response.text, provider) : undefined)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ReconError(
      'PROVIDER_RESPONSE_INVALID',
      `${provider} answered ${request.method} ${request.path} in an unexpected shape at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'unknown'}.`,
      { provider, ...rest },
    )
  }
  return { value: parsed.data, headers: response?.headers ?? new Headers(), requestId: response?.requestId }
}
