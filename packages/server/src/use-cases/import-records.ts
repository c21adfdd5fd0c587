import { bankLineSchema, bookEntrySchema } from '@recon/client'
import {
  allow,
  type BankLine,
  type BankStatement,
  type BookEntry,
  canonicalJson,
  type Decision,
  type Refusal,
  refuse,
} from '@recon/core'
import type * as z from 'zod'
import { type RecordedEvent, recordActivity } from '../store/activity-chain.ts'
import { sha256 } from '../store/digest.ts'
import { bankLineRow, bookEntryRow } from '../store/record-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { absorbLines } from '../treasury/absorb-lines.ts'
import { changeLines } from '../treasury/changed-lines.ts'
import { withdrawLines } from '../treasury/withdraw-lines.ts'
import { announceWebhooks } from '../webhooks/webhook-event.ts'

export interface ImportInput {
  /** The firm's client the records belong to. */
  readonly clientId?: string
  readonly fileName?: string
  readonly format?: string
  readonly bankLines?: readonly unknown[]
  readonly bookEntries?: readonly unknown[]
  readonly statements?: readonly (Omit<BankStatement, 'lines'> & { readonly lineIds?: readonly string[] })[]
  /** Pending lines the bank took back. */
  readonly withdrawnLineIds?: readonly string[]
}

export interface RejectedRecord {
  readonly collection: 'bankLines' | 'bookEntries'
  readonly index: number
  readonly id: string | null
  readonly code: string
  readonly message: string
}

export interface ImportSummary {
  readonly id: string
  readonly createdAt: string
  readonly createdBy: string
  readonly fileName: string | null
  readonly format: string | null
  readonly bankLines: number
  readonly bookEntries: number
  readonly statements: number
  readonly known: number
  readonly rejectedCount: number
  readonly rejected: readonly RejectedRecord[]
}

const insertChunk = 500

/**
 * Stores records. Each is judged by itself: a bad one is reported with its index and loses no good one. A record that is
 * already there with the same content is counted as known; the same id with other content is refused, except for a bank line
 * that was not posted yet. Posted lines take the place of the pending ones they grew from.
 */
export async function importRecords(unit: UnitOfWork, input: ImportInput): Promise<Decision<ImportSummary>> {
  const foreign = await foreignAccount(unit, input)
  if (foreign !== null) return { ok: false, refusal: foreign }
  const importId = unit.newId()
  const rejected: RejectedRecord[] = []
  const statementOf = new Map<string, string>()
  for (const statement of input.statements ?? []) {
    for (const lineId of statement.lineIds ?? []) statementOf.set(lineId, statement.id)
  }
  const lines = readRecords<BankLine>('bankLines', bankLineSchema, input.bankLines ?? [], rejected)
  const entries = readRecords<BookEntry>('bookEntries', bookEntrySchema, input.bookEntries ?? [], rejected)
  const changed = await changeLines(unit, lines, importId)
  const others = lines.filter(({ record }) => !changed.handled.has(record.id))
  const newLines = await withoutKnown(unit, 'bank_line', 'bankLines', others, rejected)
  const newEntries = await withoutKnown(unit, 'book_entry', 'bookEntries', entries, rejected)
  const origin = {
    tenantId: unit.tenantId,
    importId,
    ...(input.clientId === undefined ? {} : { clientId: input.clientId }),
  }
  for (let start = 0; start < newLines.length; start += insertChunk) {
    const rows = newLines.slice(start, start + insertChunk).map(({ record }) => {
      const statementId = statementOf.get(record.id)
      return bankLineRow(record, statementId === undefined ? origin : { ...origin, statementId })
    })
    await unit.db.insertInto('bank_line').values(rows).execute()
  }
  for (let start = 0; start < newEntries.length; start += insertChunk) {
    const rows = newEntries.slice(start, start + insertChunk).map(({ record }) => bookEntryRow(record, origin))
    await unit.db.insertInto('book_entry').values(rows).execute()
  }
  const statements = await storeStatements(unit, importId, input.statements ?? [])
  const absorbed = await absorbLines(
    unit,
    newLines.map(({ record }) => record),
    changed.moves,
  )
  const withdrawn = await withdrawLines(unit, [...changed.withdrawnIds, ...(input.withdrawnLineIds ?? [])])
  announceWebhooks(unit, [...absorbed.webhooks, ...withdrawn.webhooks])
  const summary: ImportSummary = {
    id: importId,
    createdAt: unit.now,
    createdBy: unit.actor.id,
    fileName: input.fileName ?? null,
    format: input.format ?? null,
    bankLines: newLines.length,
    bookEntries: newEntries.length,
    statements,
    known: lines.length + entries.length - newLines.length - newEntries.length - conflictsIn(rejected),
    rejectedCount: rejected.length,
    rejected: rejected.sort((a, b) => a.index - b.index),
  }
  await storeSummary(unit, summary, input.clientId ?? null, [...absorbed.events, ...withdrawn.events])
  return allow(summary)
}

