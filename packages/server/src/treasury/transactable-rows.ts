import type { TransactableInput, TransactableRow } from '@recon/client'
import {
  fromMinorUnits,
  ReconError,
  type Transactable,
  type TransactableKind,
  toMinorUnits,
  transactableMachines,
} from '@recon/core'
import type { Insertable, Selectable } from 'kysely'
import type { TransactableLinkTable, TransactableTable } from '../store/treasury-tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export type LinkMaker = 'ENGINE' | 'PERSON' | 'SUPERSESSION'

/** The part of a line that is a transactable's, in signed minor units. */
export interface LinePart {
  readonly bankLineId: string
  readonly minor: bigint
  readonly madeBy: LinkMaker
  readonly detailId?: string
}
export interface ActivePart extends LinePart {
  readonly linkId: string
  readonly madeAt: string
}

/** A transactable with what the host told of it and its active links. */
export interface StoredTransactable {
  readonly subject: Transactable
  readonly told: TransactableInput
  readonly parts: readonly ActivePart[]
  readonly updatedAt: string
}

const searchLimit = 1000
/** Events that only links raise. */
const linkEvents = new Set(['postedMatch', 'postedPart', 'unmatch'])

export function transactableColumns(
  tenantId: string,
  told: TransactableInput,
  subject: Transactable,
  bodyHash: string,
  now: string,
): Insertable<TransactableTable> {
  return {
    tenant_id: tenantId,
    id: told.id,
    version: subject.version,
    kind: told.kind,
    state: subject.state,
    certainty: subject.certainty,
    overdue: subject.overdue,
    account: told.account ?? null,
    currency: told.amount.currency,
    amount_minor: toMinorUnits(told.amount),
    date: told.date,
    due_by: told.dueBy ?? null,
    search_text: [told.id, told.label, told.counterparty?.name, told.amount.amount, ...Object.values(told.references)]
      .filter((part) => part !== undefined)
      .join(' ')
      .toLowerCase()
      .slice(0, searchLimit),
    body_hash: bodyHash,
    body: JSON.stringify(told),
    updated_at: now,
  }
}

function subjectOf(row: Selectable<TransactableTable>, parts: readonly ActivePart[]): Transactable {
  const told = row.body as TransactableInput
  return {
    id: row.id,
    version: row.version,
    kind: row.kind as TransactableKind,
    state: row.state,
    certainty: row.certainty as Transactable['certainty'],
    amount: told.amount,
    ...(told.bounds === undefined ? {} : { bounds: told.bounds }),
    ...(told.dueBy === undefined ? {} : { dueBy: told.dueBy }),
    overdue: row.overdue,
    bankLineIds: [...new Set(parts.map((part) => part.bankLineId))].sort(),
  }
}

export function partOfRow(row: Selectable<TransactableLinkTable>): ActivePart {
  return {
    linkId: row.id,
    bankLineId: row.bank_line_id,
    minor: row.amount_minor,
    madeBy: row.made_by as LinkMaker,
    madeAt: row.made_at,
    ...(row.detail_id === null ? {} : { detailId: row.detail_id }),
  }
}

/** The rows with their active links, in the order of the rows. */
export async function withParts(
  unit: Pick<UnitOfWork, 'db' | 'tenantId'>,
  rows: readonly Selectable<TransactableTable>[],
): Promise<StoredTransactable[]> {
  if (rows.length === 0) return []
  const links = await unit.db
    .selectFrom('transactable_link')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('active', '=', true)
    .where(
      'transactable_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('bank_line_id')
    .execute()
  const partsOf = Map.groupBy(links, (link) => link.transactable_id)
  return rows.map((row) => {
    const parts = (partsOf.get(row.id) ?? []).map(partOfRow)
    return { subject: subjectOf(row, parts), told: row.body as TransactableInput, parts, updatedAt: row.updated_at }
  })
}

/** Transactables under lock, by id; take the locks of their bank lines before. */
export async function lockTransactables(unit: UnitOfWork, ids: Iterable<string>): Promise<StoredTransactable[]> {
  const wanted = [...new Set(ids)].sort()
  if (wanted.length === 0) return []
  const rows = await unit.db
    .selectFrom('transactable')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', wanted)
    .orderBy('id')
    .forUpdate()
    .execute()
  return withParts(unit, rows)
}

/** @throws ReconError NOT_FOUND */
export async function readTransactable(
  unit: Pick<UnitOfWork, 'db' | 'tenantId'>,
  id: string,
): Promise<StoredTransactable> {
  const rows = await unit.db
    .selectFrom('transactable')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', id)
    .execute()
  const [found] = await withParts(unit, rows)
  if (found !== undefined) return found
  throw new ReconError('NOT_FOUND', 'There is no such transactable.', { place: 'transactableId' })
}

/** @throws ReconError VERSION_CONFLICT with the row as it is now */
export function requireVersion(stored: StoredTransactable, version: number): void {
  if (stored.subject.version === version) return
  throw new ReconError('VERSION_CONFLICT', `It was changed meanwhile: it has version ${stored.subject.version}.`, {
    place: 'version',
    details: { current: transactableRow(stored) },
  })
}

/** Writes the state of a transactable; the links are written beside. */
export async function storeSubject(unit: UnitOfWork, before: Transactable, after: Transactable): Promise<void> {
  const { state, certainty, overdue, version } = after
  const changed = await unit.db
    .updateTable('transactable')
    .set({ state, certainty, overdue, version, updated_at: unit.now })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', after.id)
    .where('version', '=', before.version)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 1n) return
  throw new ReconError('VERSION_CONFLICT', 'It was changed by someone else meanwhile. Load it again.', {
    place: after.id,
  })
}

/** What a person may raise now on the transactable's own machine. */
export function ownEvents(subject: Transactable): string[] {
  const row = transactableMachines[subject.kind].table[subject.state] ?? {}
  return Object.keys(row).filter((event) => !linkEvents.has(event))
}

export function transactableRow({ subject, told, parts, updatedAt }: StoredTransactable): TransactableRow {
  const { id, version, kind, state, certainty, overdue, amount } = subject
  return {
    id,
    version,
    kind,
    state,
    certainty,
    overdue,
    amount,
    date: told.date,
    references: told.references,
    bounds: told.bounds ?? null,
    dueBy: told.dueBy ?? null,
    account: told.account ?? null,
    label: told.label ?? null,
    instrument: told.instrument ?? null,
    counterparty: told.counterparty ?? null,
    links: parts.map((part) => ({
      bankLineId: part.bankLineId,
      amount: fromMinorUnits(part.minor, amount.currency),
      madeBy: part.madeBy,
      madeAt: part.madeAt,
    })),
    events: ownEvents(subject),
    updatedAt,
  }
}
