import fc from 'fast-check'
import { expect, it } from 'vitest'
import { activityCatalogue } from '../activity-catalogue.ts'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { bookkeepingWorld } from '../testing/bookkeeping-world.ts'
import { buildActor } from '../testing/builders.ts'
import { type ReconciliationRun, runActions, runEventNames } from './reconciliation-run.ts'
import { type RunEvent, runMachine } from './run-machine.ts'

const names = Object.keys(runMachine.events) as RunEvent[]
const mostly = (usual: boolean) => fc.constantFrom(usual, usual, usual, !usual)
const ids = (some: boolean) => (some ? ['x-1'] : [])

it('takes a run through any history: guarded, one generation per dispatch, closed for good, rebuilt by its log', () => {
  const seen = new Set<RunEvent>()
  const steps = fc.array(
    fc.record({
      name: fc.constantFrom(...names, ...names.filter((name) => name !== 'complete')),
      proposed: mostly(false),
      unresolved: mostly(true),
      other: mostly(false),
      submitter: mostly(true),
    }),
    { maxLength: 40, size: 'max' },
  )
  fc.assert(
    fc.property(steps, (history) => {
      let run: ReconciliationRun = bookkeepingWorld.run
      const events: ChangeEvent[] = []
      for (const { name, proposed, unresolved, other, submitter } of history) {
        const facts = {
          proposedMatchIds: ids(proposed),
          unreconciledItemIds: ids(unresolved),
          unresolvedItemIds: ids(unresolved),
          otherOpenRunIds: ids(other),
          contacts: submitter ? bookkeepingWorld.contacts : [],
        }
        const actions = runActions(run, buildActor('BOOKKEEPER'), { now: '2026-11-21T09:00:00Z', facts })
        const done = actions[name]?.({ contactId: 'mei' })
        if (!done?.ok) {
          expect(actions[name] === null).toBe(actions.whyNot[name] !== undefined)
          continue
        }
        seen.add(name)
        const after = done.value.subject
        const sent = name === 'dispatch' || name === 'redispatch'
        expect(after.generation - run.generation).toBe(sent ? 1 : 0)
        if (sent) expect([submitter, unresolved, after.contactId]).toEqual([true, true, 'mei'])
        if (name === 'complete' || name === 'dispatch') expect(proposed).toBe(false)
        if (name === 'complete') expect(unresolved).toBe(false)
        if (name === 'startMatching' || name === 'rerun') expect(other).toBe(false)
        expect(run.status).not.toBe('COMPLETE')
        expect((after.failure !== undefined) === (after.status === 'FAILED')).toBe(true)
        const [event] = done.value.events
        expect(event?.name).toBe(runEventNames[name])
        expect(activityCatalogue.get(event?.name ?? '')?.schema.safeParse(event)).toMatchObject({ success: true })
        run = after
        events.push(...done.value.events)
      }
      expect(replaySubject<ReconciliationRun>(bookkeepingWorld.run, events)).toEqual({ ok: true, value: run })
    }),
    { numRuns: 200 },
  )
  expect([...seen].sort()).toEqual([...names].sort())
})
