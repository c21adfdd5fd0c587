import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replaySubject } from '../subject-change.ts'
import { buildActor } from '../testing/builders.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { type DepositSource, fetchDue, isStale, moveSource, sourceActions } from './deposit-source.ts'
import { type DepositSourceEvent, depositSourceMachine } from './deposit-source-machine.ts'

const now = '2026-11-21T10:00:00Z'
const source: DepositSource = {
  id: 'source-1',
  version: 1,
  name: 'Main account',
  kind: 'FEED',
  status: 'healthy',
  lastFetchedAt: '2026-11-21T09:00:00Z',
  lastTriedAt: '2026-11-21T09:45:00Z',
  failures: 0,
  reconcileUniqueMatches: false,
}
const failure = { code: 'BANK_DOWN', message: 'No answer.' }
const input = { now, actorId: 'SYSTEM', failure }
const finance = buildActor('FINANCE')
const without = (key: 'lastFetchedAt' | 'lastTriedAt'): DepositSource => {
  const { [key]: _gone, ...rest } = source
  return rest
}

describe('a deposit source', () => {
  it('is fetched every quarter of an hour, unless it is an upload or its password is refused', () => {
    expect(fetchDue(source, now)).toBe(true)
    expect(fetchDue(source, '2026-11-21T09:59:59Z')).toBe(false)
    expect(fetchDue(without('lastTriedAt'), now)).toBe(true)
    expect(fetchDue({ ...source, kind: 'UPLOAD' }, now)).toBe(false)
    expect(fetchDue({ ...source, status: 'credentials_invalid' }, now)).toBe(false)
    expect(fetchDue(source, now, { everyMinutes: 16, staleAfterMinutes: 60 })).toBe(false)
  })

  it('is stale after an hour without a success, and when it never had one', () => {
    expect(isStale(source, now)).toBe(false)
    expect(isStale(source, '2026-11-21T10:00:01Z')).toBe(true)
    expect(isStale(without('lastFetchedAt'), now)).toBe(true)
  })

  it('never claims a fetch that failed', () => {
    const failed = moveSource(source, 'fail', input)
    expect(failed).toMatchObject({
      value: {
        subject: { status: 'failing', failures: 1, failure, lastFetchedAt: '2026-11-21T09:00:00Z', lastTriedAt: now },
        events: [{ name: 'deposit_source.fetch_failed' }],
      },
    })
    expect(moveSource(source, 'fail', { now, actorId: 'SYSTEM' })).toMatchObject({
      value: { subject: { failure: { code: 'UNKNOWN' } } },
    })
  })

  it('stops and tells everybody when the bank refuses the password, and starts again with a new one', () => {
    const refused = moveSource(source, 'rejectCredentials', input)
    if (!refused.ok) throw new Error('refused')
    expect(refused.value.effects).toMatchObject([
      { type: 'STOP_FETCHING' },
      { type: 'QUEUE_MAIL', template: 'bank-credentials-invalid', to: 'EVERY_USER' },
      { type: 'EMIT_WEBHOOK' },
    ])
    const stopped = refused.value.subject
    expect(moveSource(stopped, 'fetched', input)).toMatchObject({ refusal: { code: 'EVENT_NOT_ALLOWED' } })
    const actions = sourceActions(stopped, finance, now)
    expect(actions.whyNot.refresh?.code).toBe('CREDENTIALS_INVALID')
    const updated = actions.updateCredentials?.()
    expect(updated).toMatchObject({
      value: { subject: { status: 'reconnecting', failure }, effects: [{ type: 'FETCH_NOW' }] },
    })
    const back = moveSource(updated?.ok ? updated.value.subject : source, 'fetched', input)
    expect(back).toMatchObject({ value: { subject: { status: 'healthy', failures: 0, lastFetchedAt: now } } })
    expect(back.ok && 'failure' in back.value.subject).toBe(false)
  })

  it('is refreshed and configured by the right people', () => {
    const actions = sourceActions(source, finance, now)
    expect(actions.refresh?.()).toEqual({ ok: true, value: [{ type: 'FETCH_NOW', sourceId: 'source-1' }] })
    expect(actions.whyNot.updateCredentials?.code).toBe('EVENT_NOT_ALLOWED')
    expect(actions.setReconcileUniqueMatches?.(true)).toMatchObject({
      value: {
        subject: { reconcileUniqueMatches: true, version: 2 },
        events: [{ name: 'deposit_source.settings_changed' }],
      },
    })
    expect(sourceActions({ ...source, kind: 'UPLOAD' }, finance, now).whyNot.refresh?.code).toBe('NOT_A_FEED')
    const closed = sourceActions(source, buildActor('BOOKKEEPER'), now)
    expect([closed.refresh, closed.updateCredentials, closed.setReconcileUniqueMatches]).toEqual([null, null, null])
    expect(closed.whyNot.setReconcileUniqueMatches?.code).toBe('FORBIDDEN')
  })

  it('is rebuilt by its events over any history; only a success moves the last fetch; no fetch without a password', () => {
    const names = Object.keys(depositSourceMachine.events) as DepositSourceEvent[]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 30 }), (history) => {
        let current = source
        const events = []
        for (const [minute, name] of history.entries()) {
          const at = `2026-11-21T11:${String(minute).padStart(2, '0')}:00Z`
          const moved = moveSource(current, name, { now: at, actorId: 'SYSTEM', failure })
          if (!moved.ok) continue
          const success = name === 'fetched'
          expect(moved.value.subject.lastFetchedAt).toBe(success ? at : current.lastFetchedAt)
          if (current.status === 'credentials_invalid') expect(name).toBe('updateCredentials')
          current = moved.value.subject
          expect(current.status === 'healthy' && success ? current.failures : 0).toBe(0)
          events.push(...moved.value.events)
          expect(uncataloguedEffects(moved.value.effects)).toEqual([])
        }
        expect(uncataloguedEvents(events)).toEqual([])
        expect(replaySubject(source, events)).toEqual({ ok: true, value: current })
      }),
    )
  })
})
