import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { addDays, daysBetween } from '../records/iso-date.ts'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { buildBankLine } from '../testing/builders.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { type BankLineStanding, moveBankLine, replaceBankLine, toldLine } from './bank-line-standing.ts'
import { migrateLinks, type Supersession, supersedeLine, withdrawUnposted } from './supersession.ts'

const firstDay = '2026-11-20'
const usd = (amount: string) => money(amount, 'USD')

/** What must be true of an account's lines: which live, what took the place of what, and who is linked with which. */
interface Model {
  day: number
  readonly status: Map<string, BankLine['status']>
  readonly successor: Map<string, string>
}
interface Real {
  readonly lines: Map<string, BankLine>
  readonly standings: Map<string, BankLineStanding>
  links: readonly { readonly bankLineIds: readonly string[]; readonly bookEntryIds: readonly string[] }[]
  readonly events: ChangeEvent[]
}
type Step = fc.Command<Model, Real>
const step = (name: string, run: (model: Model, real: Real) => void): Step => ({
  check: () => true,
  run: (model, real) => {
    run(model, real)
    for (const [id, status] of model.status) {
      expect(real.standings.get(id)?.status).toBe(status)
      expect(real.standings.get(id)?.supersededBy).toBe(model.successor.get(id))
    }
    expect(real.lines.size).toBe(model.status.size)
    for (const { bankLineIds } of real.links)
      for (const id of bankLineIds) expect(model.status.get(id)).not.toBe('SUPERSEDED')
  },
  toString: () => name,
})
const by = (model: Model) => ({ now: `${addDays(firstDay, model.day)}T12:00:00Z`, actorId: 'SYSTEM' })
const pickedOf = <Value>(values: Iterable<Value>, pick: number): Value | undefined => {
  const list = [...values]
  return list[pick % Math.max(list.length, 1)]
}

function tell(model: Model, real: Real, status: 'PENDING' | 'POSTED', amount: string): BankLine {
  const id = `line-${real.lines.size}`
  const line = buildBankLine({ id, amount: usd(amount), status, bookingDate: addDays(firstDay, model.day) })
  const told = toldLine(line, by(model))
  real.lines.set(id, line)
  real.standings.set(id, told.subject)
  real.events.push(...told.events)
  model.status.set(id, status)
  return line
}

const told = (status: 'PENDING' | 'POSTED') =>
  step(`told of a ${status} line`, (model, real) => {
    const line = tell(model, real, status, '100.00')
    real.links = [...real.links, { bankLineIds: [line.id], bookEntryIds: [`entry-of-${line.id}`] }]
  })

const replaced = (pick: number, amount: string) =>
  step(`line ${pick} is replaced by ${amount}`, (model, real) => {
    const line = pickedOf(real.lines.values(), pick)
    if (line === undefined) return
    const standing = real.standings.get(line.id) as BankLineStanding
    const posted = tell(model, real, 'POSTED', amount)
    const done = supersedeLine({ ...line, status: standing.status }, posted)
    const may = standing.status === 'PENDING' || standing.status === 'WITHDRAWN'
    expect(done.ok).toBe(may)
    if (!done.ok) {
      expect(done.refusal.ids).toEqual([line.id, posted.id])
      return
    }
    expect(done.value.carries).toBe(amount === '100.00')
    const change = accepted(replaceBankLine(standing, done.value, by(model)))
    expect(change.events[0]?.data.about).toEqual({ amountChange: usd(amount === '100.00' ? '0.00' : '-7.00') })
    real.standings.set(line.id, change.subject)
    real.events.push(...change.events)
    model.status.set(line.id, 'SUPERSEDED')
    model.successor.set(line.id, posted.id)
    const before = real.links.length
    real.links = migrateLinks(real.links, [done.value as Supersession]).map(({ link }) => link)
    expect(real.links).toHaveLength(before)
  })

const moved = (pick: number, event: 'post' | 'withdraw') =>
  step(`line ${pick}: ${event}`, (model, real) => {
    const standing = pickedOf(real.standings.values(), pick)
    if (standing === undefined) return
    const change = moveBankLine(standing, event, by(model))
    expect(change.ok).toBe(standing.status === 'PENDING')
    if (!change.ok) return
    real.standings.set(standing.id, change.value.subject)
    real.events.push(...change.value.events)
    model.status.set(standing.id, event === 'post' ? 'POSTED' : 'WITHDRAWN')
  })

const windowPasses = (days: number) =>
  step(`${days} days pass, and the window closes`, (model, real) => {
    model.day += days
    const today = addDays(firstDay, model.day)
    const lines = [...real.lines.values()].map((line) => ({
      ...line,
      status: model.status.get(line.id) ?? line.status,
    }))
    const late = accepted(withdrawUnposted(lines, today, 5)).map((line) => line.id)
    const expected = lines.filter((line) => line.status === 'PENDING' && daysBetween(line.bookingDate, today) > 5)
    expect(late).toEqual(expected.map((line) => line.id))
    for (const id of late) {
      const change = accepted(moveBankLine(real.standings.get(id) as BankLineStanding, 'withdraw', by(model)))
      real.standings.set(id, change.subject)
      real.events.push(...change.events)
      model.status.set(id, 'WITHDRAWN')
    }
  })

const pick = fc.nat(9)
const commands = fc.commands(
  [
    fc.constantFrom('PENDING' as const, 'POSTED' as const).map(told),
    fc.tuple(pick, fc.constantFrom('100.00', '93.00')).map(([one, amount]) => replaced(one, amount)),
    fc.tuple(pick, fc.constantFrom('post' as const, 'withdraw' as const)).map(([one, event]) => moved(one, event)),
    fc.constantFrom(1, 4).map(windowPasses),
  ],
  { maxCommands: 40, size: 'max' },
)

describe('the lines of an account over any history', () => {
  it('loses no line and no link, replaces each at most once, and is rebuilt by its log', () => {
    fc.assert(
      fc.property(commands, (history) => {
        const model: Model = { day: 0, status: new Map(), successor: new Map() }
        const real: Real = { lines: new Map(), standings: new Map(), links: [], events: [] }
        fc.modelRun(() => ({ model, real }), history)
        expect(uncataloguedEvents(real.events)).toEqual([])
        for (const standing of real.standings.values()) {
          const own = real.events.filter((event) => event.subject.id === standing.id)
          expect(replaySubject({ id: standing.id, version: 0 } as BankLineStanding, own)).toEqual({
            ok: true,
            value: standing,
          })
        }
      }),
      { numRuns: 200 },
    )
  })

  it('refuses a supersession of another line, and leaves the change out where currencies differ', () => {
    const pending = buildBankLine({ id: 'p1', status: 'PENDING', amount: usd('5.00') })
    const euro = buildBankLine({ id: 'd1', amount: money('5.00', 'EUR') })
    const input = { now: '2026-11-21T09:00:00Z', actorId: 'SYSTEM' }
    const standing = toldLine(pending, input).subject
    const done = accepted(supersedeLine(pending, euro))
    const other = { ...standing, id: 'p9' }
    expect(replaceBankLine(other, done, input)).toMatchObject({ refusal: { code: 'OTHER_LINE', ids: ['p9', 'p1'] } })
    expect(accepted(replaceBankLine(standing, done, input)).events[0]?.data).not.toHaveProperty('about')
  })
})
