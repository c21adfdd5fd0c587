import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activityCatalogue } from '../activity-catalogue.ts'
import { money } from '../money/money.ts'
import { buildBankLine, buildBookEntry, buildMatch, buildReviewItem } from '../testing/builders.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import type { Machine } from '../transition-table.ts'
import { activeDecision } from './active-decision.ts'
import type { ItemActionName, ItemActions } from './item-action.ts'
import { itemActions } from './item-actions.ts'
import { type ItemEvent, type ItemOutcome, replayItem } from './item-change.ts'
import { previewReopening } from './item-undo.ts'
import { makerCheckerMachine } from './maker-checker.ts'
import { matchDecisionMachine } from './match-decision.ts'
import type { Actor } from './permission.ts'
import { type ReviewRecords, reviewContext } from './review-context.ts'
import type { ReviewItem } from './review-item.ts'

const now = '2026-11-21T09:00:00Z'
const usd = (amount: string) => money(amount, 'USD')
const maker: Actor = { id: 'maker', roles: ['FINANCE'] }
const checker: Actor = { id: 'checker', roles: ['ADMIN'] }
const recordsOf = (amount: string) => ({
  bankLines: ['bank-1', 'bank-2', 'bank-3'].map((id) => buildBankLine({ id, amount: usd(amount) })),
  bookEntries: ['book-1', 'book-2', 'book-3'].map((id) => buildBookEntry({ id, amount: usd(amount) })),
})
/** The records as they were imported first, and as a later import has them. */
const imports = [recordsOf('100.00'), recordsOf('150.00')] as const
const firstItems: readonly ReviewItem[] = [
  buildReviewItem({ id: 'a', matches: [buildMatch({ bankLineIds: ['bank-1'] })], bucket: 'PARTIAL' }),
  buildReviewItem({ id: 'b', bankLineIds: ['bank-2'], scenario: 'AMOUNT_VARIANCE' }),
  buildReviewItem({ id: 'c', bankLineIds: ['bank-1', 'bank-2', 'bank-3'], scenario: 'SWEEP' }),
  buildReviewItem({ id: 'd', perspective: 'BOOK', bankLineIds: [], bookEntryIds: ['book-3'] }),
  buildReviewItem({
    id: 'e',
    bankLineIds: ['bank-3'],
    status: 'RECONCILED',
    scenario: 'SYSTEM_MATCH',
    matches: [
      buildMatch({ bankLineIds: ['bank-3'], bookEntryIds: ['book-2'], status: 'AUTO', pass: 'IDENTIFIER_NORMALIZED' }),
    ],
  }),
]

interface Desk {
  readonly items: Map<string, ReviewItem>
  readonly logs: Map<string, ItemEvent[]>
  readonly imported: 0 | 1
}
const settings = { approvalThresholds: [usd('100.00')], writeback: true }

function contextFor(desk: Desk, id: string, more: Partial<ReviewRecords> = {}) {
  const lastEvent = desk.logs.get(id)?.at(-1)
  const items = [...desk.items.values()]
  return reviewContext({ now, ...imports[desk.imported], items, settings, ...(lastEvent && { lastEvent }), ...more })
}

function perform(actions: ItemActions, name: ItemActionName, pick: number) {
  const bankLineIds = [['bank-1'], ['bank-2'], ['bank-3'], ['bank-1', 'bank-2']][pick % 4] ?? []
  const bookEntryIds = [['book-1'], ['book-2'], ['book-3'], ['book-1', 'book-2']][pick % 4] ?? []
  const reason = `because ${pick}`
  switch (name) {
    case 'reconcile':
      return actions.reconcile?.({ bookEntryIds, ...(pick > 7 && { bankLineIds }) })
    case 'confirm':
      return actions.confirm?.({})
    case 'reject':
      return actions.reject?.({ reason })
    case 'closeBatch':
      return actions.closeBatch?.({ bankLineIds, bookEntryIds })
    case 'reconcileWithReference':
      return actions.reconcileWithReference?.({ reference: reason })
    case 'recordJournal':
      return actions.recordJournal?.({ journalEntryId: 'JE', amount: usd('0.00') })
    case 'flag':
    case 'withdrawJournal':
    case 'declineApproval':
      return actions[name]?.({ reason })
    case 'approve':
    case 'reopenApproval':
    case 'undo':
      return actions[name]?.({})
    default:
      return actions[name]?.(pick % 2 === 0 ? {} : { reason })
  }
}

/** What always holds on a desk, whatever happened. */
function invariants(desk: Desk) {
  const held = new Map<string, string>()
  for (const item of desk.items.values()) {
    const decision = activeDecision(item)
    expect(item.status === 'RECONCILED').toBe(decision !== undefined)
    if (item.status === 'FLAGGED') expect(item.flag).toBeDefined()
    if (item.status === 'ESCALATED') expect(item.escalation).toBeDefined()
    for (const id of [...(decision?.bankLineIds ?? []), ...(decision?.bookEntryIds ?? [])]) {
      expect(held.get(id) ?? item.id).toBe(item.id)
      held.set(id, item.id)
    }
    if (decision?.approvedBy !== undefined) expect(decision.approvedBy).not.toBe(decision.actorId)
  }
}

const newDesk = (): Desk => ({
  items: new Map(firstItems.map((item) => [item.id, item])),
  logs: new Map(),
  imported: 0,
})

