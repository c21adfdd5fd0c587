import type { Provider } from '@recon/core'
import type { Sealer } from '../outbox/sealed-secret.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import {
  listDeliveries,
  listWebhookEndpoints,
  listWebhookEvents,
  resendDelivery,
  saveWebhookEndpoint,
} from '../use-cases/save-webhook-endpoint.ts'
import { uploadDeposits } from '../use-cases/upload-deposits.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import {
  actOnSource,
  createDepositSource,
  getDepositSource,
  listDepositSources,
} from '../use-cases/work-deposit-source.ts'
import { receiveWebhook } from '../webhooks/receive-webhook.ts'
import type { Handlers } from './handlers.ts'
import { readBody } from './read-request.ts'

/** Largest webhook taken in. */
const webhookLimit = 1024 * 1024

export interface FeedServices {
  readonly sealer: Sealer
  readonly providers: readonly Provider[]
  readonly transact: Transact
  readonly planRun: PlanRun
}

/** The routes of deposit sources and of webhooks in both directions. */
export function feedHandlers(services: FeedServices): Pick<Handlers, 'sources' | 'webhooks'> {
  return {
    sources: {
      create: ({ unit, input }) => createDepositSource(unit, input),
      list: ({ unit }) => listDepositSources(unit),
      get: ({ unit, input }) => getDepositSource(unit, input.sourceId),
      upload: ({ unit, input }) => uploadDeposits(unit, input, services.planRun),
      act: ({ unit, input }) => actOnSource(unit, input),
    },
    webhooks: {
      save: ({ unit, input }) => saveWebhookEndpoint(unit, input, services.sealer),
      list: ({ unit }) => listWebhookEndpoints(unit),
      catalogue: () => listWebhookEvents(),
      deliveries: ({ unit, input }) => listDeliveries(unit, input),
      resend: ({ unit, input }) => resendDelivery(unit, input),
      receive: async ({ input, request, ambience }) =>
        receiveWebhook(
          { providers: services.providers, transact: services.transact, now: ambience.now },
          input.provider,
          input.tenantId,
          request,
          await readBody(request, webhookLimit),
        ),
    },
  }
}
