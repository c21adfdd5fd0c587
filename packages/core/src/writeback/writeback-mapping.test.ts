import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import { replaySubject } from '../subject-change.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import {
  idempotencyKey,
  longestIdempotencyKey,
  moveWriteback,
  type WritebackEvent,
  type WritebackMapping,
  writebackMappingMachine,
} from './writeback-mapping.ts'

const now = '2026-11-21T10:00:00Z'
const input = { now, actorId: 'SYSTEM' }
const failure = { code: 'PROVIDER_UNAVAILABLE', message: 'No answer.' }
const mapping: WritebackMapping = {
  id: 'mapping-1',
  version: 1,
  provider: 'quickbooks',
  placementId: 'placement-1',
  remittanceId: 'remittance-1',
  invoiceId: '145',
  amount: money('125.50', 'USD'),
  status: 'pending',
  generation: 1,
  attempts: 0,
}
function run(from: WritebackMapping, ...steps: [WritebackEvent, object?][]): WritebackMapping {
  return steps.reduce((current, [event, more]) => {
    const moved = moveWriteback(current, event, { ...input, ...more })
    if (!moved.ok) throw new Error(`${event}: ${moved.refusal.code}`)
    return moved.value.subject
  }, from)
}

describe('moveWriteback', () => {
  it('records the id in the books, and counts the tries', () => {
    const posted = run(
      mapping,
      ['send'],
      ['fail', { failure }],
      ['retry'],
      ['send'],
      ['confirm', { externalId: '180' }],
    )
    expect(posted).toMatchObject({ status: 'posted', externalId: '180', attempts: 2, generation: 1 })
    expect(posted).not.toHaveProperty('failure')
  })

  it('shows a failure and refuses an answer without an id', () => {
    expect(run(mapping, ['send'], ['fail', { failure }])).toMatchObject({ status: 'failed', failure })
    expect(run(mapping, ['send'], ['fail'])).toMatchObject({ failure: { code: 'UNKNOWN' } })
    expect(moveWriteback(run(mapping, ['send']), 'confirm', input)).toMatchObject({
      refusal: { code: 'EXTERNAL_ID_MISSING', ids: ['mapping-1'] },
    })
    expect(moveWriteback(mapping, 'confirm', input)).toMatchObject({
      refusal: { code: 'NOT_SENT', ids: ['mapping-1'] },
    })
    expect(moveWriteback(run(mapping, ['send']), 'next', input)).toMatchObject({
      refusal: { code: 'EVENT_NOT_ALLOWED', ids: ['mapping-1'] },
    })
  })

  it.each<[string, WritebackEvent, object]>([
    ['took it', 'confirm', { externalId: '180' }],
    ['did not answer', 'fail', { failure }],
  ])('notes a reversal that races a write, and follows when the books %s', (_what, answer, more) => {
    const racing = run(mapping, ['send'], ['revert'])
    expect(racing).toMatchObject({ status: 'in_flight', revertWanted: true })
    const moved = moveWriteback(racing, answer, { ...input, ...more })
    expect(moved).toMatchObject({
      value: { subject: { status: 'revert_pending' }, effects: [{ type: 'SEND_WRITEBACK', mappingId: 'mapping-1' }] },
    })
    expect(moved.ok && 'revertWanted' in moved.value.subject).toBe(false)
  })

  it('takes a payment back, tries again, and writes the next one as a new generation', () => {
    const posted = run(mapping, ['send'], ['confirm', { externalId: '180' }])
    const failed = run(posted, ['revert'], ['send'], ['fail', { failure }])
    expect(failed).toMatchObject({ status: 'revert_failed', externalId: '180' })
    const reverted = run(failed, ['retry'], ['send'], ['confirm'])
    expect(reverted.status).toBe('reverted')
    const again = run(reverted, ['next'])
    expect(again).toMatchObject({ status: 'pending', generation: 2, attempts: 0 })
    expect(again).not.toHaveProperty('externalId')
  })

  it('drops what was never sent, and reverses what may have arrived, also while it waits for its next try', () => {
    const dropped = moveWriteback(mapping, 'revert', input)
    expect(dropped).toMatchObject({
      value: { subject: { status: 'reverted' }, effects: [], events: [{ name: 'writeback.dropped' }] },
    })
    expect(run(run(mapping, ['abandon']), ['revert']).status).toBe('reverted')
    const retried = run(mapping, ['send'], ['fail', { failure }], ['retry'])
    expect(moveWriteback(retried, 'drop', input)).toMatchObject({ refusal: { code: 'SENT_BEFORE' } })
    expect(moveWriteback(retried, 'revert', input)).toMatchObject({
      value: { subject: { status: 'revert_pending' }, effects: [{ type: 'SEND_WRITEBACK' }] },
    })
    expect(run(retried, ['abandon'], ['revert']).status).toBe('revert_pending')
    expect(run(retried, ['confirm', { externalId: '180' }])).toMatchObject({ status: 'posted', externalId: '180' })
  })

  it('keeps the effects of the table where nothing races', () => {
    expect(moveWriteback(run(mapping, ['send'], ['fail']), 'retry', input)).toMatchObject({
      value: { effects: [{ type: 'SEND_WRITEBACK' }], events: [{ name: 'writeback.retried', actorId: 'SYSTEM' }] },
    })
  })

  it('is rebuilt by its events over any history, with at most one record per generation', () => {
    const names = Object.keys(writebackMappingMachine.events) as WritebackEvent[]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 40 }), (history) => {
        let current = mapping
        const events = []
        const recorded = new Map<number, string>()
        for (const [step, event] of history.entries()) {
          const moved = moveWriteback(current, event, { ...input, externalId: `id-${step}` })
          if (!moved.ok) continue
          const after = moved.value.subject
          if (after.externalId !== undefined && after.status === 'posted' && current.status === 'in_flight') {
            expect(recorded.has(after.generation)).toBe(false)
            recorded.set(after.generation, after.externalId)
          }
          if (after.status === 'posted' || after.status === 'reverted') expect(after).not.toHaveProperty('revertWanted')
          expect(after.generation - current.generation).toBe(event === 'next' ? 1 : 0)
          current = after
          events.push(...moved.value.events)
          expect(uncataloguedEffects(moved.value.effects)).toEqual([])
        }
        expect(uncataloguedEvents(events)).toEqual([])
        expect(replaySubject(mapping, events)).toEqual({ ok: true, value: current })
      }),
    )
  })
})

