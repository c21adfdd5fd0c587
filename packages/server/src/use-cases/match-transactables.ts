import { type TransactableInput, transactableLimit } from '@recon/client'
import {
  allow,
  type BankLine,
  type BookEntry,
  type BookEntryKind,
  type Decision,
  fromMinorUnits,
  type Match,
  missingPermission,
  toMinorUnits,
} from '@recon/core'
import { sql } from 'kysely'
import { type RecordedEvent, recordActivity } from '../store/activity-chain.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { lineNow, lockLines, settleParts } from '../treasury/settle-parts.ts'
import { type LinePart, lockTransactables, type StoredTransactable, withParts } from '../treasury/transactable-rows.ts'
import { announceWebhooks, type WebhookEvent } from '../webhooks/webhook-event.ts'
import type { RunPlan } from './start-run.ts'
import { endedStates } from './sweep-treasury.ts'

export interface TreasuryProposal {
  readonly transactableIds: readonly string[]
  readonly bankLineIds: readonly string[]
  readonly confidence: number
  readonly reason: Match['reason']
  readonly evidence: Match['evidence']
}

export interface TreasuryMatched {
  readonly linked: number
  readonly tentative: number
  readonly reconciled: number
  readonly proposals: readonly TreasuryProposal[]
}

const lineLimit = 50_000

const entryKind: Readonly<Record<TransactableInput['kind'], BookEntryKind>> = {
  payment_order: 'PAYMENT_ORDER',
  expected_payment: 'EXPECTED_PAYMENT',
  paper_item: 'PAPER_ITEM',
  return: 'RETURN',
  incoming_payment_detail: 'INCOMING_PAYMENT_DETAIL',
}

/** A transactable as the engine sees the books. */
function entryOf({ told, parts }: StoredTransactable): BookEntry {
  const { bounds, dueBy } = told
  const taken = parts.reduce((sum, part) => sum + part.minor, 0n)
  return {
    id: told.id,
    kind: entryKind[told.kind],
    date: told.date,
    amount: told.amount,
    references: told.references,
    ...(taken === 0n ? {} : { openAmount: fromMinorUnits(toMinorUnits(told.amount) - taken, told.amount.currency) }),
    ...(told.account === undefined ? {} : { account: told.account }),
    ...(told.instrument === undefined ? {} : { instrument: told.instrument }),
    ...(told.counterparty === undefined ? {} : { counterparty: told.counterparty }),
    ...(bounds === undefined ? {} : { amountBounds: bounds }),
    ...(dueBy === undefined || dueBy < told.date ? {} : { dateBounds: { earliest: told.date, latest: dueBy } }),
  }
}

/**
 * Matches what is open of both sides. What the engine links without doubt is linked: with pending lines tentatively, with
 * posted ones for good. The rest is proposed and changes nothing.
 */
export async function matchTransactables(
  unit: UnitOfWork,
  input: { readonly accounts?: readonly string[] },
  plan: Pick<RunPlan, 'match'>,
): Promise<Decision<TreasuryMatched>> {
  const missing = missingPermission(unit.actor, 'item.reconcile', 'TREASURY')
  if (missing) return { ok: false, refusal: missing }
  const open = await openTransactables(unit, input.accounts)
  const { lines, batchOf } = await openLines(unit, input.accounts)
  const result = plan.match({ bankLines: lines, bookEntries: open.map(entryOf) })
  const sure = result.matches.filter((match) => match.status === 'AUTO')
  const links = new Map<string, LinePart[]>()
  const scope = {
    open: new Map(open.map((one) => [one.subject.id, one])),
    lines: new Map(lines.map((line) => [line.id, line])),
    batchOf,
  }
  for (const match of sure) for (const [id, parts] of partsOf(match, scope)) links.set(id, parts)
  const before = open.filter((one) => links.has(one.subject.id)).flatMap((one) => one.parts)
  const locked = await lockLines(
    unit,
    [...before, ...[...links.values()].flat()].map((part) => part.bankLineId),
  )
  const events: RecordedEvent[] = []
  const webhooks: WebhookEvent[] = []
  const counts = { linked: 0, tentative: 0, reconciled: 0 }
  for (const stored of await lockTransactables(unit, links.keys())) {
    const parts = [...stored.parts, ...(links.get(stored.subject.id) ?? [])]
    const settled = await settleParts(unit, stored, parts, locked)
    // A refusal here is a race or an amount beyond what was expected: a person decides.
    if (!settled.ok) continue
    events.push(...settled.value.events)
    webhooks.push(...settled.value.webhooks)
    counts.linked += 1
    const { certainty } = settled.value.stored.subject
    if (certainty === 'TENTATIVE') counts.tentative += 1
    if (certainty === 'RECONCILED') counts.reconciled += 1
  }
  announceWebhooks(unit, webhooks)
  await recordActivity(unit, events)
  return allow({ ...counts, proposals: proposalsOf(result.matches, batchOf) })
}

