import type { Json } from './tables.ts'

/** `body` is what the host told of it; the columns are its state. */
export interface TransactableTable {
  tenant_id: string
  id: string
  version: number
  kind: string
  state: string
  certainty: string
  overdue: boolean
  account: string | null
  currency: string
  amount_minor: bigint
  date: string
  due_by: string | null
  search_text: string
  body_hash: string
  body: Json<unknown>
  updated_at: string
}

/** The part of a bank line that is a transactable's. A link that ended stays as a row that is not active. */
export interface TransactableLinkTable {
  tenant_id: string
  id: string
  transactable_id: string
  bank_line_id: string
  amount_minor: bigint
  /** The payment of a batch the part stands for, where the bank told it. */
  detail_id: string | null
  active: boolean
  made_by: string
  made_at: string
  ended_at: string | null
}

/** Which line took whose place; written once. */
export interface LineSupersessionTable {
  tenant_id: string
  superseded_id: string
  successor_id: string
  found_by: string
  amount_change_minor: bigint | null
  at: string
}

/** What a line said before the bank changed it under the same id; written once. */
export interface BankLineHistoryTable {
  tenant_id: string
  id: string
  body_hash: string
  status: string
  body: Json<unknown>
  replaced_at: string
}
