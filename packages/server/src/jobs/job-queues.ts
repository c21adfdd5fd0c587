import type { QueueOptions } from 'pg-boss'

/** Every queue with how patient it is. A job that failed for good is parked, visible, until somebody drives it again. */
export const jobQueues = {
  'mail-send': { retryLimit: 3, retryDelay: 5, retryBackoff: true, expireInSeconds: 60 },
  'report-render': { retryLimit: 2, retryDelay: 5, expireInSeconds: 900 },
  'run-match': { retryLimit: 2, retryDelay: 5, expireInSeconds: 3600, heartbeatSeconds: 60 },
  'match-partition': { retryLimit: 5, retryDelay: 2, expireInSeconds: 1800, heartbeatSeconds: 30 },
  'deposit-fetch': { retryLimit: 0, expireInSeconds: 1800 },
  writeback: { retryLimit: 8, retryDelay: 30, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120 },
  'drift-check': { retryLimit: 1, expireInSeconds: 600 },
  'source-confirm': { retryLimit: 8, retryDelay: 30, retryBackoff: true, retryDelayMax: 3600, expireInSeconds: 120 },
  'webhook-deliver': { retryLimit: 2, retryDelay: 10, expireInSeconds: 60 },
  'webhook-receive': { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 120 },
  'response-digest': { retryLimit: 3, retryDelay: 10, expireInSeconds: 60 },
  reminder: { retryLimit: 2, retryDelay: 30, expireInSeconds: 120 },
  sweep: { retryLimit: 0, expireInSeconds: 300 },
} as const satisfies Record<string, QueueOptions>

/** Where a job waits that was given up: for years, until somebody drives it again or drops it. */
export const parkedQueue = 'parked'
export const parkedSeconds = 10 * 365 * 86_400

export type JobQueue = keyof typeof jobQueues
