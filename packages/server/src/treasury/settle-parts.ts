import {
  allow,
  type BankLine,
  type Decision,
  fromMinorUnits,
  linkTransactable,
  refuse,
  type Transactable,
  toMinorUnits,
} from '@recon/core'
import type { RecordedEvent } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { eventsOf, type WebhookEvent } from '../webhooks/webhook-event.ts'
import { type LinePart, type StoredTransactable, storeSubject } from './transactable-rows.ts'

/** What was stored, and what the caller still has to announce and to log, last. */
export interface Settled {
  readonly stored: StoredTransactable
  readonly events: readonly RecordedEvent[]
  readonly webhooks: readonly WebhookEvent[]
}

/** Bank lines under lock with their present status, by id. */
export async function lockLines(unit: UnitOfWork, ids: Iterable<string>): Promise<Map<string, BankLine>> {
  const wanted = [...new Set(ids)].sort()
  if (wanted.length === 0) return new Map()
  const rows = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', wanted)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, lineNow(row)]))
}

/** A stored line with the status it has now; what the bank told of it stays as it was. */
export function lineNow(row: { readonly status: string; readonly body: unknown }): BankLine {
  return { ...(row.body as BankLine), status: row.status as BankLine['status'] }
}

/** What other transactables already take of each line, in signed minor units. */
async function takenByOthers(unit: UnitOfWork, ids: readonly string[], own: string) {
  const taken = new Map<string, { minor: bigint; by: string[] }>()
  if (ids.length === 0) return taken
  const rows = await unit.db
    .selectFrom('transactable_link')
    .select(['bank_line_id', 'amount_minor', 'transactable_id'])
    .where('tenant_id', '=', unit.tenantId)
    .where('bank_line_id', 'in', [...ids])
    .where('transactable_id', '<>', own)
    .where('active', '=', true)
    .execute()
  for (const row of rows) {
    const known = taken.get(row.bank_line_id) ?? { minor: 0n, by: [] }
    taken.set(row.bank_line_id, { minor: known.minor + row.amount_minor, by: [...known.by, row.transactable_id] })
  }
  return taken
}

/**
 * Gives a transactable exactly these parts of lines. The rules decide what that makes of it; a line is never given away twice.
 * The lines and the transactable are under lock already.
 */
export async function settleParts(
  unit: UnitOfWork,
  stored: StoredTransactable,
  wanted: readonly LinePart[],
  lines: ReadonlyMap<string, BankLine>,
): Promise<Decision<Settled>> {
  const { subject } = stored
  const ids = wanted.map((part) => part.bankLineId)
  if (new Set(ids).size !== ids.length) return refuse('LINE_TWICE', 'A line can be linked once.', { ids })
  const taken = await takenByOthers(unit, ids, subject.id)
  const shares: BankLine[] = []
  for (const part of wanted) {
    const line = lines.get(part.bankLineId)
    if (line === undefined) return refuse('LINE_UNKNOWN', 'There is no such bank line.', { ids: [part.bankLineId] })
    if (line.status !== 'PENDING' && line.status !== 'POSTED') {
      return refuse('LINE_GONE', 'The bank replaced this line or took it back. Load again.', { ids: [line.id] })
    }
    const whole = toMinorUnits(line.amount)
    const others = taken.get(line.id)
    if (!fits(part.minor, whole, others?.minor ?? 0n)) {
      return refuse('LINE_TAKEN', 'This is more than what is left of the line.', {
        ids: [line.id, ...(others?.by ?? [])],
      })
    }
    shares.push({ ...line, amount: fromMinorUnits(part.minor, line.amount.currency) })
  }
  const change = linkTransactable(subject, shares, { now: unit.now, actorId: unit.actor.id })
  if (!change.ok) return change
  const after = change.value.subject
  await storeSubject(unit, subject, after)
  const parts = await storeParts(unit, stored, wanted)
  unit.announce(`transactable:${subject.id}`)
  const webhooks = eventsOf(change.value.effects, transactableFacts(after))
  return allow({
    stored: { ...stored, subject: after, parts, updatedAt: unit.now },
    events: change.value.events,
    webhooks,
  })
}

/** Nothing beyond the line, nothing against its sign, nothing of zero unless the line itself is. */
function fits(minor: bigint, whole: bigint, others: bigint): boolean {
  if (whole === 0n) return minor === 0n
  const [part, left] = whole < 0n ? [-minor, -(whole - others)] : [minor, whole - others]
  return part > 0n && part <= left
}

/** What the subscriber reads: the transactable as it is at this moment. */
export function transactableFacts(subject: Transactable): WebhookEvent['data'] {
  return {
    object: subject.kind,
    id: subject.id,
    amount: subject.amount,
    status: subject.state,
    certainty: subject.certainty,
    transactionIds: subject.bankLineIds,
  }
}

async function storeParts(
  unit: UnitOfWork,
  { subject, parts }: StoredTransactable,
  wanted: readonly LinePart[],
): Promise<StoredTransactable['parts']> {
  const kept = parts.filter((old) =>
    wanted.some((part) => part.bankLineId === old.bankLineId && part.minor === old.minor),
  )
  const ended = parts.filter((old) => !kept.includes(old)).map((old) => old.linkId)
  if (ended.length > 0) {
    await unit.db
      .updateTable('transactable_link')
      .set({ active: false, ended_at: unit.now })
      .where('tenant_id', '=', unit.tenantId)
      .where('id', 'in', ended)
      .execute()
  }
  const fresh = wanted
    .filter((part) => !kept.some((old) => old.bankLineId === part.bankLineId))
    .map((part) => ({ ...part, linkId: unit.newId(), madeAt: unit.now }))
  if (fresh.length > 0) {
    await unit.db
      .insertInto('transactable_link')
      .values(
        fresh.map((part) => ({
          tenant_id: unit.tenantId,
          id: part.linkId,
          transactable_id: subject.id,
          bank_line_id: part.bankLineId,
          amount_minor: part.minor,
          detail_id: part.detailId ?? null,
          active: true,
          made_by: part.madeBy,
          made_at: unit.now,
          ended_at: null,
        })),
      )
      .execute()
  }
  return [...kept, ...fresh]
}
