import type { Effect, Provider } from '@recon/core'
import { receivePaymentEvent } from '../collections/receive-payment-event.ts'
import { type FetchRoom, fetchDeposits } from '../deposits/fetch-deposits.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { recordActivity } from '../store/activity-chain.ts'
import { sha256 } from '../store/digest.ts'
import type { Fault } from '../store/unit-of-work.ts'
import { matchPartition, planPartitions } from '../use-cases/partition-run.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import { deliverWebhook, fanOut } from '../webhooks/deliver-webhook.ts'
import { workWebhook } from '../webhooks/receive-webhook.ts'
import type { WebhookEvent } from '../webhooks/webhook-event.ts'
import type { PostWebhook } from '../webhooks/webhook-post.ts'
import type { JobHandlers, JobTask } from './job-system.ts'

export interface FeedWork {
  readonly transact: Transact
  readonly sealer: Sealer
  readonly providers: readonly Provider[]
  readonly planRun: PlanRun
  readonly splitAbove?: number
  readonly post: PostWebhook
  readonly now: () => string
  readonly fault?: Fault
}

const worker = { id: 'worker', roles: ['SYSTEM'] } as const

const field = (task: JobTask, name: string): string => {
  const value = task.data[name]
  if (typeof value === 'string') return value
  throw new Error(`The job has no ${name}.`)
}

/** Jobs that reach out: deposit fetches, webhooks, confirmations in the source system. */
export function feedJobs(work: FeedWork): JobHandlers {
  const fetching: FetchRoom = work
  return {
    'deposit-fetch': async (task) => {
      await fetchDeposits(fetching, field(task, 'tenantId'), field(task, 'sourceId'), BigInt(field(task, 'tick')))
    },
    'run-match': async (task) => {
      await work.transact(field(task, 'tenantId'), worker, (unit) =>
        planPartitions(unit, field(task, 'runId'), work.splitAbove),
      )
    },
    'match-partition': async (task) => {
      await work.transact(field(task, 'tenantId'), worker, (unit) =>
        matchPartition(unit, field(task, 'runId'), field(task, 'partitionId'), work.planRun),
      )
    },
    'webhook-deliver': async (task) => {
      const tenantId = field(task, 'tenantId')
      const { events, at } = task.data
      if (Array.isArray(events)) {
        await work.transact(tenantId, worker, (unit) => fanOut(unit, events as WebhookEvent[], String(at)))
      } else {
        await deliverWebhook(work, tenantId, field(task, 'deliveryId'))
      }
    },
    'webhook-receive': (task) =>
      workWebhook(
        work.transact,
        (unit, event, provider) => receivePaymentEvent(unit, event, { providers: work.providers }, provider),
        field(task, 'tenantId'),
        field(task, 'provider'),
        field(task, 'eventId'),
      ),
    'source-confirm': (task) => confirmInSource(work, field(task, 'tenantId'), task.data.effect as Effect),
  }
}

/** Tells the source system about a confirmed link, where a provider can; the same link has the same key at every try. */
async function confirmInSource(work: FeedWork, tenantId: string, effect: Effect): Promise<void> {
  const provider = work.providers.find((one) => one.writeback?.confirmMatches !== undefined)
  const confirm = provider?.writeback?.confirmMatches
  if (effect.type !== 'CONFIRM_IN_SOURCE' || provider === undefined || confirm === undefined) return
  const decisionId = String(effect.decisionId)
  const reference = sha256(`${tenantId} ${decisionId}`).slice(0, 40)
  const ids = (name: string): string[] => (Array.isArray(effect[name]) ? (effect[name] as unknown[]).map(String) : [])
  const receipt = await confirm({
    idempotencyKey: `confirm-${reference}`,
    groups: [{ reference, bankLineIds: ids('bankLineIds'), bookEntryIds: ids('bookEntryIds') }],
  })
  await work.transact(tenantId, worker, async (unit) => {
    await recordActivity(unit, [
      {
        name: 'writeback.match_confirmed',
        at: unit.now,
        actorId: worker.id,
        subject: { kind: 'match_decision', id: decisionId },
        version: 1,
        data: { provider: provider.name, state: receipt.state, externalId: receipt.externalId },
      },
    ])
  })
}