/** The steps in the log of an item, taken one after the other, give the state of every link and of the approval in it. */
function innerMachines(desk: Desk, id: string) {
  const links = new Map<string, string>()
  let approval: string | undefined
  for (const event of desk.logs.get(id) ?? []) {
    for (const step of event.data.steps ?? []) {
      const machine = step.machine === 'match-decision' ? matchDecisionMachine : makerCheckerMachine
      expect((machine.table as Machine['table'])[step.from]?.[step.event]).toBe(step.to)
      if (step.machine === 'maker-checker') approval = step.to
      else {
        const born = ['PROPOSED', 'MANUAL', 'EXACT'].includes(step.from)
        expect(links.get(step.id) ?? (born ? step.from : 'never made')).toBe(step.from)
        links.set(step.id, step.to)
      }
    }
    if (event.data.after.approval) approval = 'PROPOSED'
  }
  const item = desk.items.get(id) as ReviewItem
  const active = activeDecision(item)
  const activeId = active?.state === 'EXACT' ? `${active.id}@1` : active?.id
  if (active) expect(links.get(activeId ?? '') ?? active.state).toBe(active.state)
  for (const [link, state] of links)
    if (link !== activeId) expect(['REVERSED', 'REJECTED', 'PROPOSED']).toContain(state)
  const rejected = [...links].filter(([, state]) => state === 'REJECTED').map(([link]) => link)
  expect(rejected.sort()).toEqual([...(item.rejectedMatchIds ?? [])].sort())
  if (item.approval) expect(approval).toBe('PROPOSED')
  if (item.closedApproval) expect(approval).toBe(item.closedApproval.status)
  if (active?.approvedBy) expect(approval).toBe('APPROVED')
}

const stepsOf = (names: readonly ItemActionName[]) =>
  fc.array(fc.record({ name: fc.constantFrom(...names), item: fc.nat(6), pick: fc.nat(15), byChecker: fc.boolean() }), {
    maxLength: 60,
    size: 'max',
  })
const everyAction = Object.keys(itemActions(firstItems[0] as ReviewItem, maker, reviewContext({ now }))).filter(
  (name) => !['whyNot', 'first', 'warnings'].includes(name),
) as ItemActionName[]

describe('a desk over any history', () => {
  it('never holds a record twice, loses none, writes one valid event per change, and is rebuilt by its log', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(stepsOf(everyAction), (history) => {
        let desk = newDesk()
        const born = new Map(desk.items)
        for (const step of history) {
          if (step.pick === 14) desk = { ...desk, imported: desk.imported === 0 ? 1 : 0 }
          const ids = [...desk.items.keys()]
          const id = ids[step.item % ids.length] ?? 'a'
          const item = desk.items.get(id) as ReviewItem
          const actions = itemActions(item, step.byChecker ? checker : maker, contextFor(desk, id))
          const done = perform(actions, step.name, step.pick)
          if (!done?.ok) {
            if (done === undefined || done === null) expect(actions.whyNot[step.name]?.code).toBeTypeOf('string')
            continue
          }
          seen.add(step.name)
          store(desk, born, done.value)
          expect(done.value.item.version).toBe(item.version + 1)
          const [event] = done.value.events
          expect(uncataloguedEffects(done.value.effects)).toEqual([])
          expect(activityCatalogue.get(event?.name ?? '')?.schema.safeParse(event).success).toBe(true)
          const sweepLines = [...desk.items.values()]
            .filter((one) => one.scenario === 'SWEEP')
            .flatMap((one) => one.bankLineIds)
          expect([...sweepLines].sort()).toEqual(['bank-1', 'bank-2', 'bank-3'])
          invariants(desk)
          innerMachines(desk, id)
        }
        for (const item of desk.items.values()) {
          const stored = JSON.parse(JSON.stringify(desk.logs.get(item.id) ?? [])) as ItemEvent[]
          expect(replayItem(born.get(item.id) as ReviewItem, stored)).toEqual({ ok: true, value: item })
        }
      }),
      { numRuns: 400 },
    )
    expect([...seen].sort()).toEqual([...everyAction].sort())
  })

  it('undoes any single action: the state is the one before, one event on', () => {
    fc.assert(
      fc.property(stepsOf(everyAction.filter((name) => name !== 'undo')), (history) => {
        const desk = newDesk()
        const born = new Map(desk.items)
        for (const step of history) {
          const ids = [...desk.items.keys()]
          const id = ids[step.item % ids.length] ?? 'a'
          const before = desk.items.get(id) as ReviewItem
          const done = perform(
            itemActions(before, step.byChecker ? checker : maker, contextFor(desk, id)),
            step.name,
            step.pick,
          )
          if (!done?.ok) continue
          const trial: Desk = { ...desk, items: new Map(desk.items), logs: new Map(desk.logs) }
          store(trial, new Map(born), done.value)
          const context = contextFor(trial, id)
          const preview = previewReopening(done.value.item, 'undo', context)
          const undone = itemActions(done.value.item, maker, context).undo?.({})
          if (!undone?.ok) throw new Error(`${step.name}: ${JSON.stringify(undone)}`)
          expect({ ...undone.value.item, version: 0 }).toEqual({ ...before, version: 0 })
          expect(undone.value.removedIds).toEqual(done.value.created.map((part) => part.id))
          expect(preview).toMatchObject({
            ok: true,
            value: { status: before.status, mergedIds: undone.value.removedIds },
          })
          store(desk, born, done.value)
        }
      }),
      { numRuns: 150 },
    )
  })
})

function store(desk: Desk, born: Map<string, ReviewItem>, outcome: ItemOutcome) {
  desk.items.set(outcome.item.id, outcome.item)
  desk.logs.set(outcome.item.id, [...(desk.logs.get(outcome.item.id) ?? []), ...outcome.events])
  for (const part of outcome.created) {
    desk.items.set(part.id, part)
    born.set(part.id, part)
  }
  for (const id of outcome.removedIds) desk.items.delete(id)
}
