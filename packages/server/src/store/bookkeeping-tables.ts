import type { ColumnType } from 'kysely'
import type { Json } from './tables.ts'

export interface TenantSettingTable {
  tenant_id: string
  body: Json<unknown>
  version: number
}

export interface ClientTable {
  tenant_id: string
  id: string
  legal_name: string
  body: Json<unknown>
  version: number
}

export interface ContactTable {
  tenant_id: string
  id: string
  client_id: string
  name: string
  email: string
  active: boolean
  can_submit_intake: boolean
  version: number
}

export interface UnreconciledItemTable {
  tenant_id: string
  id: string
  run_id: string
  bank_line_id: string
  item_id: string
  status: string
  exception: boolean
  version: number
  updated_at: string
  body: Json<unknown>
}

export interface DispatchTable {
  tenant_id: string
  run_id: string
  generation: number
  contact_id: string
  status: string
  dispatched_at: string
  expires_at: string
  body: Json<unknown>
  /** How often the client was reminded of it. */
  reminders: ColumnType<number, number | undefined, number>
  reminded_at: ColumnType<string | null, string | null | undefined, string | null>
}

export interface MagicLinkTable {
  tenant_id: string
  id: string
  run_id: string
  contact_id: string
  kind: string
  generation: number
  status: string
  token_hash: string
  issued_at: string
  expires_at: string
  used_at: string | null
}

export interface PortalSessionTable {
  tenant_id: string
  id: string
  run_id: string
  contact_id: string
  generation: number
  status: string
  cookie_hash: string
  link_id: string
  started_at: string
  expires_at: string
}

export interface AttachmentTable {
  tenant_id: string
  id: string
  run_id: string
  item_id: string
  contact_id: string
  /** UPLOADING, STORED, QUARANTINED or REFUSED; only STORED files are shown. */
  status: string
  file_name: string
  content_type: string
  size: bigint
  received: bigint
  sha256: string
  refusal: string | null
  created_at: string
}

export interface OutboxTable {
  tenant_id: string
  id: string
  template: string
  status: string
  run_id: string | null
  contact_id: string | null
  recipient: string
  subject: string
  body: Json<unknown>
  /** The link, sealed with the host's key; wiped when the mail is out or given up. */
  sealed: string | null
  message_id: string
  attempts: number
  fence: number
  sending_since: string | null
  lease_until: string | null
  next_attempt_at: string
  created_at: string
  dispatched_at: string | null
  reason: string | null
  version: number
}

export interface ReportTable {
  tenant_id: string
  id: string
  kind: string
  params: Json<unknown>
  status: string
  progress: number
  file_name: string | null
  content_type: string | null
  size: bigint | null
  sha256: string | null
  failure: string | null
  run_id: string | null
  created_at: string
  created_by: string
  finished_at: string | null
}

/** A month of one account, with the statement that proved it. */
export interface AccountingPeriodTable {
  tenant_id: string
  id: string
  version: number
  account: string
  currency: string
  from_day: string
  to_day: string
  status: string
  body: Json<unknown>
  hash: string
  updated_at: string
}
