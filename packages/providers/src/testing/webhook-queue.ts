import type { ProviderClock } from '../rate-limit.ts'

export interface QueuedWebhook {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
  /** The headers of a later try, where the provider signs each try anew. */
  readonly sign?: () => Promise<Readonly<Record<string, string>>>
}

export interface WebhookQueueOptions {
  readonly clock: ProviderClock
  /** Waits between tries, in milliseconds; after the last one the delivery is given up. */
  readonly retryAfter: readonly number[]
  /** Is this answer a success? Some providers want exactly 200. */
  readonly accepts: (status: number) => boolean
  /** The host's endpoint: returns its status; a rejection counts as no answer. */
  readonly deliver: (webhook: QueuedWebhook) => Promise<number>
  /** Deliver each webhook this many times even when it was accepted: at-least-once made visible. */
  readonly copies?: number
}

export interface WebhookQueue {
  readonly enqueue: (webhook: QueuedWebhook) => void
  /** Delivers what is due now. Returns how many deliveries were tried. */
  readonly deliverDue: () => Promise<number>
  readonly pending: () => number
  readonly givenUp: () => readonly QueuedWebhook[]
}

interface Waiting {
  readonly webhook: QueuedWebhook
  dueAt: number
  tries: number
  copiesLeft: number
}

/** Webhook delivery as providers do it: at least once, retried on a schedule, given up in the end. */
export function createWebhookQueue(options: WebhookQueueOptions): WebhookQueue {
  let waiting: Waiting[] = []
  const lostForGood: QueuedWebhook[] = []

  const attempt = async (entry: Waiting): Promise<void> => {
    const { webhook } = entry
    const again = entry.tries > 0 && webhook.sign !== undefined
    const sent = again ? { ...webhook, headers: { ...webhook.headers, ...(await webhook.sign()) } } : webhook
    const status = await options.deliver(sent).catch(() => 0)
    if (options.accepts(status)) {
      entry.copiesLeft -= 1
      return
    }
    const wait = options.retryAfter[entry.tries]
    entry.tries += 1
    if (wait === undefined) {
      lostForGood.push(entry.webhook)
      entry.copiesLeft = 0
    } else {
      entry.dueAt = options.clock.now() + wait
    }
  }

  return {
    enqueue: (webhook) =>
      void waiting.push({ webhook, dueAt: options.clock.now(), tries: 0, copiesLeft: options.copies ?? 1 }),
    deliverDue: async () => {
      const due = waiting.filter((entry) => entry.dueAt <= options.clock.now())
      for (const entry of due) await attempt(entry)
      waiting = waiting.filter((entry) => entry.copiesLeft > 0)
      return due.length
    },
    pending: () => waiting.length,
    givenUp: () => lostForGood,
  }
}
