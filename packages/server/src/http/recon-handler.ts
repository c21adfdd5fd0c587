import { contract, type Endpoint, type Problem, type Route, routes } from '@recon/client'
import { type Actor, type Decision, ReconError } from '@recon/core'
import { Hono } from 'hono'
import { type Authorize, readCaller } from '../configuration.ts'
import type { Logger } from '../logger.ts'
import { type PortalVisitor, visitorRefused } from '../portal/portal-session-store.ts'
import { recordActivity } from '../store/activity-chain.ts'
import { type Ambience, asReconError, type UnitOfWork } from '../store/unit-of-work.ts'
import type { Telemetry } from '../telemetry.ts'
import type { AnyHandler, Call, Handlers } from './handlers.ts'
import { idempotencyKey, idempotentWrite, type WireAnswer } from './idempotent-write.ts'
import { problemOf, problemOfRefusal, problemResponse } from './problem-response.ts'
import { readInput } from './read-request.ts'

export interface HandlerOptions {
  readonly mount: string
  readonly authorize: Authorize
  readonly handlers: Handlers
  readonly ambience: Ambience
  readonly logger: Logger
  readonly telemetry: Telemetry
  /** Resolves when the database is open and its schema is current. */
  readonly ready: () => Promise<unknown>
  /** Who holds the portal session of a request; undefined without one. */
  readonly visitor: (request: Request) => Promise<PortalVisitor | undefined>
  /** Whether a portal write comes from our own page. */
  readonly fromOwnPage: (request: Request) => boolean
  /** The pages behind a magic link. */
  readonly enter: (request: Request, token: string, wanted: 'enter' | 'mail') => Promise<Response>
  readonly events: (tenantId: string, signal: AbortSignal) => Promise<Response>
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
        inSpan(options, `${group}.${name}`, route, () =>
          serve(options, `${group}.${name}`, route, endpoint, handler, context.req.raw, context.req.param()),
        ),
      )
    }
  }
  const entry = `${options.mount}/portal/enter/:token`
  app.all(entry, (context) => enter(options, context.req.raw, context.req.param('token') ?? '', 'enter'))
  app.all(`${entry}/mail`, (context) => enter(options, context.req.raw, context.req.param('token') ?? '', 'mail'))
  app.notFound((context) => {
    const error = new ReconError('NOT_FOUND', 'There is no such path here.')
    return problemResponse(problemOf(error, requestIdOf(context.req.raw)))
  })
  return async (request) => app.fetch(request)
}

/** No request id, no path and no token of these pages reaches a log. */
async function enter(
  options: HandlerOptions,
  request: Request,
  token: string,
  wanted: 'enter' | 'mail',
): Promise<Response> {
  try {
    await options.ready()
    return await options.enter(request, token, wanted)
  } catch (thrown) {
    const requestId = requestIdOf(request)
    options.logger.error('portal page failed', { requestId, error: describe(asReconError(thrown)) })
    return problemResponse(problemOf(asReconError(thrown), requestId))
  }
}

function named<Value>(from: unknown, group: string, name: string): Value {
  return (from as Record<string, Record<string, Value>>)[group]?.[name] as Value
}

/** One span a request, by its route pattern; an answer of 500 and above marks it. */
function inSpan(
  { telemetry }: HandlerOptions,
  operation: string,
  route: Route,
  work: () => Promise<Response>,
): Promise<Response> {
  const facts = { 'http.request.method': route.method, 'http.route': route.path, 'recon.operation': operation }
  return telemetry.span(`${route.method} ${route.path}`, facts, async (say) => {
    const response = await work()
    say.fact('http.response.status_code', response.status)
    if (response.status >= 500) say.failed(`HTTP ${response.status}`)
    return response
  })
}

async function serve(
  options: HandlerOptions,
  operation: string,
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
    const traced: AnyHandler = (call) =>
      options.telemetry.span(`recon.use-case ${operation}`, { 'recon.operation': operation }, async () => {
        const made = await handler(call)
        await noteRefusal(call, operation, made)
        return made
      })
    response = await answer(options, { route, endpoint, handler: traced, request, params, requestId })
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

/** Who tried what they may not do stands in the log, with the answer they got. */
async function noteRefusal(call: Call<never>, operation: string, made: unknown): Promise<void> {
  const decided = made as { ok?: unknown; refusal?: { code?: unknown } } | null | undefined
  if (decided?.ok !== false || decided.refusal?.code !== 'FORBIDDEN') return
  const { unit } = call
  await recordActivity(unit, [
    {
      name: 'access.refused',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'operation', id: operation },
      version: 1,
      data: { roles: unit.actor.roles },
    },
  ])
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
  if (endpoint.audience === 'PUBLIC' || endpoint.audience === 'SIGNED') {
    const { input } = await readInput(request, endpoint, params)
    const unit = undefined as never
    const made = await handler({ unit, input: input as never, request, ambience: options.ambience })
    return respond(wire(made, route, endpoint, requestId))
  }
  const { tenantId, actor, visitor } = await whoCalls(options, endpoint, request)
  if (endpoint.produces === 'text/event-stream') {
    await options.ready()
    return options.events(tenantId, request.signal)
  }
  const key = route.method === 'POST' ? idempotencyKey(request) : undefined
  const { input, requestHash } = await readInput(request, endpoint, params)
  await options.ready()
  return options.transact(tenantId, actor, async (unit) => {
    if (visitor !== undefined) await checkVisitor(unit, visitor)
    const call = {
      unit,
      input: input as never,
      request,
      ambience: options.ambience,
      ...(visitor === undefined ? {} : { visitor }),
    }
    if (key === undefined) return respond(wire(await handler(call), route, endpoint, requestId))
    const done = await idempotentWrite(unit, key, `${actor.id}\n${requestHash}`, async () =>
      kept(wire(await handler(call), route, endpoint, requestId)),
    )
    const response = respond(done)
    if (done.replayed) response.headers.set('idempotency-replayed', 'true')
    return response
  })
}

async function whoCalls(
  options: HandlerOptions,
  endpoint: Endpoint,
  request: Request,
): Promise<{ tenantId: string; actor: Actor; visitor?: PortalVisitor }> {
  if (endpoint.audience === 'STAFF') return readCaller(options.authorize, request)
  if (request.method !== 'GET' && !options.fromOwnPage(request)) {
    throw new ReconError('FORBIDDEN', 'This request does not come from the portal.')
  }
  await options.ready()
  const visitor = await options.visitor(request)
  if (visitor === undefined) throw new ReconError('UNAUTHENTICATED', 'Open the link of the mail again.')
  return { tenantId: visitor.tenantId, actor: visitor.actor, visitor }
}

async function checkVisitor(unit: UnitOfWork, visitor: PortalVisitor): Promise<void> {
  const refusal = await visitorRefused(unit, visitor)
  if (refusal !== null) throw new ReconError('UNAUTHENTICATED', refusal.message, { details: { reason: refusal.code } })
}

async function kept(made: WireAnswer | Response): Promise<WireAnswer> {
  if (!(made instanceof Response)) return made
  return { status: made.status, contentType: made.headers.get('content-type') ?? '', body: await made.text() }
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