async function openTransactables(unit: UnitOfWork, accounts: readonly string[] | undefined) {
  let query = unit.db
    .selectFrom('transactable')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('certainty', 'in', ['UNRECONCILED', 'PARTIALLY_RECONCILED'])
    .where('state', 'not in', endedStates)
    .orderBy('id')
    .limit(transactableLimit * 10)
  if (accounts !== undefined) {
    query = query.where((where) => where.or([where('account', 'is', null), where('account', 'in', [...accounts])]))
  }
  return withParts(unit, await query.execute())
}

/** Live lines no transactable takes a part of. A batch is shown by its payments, where the bank told them. */
async function openLines(unit: UnitOfWork, accounts: readonly string[] | undefined) {
  let query = unit.db
    .selectFrom('bank_line')
    .select(['id', 'status', 'body'])
    .where('tenant_id', '=', unit.tenantId)
    .where('status', 'in', ['PENDING', 'POSTED'])
    .where(sql<boolean>`not exists (
      select 1 from recon.transactable_link as taken where taken.tenant_id = bank_line.tenant_id
        and taken.bank_line_id = bank_line.id and taken.active and taken.detail_id is null)`)
    .orderBy('date', 'desc')
    .orderBy('id')
    .limit(lineLimit)
  if (accounts !== undefined) query = query.where('account', 'in', [...accounts])
  const whole = (await query.execute()).map(lineNow)
  const details = await unit.db
    .selectFrom('line_supersession')
    .innerJoin('bank_line', (join) =>
      join
        .onRef('bank_line.tenant_id', '=', 'line_supersession.tenant_id')
        .onRef('bank_line.id', '=', 'line_supersession.superseded_id'),
    )
    .select(['successor_id', 'bank_line.id', 'bank_line.body'])
    .where('line_supersession.tenant_id', '=', unit.tenantId)
    .where('found_by', '=', 'BATCH')
    .where(sql<boolean>`not exists (
      select 1 from recon.transactable_link as taken where taken.tenant_id = line_supersession.tenant_id
        and taken.active and taken.detail_id = line_supersession.superseded_id)`)
    .execute()
  const batchOf = new Map(details.map((row) => [row.id, row.successor_id]))
  const batches = new Set(batchOf.values())
  const lines = [
    ...whole.filter((line) => !batches.has(line.id)),
    ...details
      .filter((row) => whole.some((line) => line.id === row.successor_id))
      .map((row) => ({ ...(row.body as BankLine), status: 'POSTED' as const })),
  ]
  return { lines, batchOf }
}

interface Scope {
  readonly open: ReadonlyMap<string, StoredTransactable>
  readonly lines: ReadonlyMap<string, BankLine>
  readonly batchOf: ReadonlyMap<string, string>
}

/** What each transactable of a match gets. Several of both at once are left to a person: nothing says which is whose. */
function partsOf(match: Match, scope: Scope): [string, LinePart[]][] {
  const own = match.bankLineIds.flatMap((id) => scope.lines.get(id) ?? [])
  const subjects = match.bookEntryIds.flatMap((id) => scope.open.get(id) ?? [])
  const [line, subject] = [own[0], subjects[0]]
  if (line === undefined || subject === undefined) return []
  const part = (from: BankLine, minor: bigint): LinePart => {
    const batch = scope.batchOf.get(from.id)
    return {
      bankLineId: batch ?? from.id,
      minor,
      madeBy: 'ENGINE',
      ...(batch === undefined ? {} : { detailId: from.id }),
    }
  }
  if (subjects.length === 1) {
    const parts = own.map((one) => part(one, toMinorUnits(one.amount)))
    const ids = parts.map((one) => one.bankLineId)
    return new Set(ids).size === ids.length ? [[subject.subject.id, parts]] : []
  }
  if (own.length > 1) return []
  const taken = new Map(match.allocations?.map((one) => [one.bookEntryId, one.amount]))
  return subjects.map((one) => {
    const amount = taken.get(one.subject.id) ?? one.subject.amount
    return [one.subject.id, [part(line, toMinorUnits(amount))]]
  })
}

function proposalsOf(matches: readonly Match[], batchOf: ReadonlyMap<string, string>): TreasuryProposal[] {
  return matches
    .filter((match) => match.status !== 'AUTO')
    .slice(0, 500)
    .map((match) => ({
      transactableIds: match.bookEntryIds,
      bankLineIds: [...new Set(match.bankLineIds.map((id) => batchOf.get(id) ?? id))],
      confidence: match.confidence,
      reason: match.reason,
      evidence: match.evidence,
    }))
}