/** A file of an account that is not the client's is refused before any row is written. */
async function foreignAccount(unit: UnitOfWork, input: ImportInput): Promise<Refusal | null> {
  if (input.clientId === undefined) return null
  const client = await unit.db
    .selectFrom('client')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', input.clientId)
    .executeTakeFirst()
  if (client === undefined)
    return refuse('CLIENT_UNKNOWN', 'There is no such client.', { ids: [input.clientId] }).refusal
  const { accounts = [] } = client.body as { accounts?: readonly string[] }
  if (accounts.length === 0) return null
  const lines = (input.bankLines ?? []).flatMap((line) => accountOf(line) ?? [])
  const named = [...(input.statements ?? []).map((statement) => statement.account), ...lines]
  const foreign = [...new Set(named)].filter((account) => !accounts.includes(account)).slice(0, 20)
  if (foreign.length === 0) return null
  return refuse('ACCOUNT_OF_OTHER_CLIENT', "The file is of an account that is not this client's. Nothing was stored.", {
    details: { accounts: foreign },
  }).refusal
}

function accountOf(line: unknown): string | undefined {
  const account = typeof line === 'object' && line !== null ? (line as { account?: unknown }).account : undefined
  return typeof account === 'string' ? account : undefined
}

interface Read<Value> {
  readonly index: number
  readonly record: Value
  readonly hash: string
}

function readRecords<Value extends { readonly id: string }>(
  collection: RejectedRecord['collection'],
  schema: z.ZodType<Value>,
  values: readonly unknown[],
  rejected: RejectedRecord[],
): Read<Value>[] {
  return values.flatMap((value, index) => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return [{ index, record: parsed.data, hash: sha256(canonicalJson(parsed.data)) }]
    const issue = parsed.error.issues[0]
    const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined
    rejected.push({
      collection,
      index,
      id: typeof id === 'string' ? id.slice(0, 200) : null,
      code: 'RECORD_INVALID',
      message: `${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'not valid'}`.slice(0, 500),
    })
    return []
  })
}

/** Takes out records the store has, and repeats inside the request; the same id with other content is refused. */
async function withoutKnown<Value extends { readonly id: string }>(
  unit: UnitOfWork,
  table: 'bank_line' | 'book_entry',
  collection: RejectedRecord['collection'],
  read: readonly Read<Value>[],
  rejected: RejectedRecord[],
): Promise<Read<Value>[]> {
  const hashes = new Map<string, string>()
  for (let start = 0; start < read.length; start += 5000) {
    const rows = await unit.db
      .selectFrom(table)
      .select(['id', 'body_hash'])
      .where('tenant_id', '=', unit.tenantId)
      .where(
        'id',
        'in',
        read.slice(start, start + 5000).map(({ record }) => record.id),
      )
      .execute()
    for (const row of rows) hashes.set(row.id, row.body_hash)
  }
  return read.filter(({ index, record, hash }) => {
    const known = hashes.get(record.id)
    if (known === undefined) {
      hashes.set(record.id, hash)
      return true
    }
    if (known !== hash) {
      rejected.push({
        collection,
        index,
        id: record.id,
        code: 'RECORD_DUPLICATE_ID',
        message: `The id "${record.id}" is taken by a record with other content. A changed record needs a new id.`,
      })
    }
    return false
  })
}

function conflictsIn(rejected: readonly RejectedRecord[]): number {
  return rejected.filter((one) => one.code === 'RECORD_DUPLICATE_ID').length
}

async function storeStatements(
  unit: UnitOfWork,
  importId: string,
  statements: NonNullable<ImportInput['statements']>,
): Promise<number> {
  if (statements.length === 0) return 0
  const rows = statements.map(({ lineIds: _lineIds, ...statement }) => ({
    tenant_id: unit.tenantId,
    id: statement.id,
    import_id: importId,
    account: statement.account,
    currency: statement.currency,
    period_start: statement.periodStart ?? null,
    period_end: statement.periodEnd ?? null,
    body: JSON.stringify(statement),
  }))
  const stored = await unit.db
    .insertInto('statement')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return stored.length
}

async function storeSummary(
  unit: UnitOfWork,
  summary: ImportSummary,
  clientId: string | null,
  events: readonly RecordedEvent[],
): Promise<void> {
  await unit.db
    .insertInto('import')
    .values({
      tenant_id: unit.tenantId,
      id: summary.id,
      created_at: summary.createdAt,
      created_by: summary.createdBy,
      file_name: summary.fileName,
      format: summary.format,
      bank_lines: summary.bankLines,
      book_entries: summary.bookEntries,
      statements: summary.statements,
      known: summary.known,
      rejected: JSON.stringify(summary.rejected.slice(0, 1000)),
      rejected_count: summary.rejectedCount,
      client_id: clientId,
    })
    .execute()
  const { bankLines, bookEntries, known, rejectedCount, fileName } = summary
  await recordActivity(unit, [
    {
      name: 'import.stored',
      at: unit.now,
      actorId: unit.actor.id,
      subject: { kind: 'import', id: summary.id },
      version: 1,
      data: { bankLines, bookEntries, known, rejected: rejectedCount, fileName },
    },
    ...events,
  ])
}
