import type { ProviderClock } from '../rate-limit.ts'
import { createWebhookQueue, type QueuedWebhook, type WebhookQueue } from './webhook-queue.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

interface WebhookHabit {
  readonly retryAfter: readonly number[]
  readonly accepts: (status: number) => boolean
}

const anySuccess = (status: number): boolean => status >= 200 && status < 300

/** How each provider insists. Where its waits are not published, an exponential back-off stands in. */
export const webhookHabits = {
  quickbooks: {
    retryAfter: [10 * second, 20 * second, 30 * second, 5 * minute, 20 * minute, 2 * hour, 4 * hour, 6 * hour],
    accepts: (status) => status === 200,
  },
  stripe: { retryAfter: [minute, 10 * minute, hour, 6 * hour, 24 * hour, 48 * hour], accepts: anySuccess },
  lean: {
    retryAfter: [minute, 2 * minute, 5 * minute, 10 * minute, hour, 3 * hour],
    accepts: (status) => status === 200,
  },
  'modern-treasury': { retryAfter: [30 * second, 2 * minute, 10 * minute, hour, 6 * hour], accepts: anySuccess },
  xero: { retryAfter: [10 * second, minute, 10 * minute, hour, 6 * hour], accepts: (status) => status === 200 },
} as const satisfies Readonly<Record<string, WebhookHabit>>

export interface WebhookRelayOptions {
  readonly provider: keyof typeof webhookHabits
  readonly simulator: { readonly takeWebhooks: () => Promise<QueuedWebhook[]> }
  readonly clock: ProviderClock
  readonly deliver: (webhook: QueuedWebhook) => Promise<number>
  /** How often each webhook is delivered although it was accepted; once where absent. */
  readonly copies?: number
}

export interface WebhookRelay extends Pick<WebhookQueue, 'pending' | 'givenUp'> {
  /** Takes what the simulator raised and delivers what is due now. Returns how many deliveries were tried. */
  readonly run: () => Promise<number>
}

/** Carries a simulator's webhooks to a host, with the retries of that provider. */
export function createWebhookRelay(options: WebhookRelayOptions): WebhookRelay {
  const { copies } = options
  const queue = createWebhookQueue({
    ...webhookHabits[options.provider],
    clock: options.clock,
    deliver: options.deliver,
    ...(copies === undefined ? {} : { copies }),
  })
  return {
    run: async () => {
      for (const webhook of await options.simulator.takeWebhooks()) queue.enqueue(webhook)
      return queue.deliverDue()
    },
    pending: queue.pending,
    givenUp: queue.givenUp,
  }
}
