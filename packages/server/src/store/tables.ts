import type { ColumnType } from 'kysely'
import type {
  AccountingPeriodTable,
  AttachmentTable,
  ClientTable,
  ContactTable,
  DispatchTable,
  MagicLinkTable,
  OutboxTable,
  PortalSessionTable,
  ReportTable,
  TenantSettingTable,
  UnreconciledItemTable,
} from './bookkeeping-tables.ts'
import type {
  CreditorStatementTable,
  CreditorTable,
  DriftTable,
  PlacementTable,
  RemittanceTable,
  StatementAdjustmentTable,
  WritebackMappingTable,
} from './collections-tables.ts'
import type { FetchTickTable, SubjectTable, WebhookDeliveryTable, WebhookInboxTable } from './money-desk-tables.ts'
import type {
  BankLineHistoryTable,
  LineSupersessionTable,
  TransactableLinkTable,
  TransactableTable,
} from './treasury-tables.ts'

/** A jsonb column: written as text that holds JSON, read as the parsed value. */
export type Json<Value> = ColumnType<Value, string, string>

export interface ImportTable {
  tenant_id: string
  id: string
  created_at: string
  created_by: string
  file_name: string | null
  format: string | null
  bank_lines: number
  book_entries: number
  statements: number
  known: number
  rejected: Json<readonly unknown[]>
  rejected_count: number
  client_id: string | null
}

/** Columns both kinds of record share. `body` is the whole record; the columns beside it serve queries. */
interface RecordColumns {
  tenant_id: string
  client_id: string | null
  id: string
  import_id: string
  account: string | null
  currency: string
  amount_minor: bigint
  date: string
  search_text: string
  body_hash: string
  /** Set while the record is in an active link. */
  link_id: string | null
  /** Its one identifier hashed; null without one, see reference-hash.ts for the rest. */
  reference_hash: ColumnType<number | null, number | null | undefined, number | null>
}

export interface BankLineTable<Body = unknown> extends RecordColumns {
  status: string
  statement_id: string | null
  body: Json<Body>
}

export interface BookEntryTable<Body = unknown> extends RecordColumns {
  kind: string
  closed: boolean
  body: Json<Body>
}

export interface StatementTable {
  tenant_id: string
  id: string
  import_id: string
  account: string
  currency: string
  period_start: string | null
  period_end: string | null
  body: Json<unknown>
}

export interface RunTable {
  tenant_id: string
  id: string
  name: string
  status: string
  perspective: string
  policy_name: string
  policy: Json<unknown>
  statement_id: string | null
  client_id: string | null
  created_at: string
  created_by: string
  matched_at: string | null
  completed_at: string | null
  failure: string | null
  progress: number
  version: number
  stats: Json<unknown>
  proofs: Json<unknown>
  body: Json<unknown>
}

export interface ItemTable {
  tenant_id: string
  id: string
  run_id: string
  perspective: string
  scenario: string
  bucket: string
  status: string
  severity: number
  version: number
  account: string | null
  currency: string
  amount_minor: bigint
  date: string
  arrived_at: string
  updated_at: string
  resolved_at: string | null
  automatic: boolean
  search_text: string
  body: Json<unknown>
}

/** Differences of the number of items alike in these columns; their sum is the number. Kept by triggers of `item`. */
export interface ItemTallyTable {
  tenant_id: string
  run_id: string
  perspective: string
  scenario: string
  status: string
  bucket: string
  arrived_at: string
  items: bigint
}

/** Which item a record is a subject of: exactly one, by the primary key. */
export interface ItemSubjectTable {
  tenant_id: string
  side: 'BANK' | 'BOOK'
  record_id: string
  item_id: string
}

/** One active or reversed link, with its members in link_member. */
export interface LinkTable {
  tenant_id: string
  id: string
  item_id: string
  run_id: string
  state: string
  made_by: string
  made_at: string
  reversed_at: string | null
  currency: string
  difference_minor: bigint
  body: Json<unknown>
}

export interface LinkMemberTable {
  tenant_id: string
  link_id: string
  side: 'BANK' | 'BOOK'
  record_id: string
  active: boolean
}

export interface ActivityTable {
  tenant_id: string
  sequence: bigint
  id: string
  at: string
  actor_id: string
  name: string
  subject_kind: string
  subject_id: string
  subject_version: number
  run_id: string | null
  /** Canonical JSON as text: exactly what was hashed. */
  data: string
  previous_hash: string
  hash: string
  undoes: string | null
}

export interface ActivityHeadTable {
  tenant_id: string
  sequence: bigint
  hash: string
}

export interface IdempotencyTable {
  tenant_id: string
  key: string
  request_hash: string
  status: number
  content_type: string
  body: string
  created_at: string
}

export type { AttachmentTable, OutboxTable, ReportTable } from './bookkeeping-tables.ts'
export type { WebhookDeliveryTable } from './money-desk-tables.ts'

/** One part of a run: an account and currency, or a whole currency where accounts cross. */
export interface RunPartitionTable {
  tenant_id: string
  run_id: string
  id: string
  account: string | null
  currency: string
  status: string
  stats: ColumnType<unknown, string | null, string | null>
  proofs: ColumnType<unknown, string | null, string | null>
  finished_at: string | null
  /** WHOLE, or one of the two stages of a part that is too large. */
  stage: ColumnType<string, string | undefined, string>
  block: ColumnType<number, number | undefined, number>
  blocks: ColumnType<number, number | undefined, number>
}

export interface Tables {
  run_partition: RunPartitionTable
  import: ImportTable
  bank_line: BankLineTable
  book_entry: BookEntryTable
  statement: StatementTable
  run: RunTable
  item: ItemTable
  item_subject: ItemSubjectTable
  item_tally: ItemTallyTable
  link: LinkTable
  link_member: LinkMemberTable
  activity: ActivityTable
  activity_head: ActivityHeadTable
  idempotency: IdempotencyTable
  tenant_setting: TenantSettingTable
  client: ClientTable
  contact: ContactTable
  unreconciled_item: UnreconciledItemTable
  dispatch: DispatchTable
  magic_link: MagicLinkTable
  portal_session: PortalSessionTable
  attachment: AttachmentTable
  outbox: OutboxTable
  report: ReportTable
  subject: SubjectTable
  creditor: CreditorTable
  placement: PlacementTable
  remittance: RemittanceTable
  writeback_mapping: WritebackMappingTable
  drift: DriftTable
  statement_adjustment: StatementAdjustmentTable
  creditor_statement: CreditorStatementTable
  fetch_tick: FetchTickTable
  webhook_delivery: WebhookDeliveryTable
  webhook_inbox: WebhookInboxTable
  accounting_period: AccountingPeriodTable
  transactable: TransactableTable
  transactable_link: TransactableLinkTable
  line_supersession: LineSupersessionTable
  bank_line_history: BankLineHistoryTable
}
