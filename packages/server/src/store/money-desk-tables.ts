import type { Json } from './tables.ts'

/** A subject with a machine, a version and a history; `body` is the whole of it. */
export interface SubjectTable {
  tenant_id: string
  kind: string
  id: string
  version: number
  status: string
  parent_id: string | null
  updated_at: string
  body: Json<unknown>
}

/** What became of one 15-minute tick of one source: exactly one row each. */
export interface FetchTickTable {
  tenant_id: string
  source_id: string
  tick: bigint
  outcome: string
  lines: number
  started_at: string
  finished_at: string | null
  reason: string | null
}

export interface WebhookDeliveryTable {
  tenant_id: string
  id: string
  endpoint_id: string
  event: string
  status: string
  attempts: number
  next_attempt_at: string
  created_at: string
  finished_at: string | null
  answer_status: number | null
  reason: string | null
  payload: string
}

export interface WebhookInboxTable {
  tenant_id: string
  provider: string
  event_id: string
  received_at: string
  status: string
  body: Json<unknown>
}
