import { type Actor, type Provider, ReconError } from '@recon/core'
import type { FetchRoom } from './deposits/fetch-deposits.ts'
import { collectionsHandlers } from './http/collections-handlers.ts'
import { csvResponse } from './http/csv-response.ts'
import { deskHandlers } from './http/desk-handlers.ts'
import { EventHub } from './http/event-hub.ts'
import { feedHandlers } from './http/feed-handlers.ts'
import { exportHandlers, type FirmServices, firmHandlers, jobHandlers } from './http/firm-handlers.ts'
import type { Handlers } from './http/handlers.ts'
import { openapiDocument } from './http/openapi-document.ts'
import { proofHandlers } from './http/proof-handlers.ts'
import { readiness } from './http/readiness.ts'
import { reconHandler } from './http/recon-handler.ts'
import { treasuryHandlers } from './http/treasury-handlers.ts'
import { type FeedWork, feedJobs } from './jobs/feed-jobs.ts'
import { jobHandlersOf } from './jobs/job-handlers.ts'
import { type JobHandlers, type ParkedJob, traced, type WorkSettings } from './jobs/job-system.ts'
import { scheduleRound, startSchedule } from './jobs/work-schedule.ts'
import { jsonLogger } from './logger.ts'
import { isSameOrigin, readCookie, sessionCookie } from './portal/portal-cookie.ts'
import { portalEntry } from './portal/portal-entry.ts'
import { findVisitor } from './portal/portal-session-store.ts'
import type { PortalSetup } from './portal/portal-setup.ts'
import { openFiles, openSealer, type ReconOptions } from './recon-options.ts'
import { renderReport } from './reports/render-report.ts'
import { type Ambience, inTransaction, systemAmbience, type UnitOfWork } from './store/unit-of-work.ts'
import { StoreOpening } from './store-opening.ts'
import { noTelemetry } from './telemetry.ts'
import { planRunWith } from './use-cases/plan-run.ts'
import { bindUseCases, type Transact, type UseCases } from './use-cases/use-cases.ts'
import { deliverWebhook } from './webhooks/deliver-webhook.ts'
import { systemResolver } from './webhooks/public-address.ts'
import { safePost } from './webhooks/webhook-post.ts'

export const reconVersion = '0.1.0'

export interface Recon {
  /** The whole HTTP surface. */
  readonly handler: (request: Request) => Promise<Response>
  /** Library calls: the same rules and transactions without HTTP. */
  readonly useCases: UseCases
  /** Opens the database and checks its schema; the first request does it too. */
  readonly ready: () => Promise<void>
  /** Brings the schema up to date; the names of the migrations that ran. */
  readonly migrate: () => Promise<readonly string[]>
  /** Takes jobs until `close`: in as many processes as you like. */
  readonly work: (settings?: WorkSettings) => Promise<void>
  /** Sends one mail of the outbox now, without waiting for its job; its status afterwards. */
  readonly deliverMail: (tenantId: string, messageId: string) => Promise<string>
  /** Sends one webhook delivery now; its status afterwards. */
  readonly deliverWebhook: (tenantId: string, deliveryId: string) => Promise<string>
  /** What a deposit fetch works with, over other providers than the configured ones where given. */
  readonly fetchRoom: (providers?: readonly Provider[]) => FetchRoom
  /** Orders what the clock makes due (fetches, sweeps, mails to rescue), as `work` does every few seconds: for a host's own cron. */
  readonly tick: () => Promise<void>
  /** Runs the jobs that are due now, once; how many there were. */
  readonly drain: () => Promise<number>
  /** Jobs that were given up, of one tenant or of all, newest first: for the operator. */
  readonly parkedJobs: (tenantId?: string) => Promise<readonly ParkedJob[]>
  /** Gives parked jobs another try; how many there were. */
  readonly redriveJobs: (filter: { readonly tenantId?: string; readonly ids?: readonly string[] }) => Promise<number>
  /** Lets running requests and jobs end and closes the database. */
  readonly close: () => Promise<void>
}

