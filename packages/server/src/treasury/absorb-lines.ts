import {
  type BankLine,
  fromMinorUnits,
  type MatchRun,
  matchLines,
  presets,
  supersedeLine,
  toMinorUnits,
} from '@recon/core'
import { sql } from 'kysely'
import type { RecordedEvent } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { WebhookEvent } from '../webhooks/webhook-event.ts'
import { batchMoves } from './batch-payments.ts'
import { lineNow, lockLines, settleParts } from './settle-parts.ts'
import { type LinePart, lockTransactables, type StoredTransactable } from './transactable-rows.ts'

/** One line that another one stands for from now on. */
export interface LineMove {
  readonly superseded: BankLine
  readonly successor: BankLine
  readonly foundBy: 'POINTER' | 'ENGINE' | 'BATCH'
  /** Successor minus superseded, in minor units; absent where they are of two currencies. */
  readonly change?: bigint
}

/** What the caller has to log and to run, last. */
export interface Absorbed {
  readonly moves: readonly LineMove[]
  readonly events: readonly RecordedEvent[]
  readonly webhooks: readonly WebhookEvent[]
}

const policy = { ...presets.treasury.policy, perspective: 'BANK' as const }
const { windowDays } = policy.supersession

/**
 * What new lines do to older ones: a posted line takes the place of the pending one it grew from, and a booked batch that of
 * its payments told one by one. The older line stays readable; links move over.
 */
export async function absorbLines(
  unit: UnitOfWork,
  fresh: readonly BankLine[],
  changed: readonly LineMove[] = [],
): Promise<Absorbed> {
  const arrived = [...fresh, ...changed.map((move) => move.successor)]
  const moves = [...(await postedMoves(unit, arrived)), ...(await batchMoves(unit, arrived))]
  if (moves.length === 0 && changed.length === 0) return { moves, events: [], webhooks: [] }
  await lockLines(
    unit,
    moves.flatMap((move) => [move.superseded.id, move.successor.id]),
  )
  for (const move of moves) await storeMove(unit, move)
  await dropGoneItems(
    unit,
    moves.map((move) => move.superseded.id),
  )
  unit.announce('bank-lines')
  // What changed under its own id has its links settled anew, like what changed its id.
  const own = changed.filter((move) => !moves.some((other) => other.superseded.id === move.superseded.id))
  return { moves, ...(await moveLinks(unit, [...own, ...moves])) }
}

async function postedMoves(unit: UnitOfWork, fresh: readonly BankLine[]): Promise<LineMove[]> {
  const days = fresh.map((line) => line.bookingDate).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const hasPending = fresh.some((line) => line.status === 'PENDING')
  const older = await neighbours(unit, shift(first, -windowDays), shift(last, hasPending ? windowDays : 0), hasPending)
  // The bank's own pointer counts whatever the days.
  const pointed = await linesById(
    unit,
    fresh.flatMap((line) => line.supersedes ?? []),
  )
  const byId = new Map([...older, ...pointed, ...fresh].map((line) => [line.id, line]))
  const lines = [...byId.values()]
  if (!lines.some((line) => line.status !== 'POSTED')) return []
  // A line that was taken for lost may post after all; the engine looks at what is pending.
  const asPending = lines.map((line) => (line.status === 'WITHDRAWN' ? { ...line, status: 'PENDING' as const } : line))
  const run = matchLines({ bankLines: asPending, bookEntries: [] }, policy)
  return pairsOf(run, byId).flatMap(([pending, posted]) => {
    const done = supersedeLine(pending, posted)
    if (!done.ok) return []
    const { amountChange } = done.value
    return [
      {
        superseded: pending,
        successor: posted,
        foundBy: posted.supersedes === pending.id ? ('POINTER' as const) : ('ENGINE' as const),
        ...(amountChange === undefined ? {} : { change: toMinorUnits(amountChange) }),
      },
    ]
  })
}

