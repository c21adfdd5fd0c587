import { describe, expect, it } from 'vitest'
import { buildActor, buildBookEntry, buildMatch, buildReviewItem } from '../testing/builders.ts'
import { act, context, outcome } from '../testing/review-desk.ts'
import { replayItem } from './item-change.ts'
import { previewReopening } from './item-undo.ts'
import { missingPermission, type Permission, permissions, roles } from './permission.ts'

describe('locks, undo and rights', () => {
  it('leaves a closed period alone, and names its records', () => {
    const settings = { lockedThrough: '2026-11-20' }
    const actions = act(buildReviewItem(), { settings })
    expect(actions.whyNot.flag).toMatchObject({ code: 'PERIOD_LOCKED', ids: ['bank-1'] })
    expect(act(buildReviewItem(), { settings: { lockedThrough: '2026-11-19' } }).flag).not.toBeNull()
    const early = {
      settings: { lockedThrough: '2026-11-10' },
      bookEntries: [buildBookEntry({ id: 'book-1', date: '2026-11-10' })],
    }
    expect(act(buildReviewItem(), early).reconcile?.({ bookEntryIds: ['book-1'] })).toMatchObject({
      refusal: { code: 'PERIOD_LOCKED', ids: ['book-1'] },
    })
    const unknown = { settings, bankLines: [], bookEntries: [] }
    expect(act(buildReviewItem(), unknown).flag).not.toBeNull()
  })

  it('undoes only the last change of the item itself', () => {
    expect(act(buildReviewItem()).whyNot.undo?.code).toBe('NOTHING_TO_UNDO')
    const flagged = outcome(act(buildReviewItem()).flag?.({ reason: 'look' }))
    const lastEvent = flagged.events[0]
    if (!lastEvent) throw new Error('no event')
    expect(act({ ...flagged.item, version: 9 }, { lastEvent }).whyNot.undo).toMatchObject({
      code: 'UNDO_NOT_LAST',
      ids: ['item-1'],
    })
    expect(act({ ...flagged.item, id: 'other' }, { lastEvent }).whyNot.undo?.code).toBe('UNDO_NOT_LAST')
    expect(previewReopening(buildReviewItem(), 'undo', context())).toMatchObject({
      refusal: { code: 'NOTHING_TO_UNDO' },
    })
  })

  it('does not undo a revert when the record has gone elsewhere, nor into a closed period', () => {
    const linked = outcome(act(buildReviewItem()).reconcile?.({ bookEntryIds: ['book-1'] })).item
    const open = outcome(act(linked).revert?.({}))
    const lastEvent = open.events[0]
    if (!lastEvent) throw new Error('no event')
    const other = outcome(act(buildReviewItem({ id: 'other' })).reconcile?.({ bookEntryIds: ['book-1'] })).item
    expect(act(open.item, { lastEvent, items: [other] }).whyNot.undo).toMatchObject({
      code: 'RECORD_TAKEN',
      ids: ['bank-1', 'book-1'],
    })
    const again = outcome(act(open.item, { lastEvent, settings: { writeback: true } }).undo?.({}))
    expect(again.item.decision).toEqual(linked.decision)
    expect(again.effects.map((effect) => effect.type)).toEqual(['CONFIRM_IN_SOURCE', 'EMIT_WEBHOOK'])
    expect(act(open.item, { lastEvent, settings: { lockedThrough: '2026-12-31' } }).whyNot.undo?.code).toBe(
      'PERIOD_LOCKED',
    )
  })

  it('does not undo a batch whose rest was worked, nor close twice what was merged back', () => {
    const sweep = buildReviewItem({ scenario: 'SWEEP', bankLineIds: ['bank-1', 'bank-conv'] })
    const closed = outcome(act(sweep).closeBatch?.({ bankLineIds: ['bank-1'], bookEntryIds: ['book-1'] }))
    const lastEvent = closed.events[0]
    const rest = closed.created[0]
    if (!lastEvent || !rest) throw new Error('no rest')
    const worked = { ...rest, version: 2 }
    expect(act(closed.item, { lastEvent, items: [worked] }).whyNot.undo).toMatchObject({
      code: 'SPLIT_ITEM_CHANGED',
      ids: [rest.id],
    })
    const undone = outcome(act(closed.item, { lastEvent, items: [rest] }).undo?.({}))
    expect(undone.removedIds).toEqual([rest.id])
    const next = undone.events[0]
    if (!next) throw new Error('no event')
    expect(act(undone.item, { lastEvent: next }).whyNot.undo?.code).toBe('BATCH_MERGED')
  })

  it('refuses a history with a gap, of another item, or that does not follow', () => {
    const item = buildReviewItem()
    const first = outcome(act(item).flag?.({ reason: 'one' }))
    const second = outcome(act(first.item).unflag?.({}))
    expect(replayItem(item, [...first.events, ...second.events])).toEqual({ ok: true, value: second.item })
    expect(replayItem(item, second.events)).toMatchObject({ refusal: { code: 'HISTORY_BROKEN', ids: ['item-1'] } })
    expect(replayItem({ ...item, id: 'other' }, first.events)).toMatchObject({ ok: false })
    expect(replayItem({ ...item, bucket: 'PARTIAL' }, first.events)).toMatchObject({ ok: false })
  })

  it('keeps links of the source system and read-only scenarios out of reach', () => {
    const readOnlyScenarios = ['SYSTEM_MATCH'] as const
    const shown = act(buildReviewItem({ scenario: 'SYSTEM_MATCH', matches: [buildMatch()] }), {
      settings: { readOnlyScenarios },
    })
    expect([shown.whyNot.reconcile?.code, shown.whyNot.confirm?.code]).toEqual([
      'READ_ONLY_SCENARIO',
      'READ_ONLY_SCENARIO',
    ])
    const flagged = outcome(shown.flag?.({ reason: 'not ours' })).item
    expect(act(flagged, { settings: { readOnlyScenarios } }).reconcile).not.toBeNull()
    const made = buildReviewItem({
      status: 'RECONCILED',
      matches: [buildMatch({ pass: 'SOURCE_CONFIRMED', status: 'AUTO' })],
    })
    expect(act(made).whyNot.revert?.code).toBe('SOURCE_RECONCILED')
  })

  it.each(roles)('gives %s what its column says and no more', (role) => {
    const actor = buildActor(role)
    for (const permission of Object.keys(permissions) as Permission[]) {
      const allowed = (permissions[permission] as readonly string[]).includes(role)
      expect(missingPermission(actor, permission) === null).toBe(allowed)
    }
    expect(missingPermission({ id: 'nobody', roles: [] }, 'item.view')?.code).toBe('FORBIDDEN')
  })

  it('says what a desk would need', () => {
    expect(missingPermission(buildActor('BOOKKEEPER'), 'item.view', 'PAYMENTS_DESK')).toMatchObject({
      details: { permission: 'item.view', roles: ['ADMIN', 'FINANCE', 'SYSTEM'] },
    })
    expect(missingPermission(buildActor('ADMIN'), 'run.view', 'PAYMENTS_DESK')?.message).toContain('SYSTEM')
    expect(missingPermission(buildActor('ADMIN'), 'run.dispatch', 'PAYMENTS_DESK')?.message).toContain(
      'of another desk',
    )
  })
})