describe('idempotencyKey', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  it('is the same for every try and another for every other write, never longer than the books take', () => {
    const key = idempotencyKey(mapping, 'post', sha256)
    expect(key.length).toBeLessThanOrEqual(longestIdempotencyKey)
    expect(idempotencyKey({ ...mapping }, 'post', sha256)).toBe(key)
    const others = [
      idempotencyKey(mapping, 'revert', sha256),
      idempotencyKey({ ...mapping, generation: 2 }, 'post', sha256),
      idempotencyKey({ ...mapping, remittanceId: 'remittance-2' }, 'post', sha256),
      idempotencyKey({ ...mapping, invoiceId: '146' }, 'post', sha256),
      idempotencyKey({ ...mapping, provider: 'xero' }, 'post', sha256),
      idempotencyKey({ ...mapping, amount: money('125.51', 'USD') }, 'post', sha256),
      idempotencyKey({ ...mapping, amount: money('125.50', 'EUR') }, 'post', sha256),
    ]
    expect(new Set([key, ...others]).size).toBe(8)
    expect(
      idempotencyKey({ ...mapping, remittanceId: 'x'.repeat(10_000) }, 'revert', sha256).length,
    ).toBeLessThanOrEqual(50)
  })

  it('does not confuse fields that run into each other', () => {
    const left = idempotencyKey({ ...mapping, remittanceId: 'a|1:b', invoiceId: 'c' }, 'post', sha256)
    const right = idempotencyKey({ ...mapping, remittanceId: 'a', invoiceId: '1:b|c' }, 'post', sha256)
    expect(left).not.toBe(right)
  })
})
