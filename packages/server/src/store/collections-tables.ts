import type { ColumnType } from 'kysely'
import type { Json } from './tables.ts'

export interface CreditorTable {
  tenant_id: string
  id: string
  name: string
  body: Json<unknown>
  version: number
}

export interface PlacementTable {
  tenant_id: string
  id: string
  creditor_id: string
  invoice_number: string
  invoice_id: string | null
  currency: string
  invoice_minor: bigint
  status: string
  body: Json<unknown>
  version: number
  created_at: string
  drift_checked_at: ColumnType<string | null, string | null | undefined, string | null>
}

/** Money and rate of a row are written once; only its transfer moves on. */
export interface RemittanceTable {
  tenant_id: string
  id: string
  placement_id: string
  creditor_id: string
  payment_id: string
  kind: string
  status: string
  currency: string
  recovered_minor: bigint
  fee_minor: bigint
  net_minor: bigint
  rate: string
  occurred_at: string
  parent_id: string | null
  installment: number | null
  transfer_reference: string | null
  paid_at: string | null
  failure: string | null
  version: number
}

export interface WritebackMappingTable {
  tenant_id: string
  id: string
  placement_id: string
  remittance_id: string
  provider: string
  status: string
  updated_at: string
  body: Json<unknown>
  version: number
}

export interface DriftTable {
  tenant_id: string
  /** One per placement. */
  id: string
  placement_id: string
  status: string
  seen_at: string
  body: Json<unknown>
  version: number
}

export interface StatementAdjustmentTable {
  tenant_id: string
  id: string
  creditor_id: string
  date: string
  currency: string
  amount_minor: bigint
  reason: string
}

export interface CreditorStatementTable {
  tenant_id: string
  creditor_id: string
  currency: string
  from_date: string
  to_date: string
  closing_minor: bigint
  body: Json<unknown>
  canonical: string
  hash: string
  created_at: string
}
