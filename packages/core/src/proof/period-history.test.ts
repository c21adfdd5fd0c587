import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { buildActor } from '../testing/builders.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { type AccountingPeriod, lockedThrough, periodActions } from './period-lock.ts'

const senior = buildActor('SENIOR_ACCOUNTANT')
const lastDays = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']
const first: readonly AccountingPeriod[] = lastDays.map((to, index) => ({
  id: `month-${index}`,
  version: 1,
  account: 'ACC-1',
  from: `${to.slice(0, 8)}01`,
  to,
  status: 'OPEN',
}))

/** How many months are locked from the start: that is all there is to know. */
interface Model {
  locked: number
}
interface Real {
  periods: readonly AccountingPeriod[]
  readonly log: ChangeEvent[]
}

const tried = (event: 'lock' | 'unlock', month: number, proved: boolean, undecided: readonly string[]) => ({
  check: () => true,
  run: (model: Model, real: Real) => {
    const period = real.periods[month] as AccountingPeriod
    const facts = { proved, undecidedItemIds: undecided, periods: real.periods }
    const actions = periodActions(period, senior, facts, '2026-06-02T09:00:00Z')
    const may =
      event === 'lock' ? month === model.locked && proved && undecided.length === 0 : month === model.locked - 1
    expect(actions[event] !== null).toBe(may)
    if (actions[event] === null) {
      expect(actions.whyNot[event]?.code).toBeTypeOf('string')
      return
    }
    const change = accepted(actions[event]('month end'))
    real.periods = real.periods.map((one) => (one.id === period.id ? change.subject : one))
    real.log.push(...change.events)
    model.locked += event === 'lock' ? 1 : -1
    expect(lockedThrough(real.periods)).toBe(lastDays[model.locked - 1])
    expect(real.periods.map((one) => one.status === 'LOCKED')).toEqual(lastDays.map((_day, at) => at < model.locked))
  },
  toString: () => `${event} ${month}${proved ? '' : ' unproved'} ${undecided.join()}`,
})

const commands = fc.commands<Model, Real>(
  [
    fc
      .tuple(fc.constantFrom('lock' as const, 'lock' as const, 'unlock' as const), fc.nat(4), fc.nat(5))
      .map(([event, month, luck]) => tried(event, month, luck !== 0, luck === 1 ? ['item-1'] : [])),
  ],
  { maxCommands: 60, size: 'max' },
)

describe('the months of an account over any history', () => {
  it('are locked from the first on without a hole, each with its proof, and are rebuilt by their log', () => {
    fc.assert(
      fc.property(commands, (history) => {
        const real: Real = { periods: first, log: [] }
        fc.modelRun(() => ({ model: { locked: 0 }, real }), history)
        expect(uncataloguedEvents(real.log)).toEqual([])
        for (const [index, period] of first.entries()) {
          const own = real.log.filter((event) => event.subject.id === period.id)
          expect(accepted(replaySubject(period, own))).toEqual(real.periods[index])
        }
      }),
      { numRuns: 200 },
    )
  })
})