/** The host backend: one object, one handler. Opening is lazy, so this never fails for a database; `ready()` does. */
export function createRecon(options: ReconOptions): Recon {
  const ambience: Ambience = { ...systemAmbience, ...options.ambience }
  const logger = options.logger ?? jsonLogger((line) => process.stderr.write(`${line}\n`), ambience.now)
  const mount = options.mount ?? '/recon'
  const telemetry = options.telemetry ?? noTelemetry
  const opening = new StoreOpening(options, logger)
  const sealer = openSealer(options)
  const storage = openFiles(options)
  const planRun = planRunWith(options.engine)
  const hub = new EventHub(async () => (await opening.ready()).store)
  const transact = async <Result>(tenantId: string, actor: Actor, work: (unit: UnitOfWork) => Promise<Result>) => {
    const { store, jobs } = await opening.ready()
    return inTransaction(store, { tenantId, actor, ambience, sendJobs: (db, orders) => jobs.send(db, orders) }, work)
  }
  const portal = (): PortalSetup => {
    if (options.portal !== undefined) return { ...options.portal, sealer }
    throw new ReconError('CONFIGURATION_INVALID', 'Give createRecon the addresses of the portal: { url, page }.', {
      place: 'portal',
    })
  }
  const services: FirmServices = {
    planRun,
    portal,
    sealer,
    storage,
    uploads: {
      storage,
      ...(options.scan === undefined ? {} : { scan: options.scan }),
      ...(options.uploads === undefined ? {} : { room: options.uploads }),
    },
    jobs: async () => (await opening.ready()).jobs,
    mount,
  }
  const faults = ambience.fault === undefined ? {} : { fault: ambience.fault }
  const feeds: FeedWork = {
    ...faults,
    transact,
    sealer,
    planRun,
    ...(options.splitAbove === undefined ? {} : { splitAbove: options.splitAbove }),
    providers: options.providers ?? [],
    post: options.postWebhook ?? safePost(systemResolver),
    now: ambience.now,
  }
  const work: JobHandlers = traced(telemetry, {
    ...feedJobs(feeds),
    ...jobHandlersOf({
      ...faults,
      transact,
      sealer,
      storage,
      mail: options.mail,
      render: renderReport,
      providers: options.providers ?? [],
    }),
  })
  const makeEntry = () =>
    portalEntry({
      setup: portal(),
      store: async () => (await opening.ready()).store,
      transact,
      ...(options.clientAddress === undefined ? {} : { clientAddress: options.clientAddress }),
    })
  // One for the life of the process: it counts misses.
  let enter: ReturnType<typeof portalEntry> | undefined
  let stopSchedule: (() => Promise<void>) | undefined
  return {
    handler: reconHandler({
      mount,
      authorize: options.authorize,
      handlers: allHandlers(services, opening, options.providers ?? [], transact),
      ambience,
      logger,
      telemetry,
      ready: () => opening.ready(),
      transact,
      visitor: async (request) => findVisitor((await opening.ready()).store, readCookie(request, sessionCookie)),
      fromOwnPage: (request) => isSameOrigin(request, options.portal?.url ?? request.url),
      enter: (request, token, wanted) => {
        enter ??= makeEntry()
        return enter(request, token, wanted)
      },
      events: (tenantId, signal) => hub.stream(tenantId, signal),
    }),
    useCases: bindUseCases(transact, planRun, services, telemetry),
    ready: async () => {
      await opening.ready()
    },
    migrate: () => opening.migrate(),
    work: async (settings) => {
      const { store, jobs } = await opening.ready()
      await jobs.work(work, settings)
      stopSchedule = startSchedule({ store, transact, now: ambience.now, logger })
    },
    deliverMail: async (tenantId, messageId) => {
      const task = { id: messageId, data: { tenantId, messageId }, signal: new AbortController().signal }
      await work['mail-send']?.(task)
      return work['mail-send'] === undefined ? 'NO_TRANSPORT' : 'DONE'
    },
    deliverWebhook: (tenantId, deliveryId) => deliverWebhook(feeds, tenantId, deliveryId),
    fetchRoom: (providers) => ({ ...feeds, ...(providers === undefined ? {} : { providers }) }),
    tick: async () => {
      const { store } = await opening.ready()
      await scheduleRound({ store, transact, now: ambience.now, logger })
    },
    drain: async () => (await opening.ready()).jobs.drain(work),
    parkedJobs: async (tenantId) => (await opening.ready()).jobs.parked(tenantId),
    redriveJobs: async (filter) => (await opening.ready()).jobs.redrive(filter),
    close: async () => {
      await stopSchedule?.()
      await hub.close()
      await opening.close()
      await options.mail?.close?.()
    },
  }
}

function allHandlers(
  services: FirmServices,
  opening: StoreOpening,
  providers: readonly Provider[],
  transact: Transact,
): Handlers {
  return {
    system: {
      health: async () => ({ status: 'ok', version: reconVersion }),
      ready: () => readiness(opening),
      openapi: async () => openapiDocument(reconVersion),
      session: async ({ unit }) => ({ tenantId: unit.tenantId, actorId: unit.actor.id, roles: [...unit.actor.roles] }),
    },
    ...deskHandlers(services.planRun),
    ...firmHandlers(services),
    ...collectionsHandlers({ providers }),
    ...treasuryHandlers(services.planRun),
    ...proofHandlers(services.planRun),
    ...feedHandlers({ sealer: services.sealer, providers, transact, planRun: services.planRun }),
    exports: {
      download: ({ unit, input }) => csvResponse(unit, input.kind, input),
      ...exportHandlers(services),
    },
    jobs: {
      ...jobHandlers(services),
      events: async () => new Response(null, { status: 404 }),
    },
  }
}