/** The engine shows a replaced line in the item of the line that replaced it. */
function pairsOf(run: MatchRun, byId: ReadonlyMap<string, BankLine>): [BankLine, BankLine][] {
  return run.items.flatMap((item) => {
    const lines = item.bankLineIds.flatMap((id) => byId.get(id) ?? [])
    const posted = lines.filter((line) => line.status === 'POSTED')
    const [successor] = posted
    if (successor === undefined || posted.length > 1 || item.scenario === 'SWEEP') return []
    return lines.filter((line) => line !== successor).map((line): [BankLine, BankLine] => [line, successor])
  })
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Lines that may still be replaced, and, when something pending came late, posted ones that may have replaced it already. */
async function neighbours(unit: UnitOfWork, from: string, to: string, posted: boolean): Promise<BankLine[]> {
  const rows = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .where(posted ? sql<boolean>`status <> 'SUPERSEDED'` : sql<boolean>`status in ('PENDING', 'WITHDRAWN')`)
    .where('link_id', 'is', null)
    .orderBy('date', 'desc')
    .orderBy('id')
    .limit(20_000)
    .execute()
  const known =
    posted && rows.length > 0
      ? await unit.db
          .selectFrom('line_supersession')
          .select('successor_id')
          .where('tenant_id', '=', unit.tenantId)
          .where(
            'successor_id',
            'in',
            rows.map((row) => row.id),
          )
          .execute()
      : []
  const successors = new Set(known.map((row) => row.successor_id))
  return rows.filter((row) => !successors.has(row.id)).map(lineNow)
}

async function linesById(unit: UnitOfWork, ids: readonly string[]): Promise<BankLine[]> {
  if (ids.length === 0) return []
  const rows = await unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('id', 'in', [...new Set(ids)])
    .where('link_id', 'is', null)
    .execute()
  return rows.map(lineNow)
}

async function storeMove(unit: UnitOfWork, move: LineMove): Promise<void> {
  await unit.db
    .insertInto('line_supersession')
    .values({
      tenant_id: unit.tenantId,
      superseded_id: move.superseded.id,
      successor_id: move.successor.id,
      found_by: move.foundBy,
      amount_change_minor: move.change ?? null,
      at: unit.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await unit.db
    .updateTable('bank_line')
    .set({ status: 'SUPERSEDED' })
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', move.superseded.id)
    .execute()
}

/** Items nobody has touched whose line is gone: nothing is left to do there. What a person holds stays. */
export async function dropGoneItems(unit: UnitOfWork, lineIds: readonly string[]): Promise<void> {
  if (lineIds.length === 0) return
  const rows = await unit.db
    .selectFrom('item_subject')
    .innerJoin('item', (join) =>
      join.onRef('item.tenant_id', '=', 'item_subject.tenant_id').onRef('item.id', '=', 'item_subject.item_id'),
    )
    .select(['item.id', 'record_id'])
    .where('item.tenant_id', '=', unit.tenantId)
    .where('side', '=', 'BANK')
    .where('record_id', 'in', [...lineIds])
    .where('item.status', '=', 'OUTSTANDING')
    .where('item.version', '=', 1)
    .execute()
  if (rows.length === 0) return
  const ids = [...new Set(rows.map((row) => row.id))]
  await unit.db
    .deleteFrom('item_subject')
    .where('tenant_id', '=', unit.tenantId)
    .where('record_id', 'in', [...lineIds])
    .where('item_id', 'in', ids)
    .execute()
  const left = await unit.db
    .selectFrom('item_subject')
    .select('item_id')
    .where('tenant_id', '=', unit.tenantId)
    .where('item_id', 'in', ids)
    .execute()
  const alive = new Set(left.map((row) => row.item_id))
  const empty = ids.filter((id) => !alive.has(id))
  if (empty.length === 0) return
  await unit.db.deleteFrom('item').where('tenant_id', '=', unit.tenantId).where('id', 'in', empty).execute()
}

/** Transactables that take a part of one of the lines, under lock. */
export async function holdersOf(unit: UnitOfWork, lineIds: readonly string[]): Promise<StoredTransactable[]> {
  if (lineIds.length === 0) return []
  const rows = await unit.db
    .selectFrom('transactable_link')
    .select('transactable_id')
    .distinct()
    .where('tenant_id', '=', unit.tenantId)
    .where('active', '=', true)
    .where('bank_line_id', 'in', [...lineIds])
    .execute()
  return lockTransactables(
    unit,
    rows.map((row) => row.transactable_id),
  )
}

async function moveLinks(unit: UnitOfWork, moves: readonly LineMove[]): Promise<Omit<Absorbed, 'moves'>> {
  const moveOf = new Map(moves.map((move) => [move.superseded.id, move]))
  const holders = await holdersOf(unit, [...moveOf.keys()])
  const lines = await lockLines(unit, [
    ...moves.map((move) => move.successor.id),
    ...holders.flatMap((one) => one.parts.map((part) => part.bankLineId)),
  ])
  const shared = new Map<string, number>()
  for (const part of holders.flatMap((one) => one.parts))
    shared.set(part.bankLineId, (shared.get(part.bankLineId) ?? 0) + 1)
  const events: RecordedEvent[] = []
  const webhooks: WebhookEvent[] = []
  for (const holder of holders) {
    const wanted = holder.parts.map((part) => {
      const move = moveOf.get(part.bankLineId)
      return move === undefined ? part : movedPart(part, move, shared.get(part.bankLineId) === 1)
    })
    const capped = withinExpected(holder, wanted, moveOf)
    let settled = await settleParts(unit, holder, capped, lines)
    // What the rules do not allow of the successor is released, and a person sees it again.
    if (!settled.ok) {
      const kept = holder.parts.filter((part) => !moveOf.has(part.bankLineId))
      settled = await settleParts(unit, holder, kept, lines)
    }
    if (!settled.ok) continue
    events.push(...settled.value.events.map((event) => withChange(event, holder, moveOf)))
    webhooks.push(...settled.value.webhooks)
  }
  return { events, webhooks }
}

/** The whole of a line goes over as the whole of its successor; a part stays the part it was. */
function movedPart(part: LinePart, move: LineMove, alone: boolean): LinePart {
  const whole = alone && part.minor === toMinorUnits(move.superseded.amount)
  return {
    bankLineId: move.successor.id,
    minor: whole && move.foundBy !== 'BATCH' ? toMinorUnits(move.successor.amount) : part.minor,
    madeBy: 'SUPERSESSION',
    ...(move.foundBy === 'BATCH' ? { detailId: move.superseded.id } : {}),
  }
}

/** Where the bank posted more than was expected, the link takes what was expected and the rest of the line stays open. */
function withinExpected(
  { subject, parts }: StoredTransactable,
  wanted: readonly LinePart[],
  moveOf: ReadonlyMap<string, LineMove>,
): readonly LinePart[] {
  const moved = parts.length === 1 && wanted.length === 1 && moveOf.has(parts[0]?.bankLineId ?? '')
  const [only] = wanted
  if (!moved || only === undefined) return wanted
  const most = toMinorUnits(
    subject.bounds === undefined
      ? subject.amount
      : toMinorUnits(subject.amount) < 0n
        ? subject.bounds.minimum
        : subject.bounds.maximum,
  )
  const beyond = most < 0n ? only.minor < most : only.minor > most
  return beyond ? [{ ...only, minor: most }] : wanted
}

function withChange(
  event: RecordedEvent,
  holder: StoredTransactable,
  moveOf: ReadonlyMap<string, LineMove>,
): RecordedEvent {
  const moved = holder.parts.flatMap((part) => moveOf.get(part.bankLineId) ?? [])
  const about = {
    superseded: moved.map((move) => move.superseded.id),
    successors: moved.map((move) => move.successor.id),
    amountChanges: moved
      .filter((move) => (move.change ?? 0n) !== 0n)
      .map((move) => fromMinorUnits(move.change ?? 0n, move.successor.amount.currency)),
  }
  return { ...event, data: { ...(event.data as object), about } as RecordedEvent['data'] }
}
