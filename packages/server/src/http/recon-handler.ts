import { contract, type Endpoint, type Problem, type Route, routes } from '@recon/client'
import { type Actor, type Decision, ReconError } from '@recon/core'
import { Hono } from 'hono'
import { type Authorize, readCaller } from '../configuration.ts'
import type { Logger } from '../logger.ts'
import { type Ambience, asReconError, type UnitOfWork } from '../store/unit-of-work.ts'
import type { AnyHandler, Handlers } from './handlers.ts'
import { idempotencyKey, idempotentWrite, type WireAnswer } from './idempotent-write.ts'
import { problemOf, problemOfRefusal, problemResponse } from './problem-response.ts'
import { readInput } from './read-request.ts'

export interface HandlerOptions {
  readonly mount: string
  readonly authorize: Authorize
  readonly handlers: Handlers
  readonly ambience: Ambience
  readonly logger: Logger
  /** Resolves when the database is open and its schema is current. */
  readonly ready: () => Promise<unknown>
  readonly transact: <Result>(
    tenantId: string,
    actor: Actor,
    work: (unit: UnitOfWork) => Promise<Result>,
  ) => Promise<Result>
}

const jsonType = 'application/json; charset=utf-8'

/** The whole HTTP surface as one function of the platform's own types: mount it anywhere. */
export function reconHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const app = new Hono({ strict: false })
  for (const [group, members] of Object.entries(routes)) {
    for (const [name, route] of Object.entries(members as Record<string, Route>)) {
      const endpoint = named<Endpoint>(contract, group, name)
      const handler = named<AnyHandler>(options.handlers, group, name)
      const path = `${options.mount}${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
      app.on(route.method, path, (context) =>
        serve(options, route, endpoint, handler, context.req.raw, context.req.param()),
      )
    }
  }
  app.notFound((context) => {
    const error = new ReconError('NOT_FOUND', 'There is no such path here.')
    return problemResponse(problemOf(error, requestIdOf(context.req.raw)))
  })
  return async (request) => app.fetch(request)
}

function named<Value>(from: unknown, group: string, name: string): Value {
  return (from as Record<string, Record<string, Value>>)[group]?.[name] as Value
}

async function serve(
  options: HandlerOptions,
  route: Route,
  endpoint: Endpoint,
  handler: AnyHandler,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<Response> {
  const requestId = requestIdOf(request)
  const started = performance.now()
  let response: Response
  try {
    response = await answer(options, { route, endpoint, handler, request, params, requestId })
  } catch (thrown) {
    const error = asReconError(thrown)
    const problem = problemOf(error, requestId)
    if (problem.status >= 500)
      options.logger.error('request failed', { requestId, path: route.path, error: describe(error) })
    response = problemResponse(problem)
  }
  options.logger.info('request', {
    requestId,
    method: route.method,
    path: route.path,
    status: response.status,
    milliseconds: Math.round(performance.now() - started),
  })
  response.headers.set('x-request-id', requestId)
  return response
}

interface Exchange {
  readonly route: Route
  readonly endpoint: Endpoint
  readonly handler: AnyHandler
  readonly request: Request
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
}

async function answer(options: HandlerOptions, exchange: Exchange): Promise<Response> {
  const { route, endpoint, handler, request, params, requestId } = exchange
  if (endpoint.audience === 'PUBLIC') {
    const { input } = await readInput(request, endpoint, params)
    const unit = undefined as never
    return respond(
      await wire(
        await handler({ unit, input: input as never, request, ambience: options.ambience }),
        route,
        endpoint,
        requestId,
      ),
    )
  }
  const { tenantId, actor } = await readCaller(options.authorize, request)
  const key = route.method === 'POST' ? idempotencyKey(request) : undefined
  const { input, requestHash } = await readInput(request, endpoint, params)
  await options.ready()
  return options.transact(tenantId, actor, async (unit) => {
    const call = { unit, input: input as never, request, ambience: options.ambience }
    if (key === undefined) return respond(await wire(await handler(call), route, endpoint, requestId))
    const done = await idempotentWrite(unit, key, `${actor.id}\n${requestHash}`, async () => {
      const made = await wire(await handler(call), route, endpoint, requestId)
      return made instanceof Response
        ? { status: made.status, contentType: made.headers.get('content-type') ?? '', body: await made.text() }
        : made
    })
    const response = respond(done)
    if (done.replayed) response.headers.set('idempotency-replayed', 'true')
    return response
  })
}

function wire(made: unknown, route: Route, endpoint: Endpoint, requestId: string): WireAnswer | Response {
  if (made instanceof Response) return made
  const decided = route.decides ? (made as Decision<unknown>) : ({ ok: true, value: made } as const)
  if (decided.ok) return { status: endpoint.status ?? 200, contentType: jsonType, body: JSON.stringify(decided.value) }
  const problem: Problem = problemOfRefusal(decided.refusal, requestId)
  return { status: problem.status, contentType: 'application/problem+json', body: JSON.stringify(problem) }
}

function respond(answer: WireAnswer | Response): Response {
  if (answer instanceof Response) return answer
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': answer.contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  })
}

/** The caller's own id when it is a plain token, so that logs of both sides can be joined; a new one otherwise. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID()
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.name}: ${error.message}${cause}`.slice(0, 1000)
}
