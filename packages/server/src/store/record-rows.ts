import { type BankLine, type BookEntry, canonicalJson, toMinorUnits } from '@recon/core'
import type { Insertable } from 'kysely'
import { sha256 } from './digest.ts'
import { entryIdentifiers, lineIdentifiers, recordHash } from './reference-hash.ts'
import type { BankLineTable, BookEntryTable } from './tables.ts'

const searchLimit = 1000

function searchText(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
    .toLowerCase()
    .slice(0, searchLimit)
}

export function bankLineSearchText(line: BankLine): string {
  const { remittanceText, ...references } = line.references
  return searchText([
    line.id,
    line.counterparty?.name,
    line.counterparty?.account,
    line.transactionCode,
    line.amount.amount,
    ...Object.values(references),
    remittanceText,
  ])
}

export function bookEntrySearchText(entry: BookEntry): string {
  const { description, ...references } = entry.references
  return searchText([
    entry.id,
    entry.counterparty?.name,
    entry.counterparty?.account,
    entry.amount.amount,
    ...Object.values(references),
    description,
  ])
}

interface Origin {
  readonly tenantId: string
  readonly importId: string
  readonly statementId?: string
  /** The firm's client the record belongs to. */
  readonly clientId?: string
}

export function bankLineRow(line: BankLine, origin: Origin): Insertable<BankLineTable> {
  const body = canonicalJson(line)
  return {
    tenant_id: origin.tenantId,
    id: line.id,
    import_id: origin.importId,
    client_id: origin.clientId ?? null,
    account: line.account ?? null,
    currency: line.amount.currency,
    amount_minor: toMinorUnits(line.amount),
    date: line.bookingDate,
    status: line.status,
    statement_id: origin.statementId ?? null,
    search_text: bankLineSearchText(line),
    body_hash: sha256(body),
    body,
    link_id: null,
    reference_hash: recordHash(lineIdentifiers(line)),
  }
}

export function bookEntryRow(entry: BookEntry, origin: Origin): Insertable<BookEntryTable> {
  const body = canonicalJson(entry)
  return {
    tenant_id: origin.tenantId,
    id: entry.id,
    import_id: origin.importId,
    client_id: origin.clientId ?? null,
    account: entry.account ?? null,
    currency: entry.amount.currency,
    amount_minor: toMinorUnits(entry.openAmount ?? entry.amount),
    date: entry.date,
    kind: entry.kind,
    closed: entry.status === 'CLOSED',
    search_text: bookEntrySearchText(entry),
    body_hash: sha256(body),
    body,
    link_id: null,
    reference_hash: recordHash(entryIdentifiers(entry)),
  }
}
