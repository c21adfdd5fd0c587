import { allow, type Decision, ReconError, type ReconErrorCode, type Refusal, reconErrorCodes } from '@recon/core'
import ky, { isHTTPError, isTimeoutError, type KyInstance } from 'ky'
import type * as z from 'zod'
import type { Contract } from './contract.ts'
import { type Route, type Routes, routes } from './routes.ts'

export interface ClientOptions {
  /** Where the handler is mounted, for example `https://app.example.com/recon`. In a browser a path is enough. */
  readonly url: string
  /** Injected fetch; the platform's own by default. */
  readonly fetch?: typeof globalThis.fetch
  /** Added to every request: the host's own authentication. A function is asked anew for each request. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>)
  /** Milliseconds for one attempt, 30,000 by default. */
  readonly timeout?: number
  /** Attempts after the first that fail without an answer or with 408, 429, 502, 503 or 504; 2 by default. */
  readonly retries?: number
  /** Source of idempotency keys; `crypto.randomUUID` by default. */
  readonly newKey?: () => string
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Name the attempt yourself, to repeat it safely after a restart. By default each call makes its own key. */
  readonly idempotencyKey?: string
  readonly timeout?: number
}

type Shape<Part> = Part extends z.ZodType
  ? z.input<Part> extends Record<string, never>
    ? object
    : z.input<Part>
  : object
type Field<Of, Name extends string> = Of extends { readonly [Key in Name]: infer Part } ? Part : undefined
/** Where the request is not JSON, its bytes. */
type Bytes<Of> = Field<Of, 'consumes'> extends string ? { bytes: Uint8Array<ArrayBuffer> | Blob } : object
type Input<Of> = Shape<Field<Of, 'params'>> & Shape<Field<Of, 'query'>> & Shape<Field<Of, 'body'>> & Bytes<Of>
type Output<Of> = Field<Of, 'response'> extends z.ZodType ? z.output<Field<Of, 'response'>> : Response
type Answer<Of, Decides> = Decides extends true ? Decision<Output<Of>> : Output<Of>
type Method<Of, Decides> =
  object extends Input<Of>
    ? (input?: Input<Of>, options?: CallOptions) => Promise<Answer<Of, Decides>>
    : (input: Input<Of>, options?: CallOptions) => Promise<Answer<Of, Decides>>
type Decides<Of> = Of extends { readonly decides: infer Value } ? Value : false

/** One method per route. Path parameters, search parameters and body fields are given together in one object. */
export type Client = {
  readonly [Group in keyof Routes]: {
    readonly [Name in keyof Routes[Group] & keyof Contract[Group]]: Method<
      Contract[Group][Name],
      Decides<Routes[Group][Name]>
    >
  }
}

type Fields = Record<string, unknown>

/**
 * A typed client of the host backend. Writes carry an idempotency key and are retried with it, so a retry never acts twice.
 * A rule's refusal comes back as a Decision; everything else that fails throws a ReconError with the backend's code.
 */
export function createClient(options: ClientOptions): Client {
  const http = ky.create({
    timeout: options.timeout ?? 30_000,
    retry: {
      limit: options.retries ?? 2,
      methods: ['get', 'post'],
      statusCodes: [408, 429, 502, 503, 504],
      afterStatusCodes: [429, 503],
      maxRetryAfter: 30_000,
      jitter: true,
    },
    ...(options.fetch === undefined
      ? {}
      : { fetch: options.fetch as (input: string | URL | Request, init?: RequestInit) => Promise<Response> }),
  })
  const groups: Record<string, Record<string, unknown>> = {}
  for (const [group, members] of Object.entries(routes)) {
    groups[group] = Object.fromEntries(
      Object.entries(members).map(([name, route]) => [
        name,
        (input: Fields = {}, call: CallOptions = {}) => send(http, options, route, input, call),
      ]),
    )
  }
  return groups as unknown as Client
}

async function send(http: KyInstance, options: ClientOptions, route: Route, input: Fields, call: CallOptions) {
  const { path, rest } = fillPath(route.path, input)
  const headers: Record<string, string> = {
    ...(typeof options.headers === 'function' ? options.headers() : options.headers),
  }
  if (route.method === 'POST') {
    headers['idempotency-key'] = call.idempotencyKey ?? (options.newKey ?? (() => crypto.randomUUID()))()
  }
  const { bytes, ...json } = rest
  if (bytes !== undefined) headers['content-type'] = 'application/octet-stream'
  try {
    const response = await http(`${options.url.replace(/\/$/, '')}${path}`, {
      method: route.method,
      headers,
      ...(route.method === 'GET'
        ? { searchParams: searchOf(json) }
        : bytes === undefined
          ? { json }
          : { body: bytes as BodyInit }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      ...(call.timeout === undefined ? {} : { timeout: call.timeout }),
    })
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json')
    const value: unknown = isJson ? await response.json() : response
    return route.decides ? allow(value) : value
  } catch (error) {
    const problem = isHTTPError(error) ? (error.data as Fields | undefined) : undefined
    const refusal = problem?.refusal as Refusal | undefined
    if (route.decides && problem?.code === 'REFUSED' && refusal !== undefined) return { ok: false, refusal } as const
    throw breakage(error, problem)
  }
}

function fillPath(template: string, input: Fields): { path: string; rest: Fields } {
  const rest = { ...input }
  const path = template
    .split('/')
    .map((segment) => {
      if (!segment.startsWith('{')) return segment
      const name = segment.slice(1, -1)
      const value = rest[name]
      delete rest[name]
      if (typeof value === 'string' && value !== '') return encodeURIComponent(value)
      throw new ReconError('REQUEST_INVALID', `${template} needs "${name}".`, { place: name })
    })
    .join('/')
  return { path, rest }
}

function searchOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
}

function breakage(error: unknown, problem: Fields | undefined): ReconError {
  if (isTimeoutError(error)) {
    return new ReconError('STORE_UNAVAILABLE', 'The backend did not answer in time. Try again.', { cause: error })
  }
  if (!isHTTPError(error)) {
    const aborted = error instanceof Error && error.name === 'AbortError'
    return aborted
      ? new ReconError('CANCELLED', 'The request was cancelled.', { cause: error })
      : new ReconError('STORE_UNAVAILABLE', 'The backend cannot be reached. Check the connection and the url.', {
          cause: error,
        })
  }
  const code =
    typeof problem?.code === 'string' && Object.hasOwn(reconErrorCodes, problem.code) ? problem.code : 'INTERNAL'
  const text = typeof problem?.detail === 'string' ? problem.detail : `The backend answered ${error.response.status}.`
  return new ReconError(code as ReconErrorCode, text, {
    cause: error,
    ...(typeof problem?.place === 'string' ? { place: problem.place } : {}),
    ...(typeof problem?.requestId === 'string' ? { requestId: problem.requestId } : {}),
    details: {
      status: error.response.status,
      ...(problem?.current === undefined ? {} : { current: problem.current }),
    },
  })
}
