import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { collectionsWorld } from '../testing/collections-world.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { recognizeEcho } from './echo.ts'
import { stampedMemo } from './memo-stamp.ts'
import {
  idempotencyKey,
  moveWriteback,
  type WritebackEvent,
  type WritebackInput,
  type WritebackMapping,
} from './writeback-mapping.ts'

const first = collectionsWorld.mapping
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const by = { now: '2026-11-20T11:14:00Z', actorId: 'worker' }

/** What a call to the books comes to: taken, taken without the answer reaching us, or not taken. */
type Outcome = 'TAKEN' | 'ANSWER_LOST' | 'REFUSED'

/** Books that know a key again: the same key gives the same record, however often it is sent. */
class Books {
  readonly records = new Map<string, { readonly id: string; live: boolean }>()

  post(key: string): string {
    const record = this.records.get(key) ?? { id: `payment-${this.records.size + 1}`, live: true }
    this.records.set(key, record)
    return record.id
  }
  takeBack(key: string): void {
    const record = this.records.get(key)
    if (record) record.live = false
  }
  live(): readonly string[] {
    return [...this.records.values()].filter((record) => record.live).map((record) => record.id)
  }
}

/** What we want, and which answer is still out. */
interface Model {
  wanted: boolean
  givenUp: boolean
}
interface Real {
  mapping: WritebackMapping
  /** The answer of the call that is under way. */
  answer?: Outcome
  readonly books: Books
  readonly log: ChangeEvent[]
}

function move(real: Real, event: WritebackEvent, more: Partial<WritebackInput> = {}): boolean {
  const moved = moveWriteback(real.mapping, event, { ...by, ...more })
  if (!moved.ok) return false
  expect(uncataloguedEffects(moved.value.effects)).toEqual([])
  real.mapping = moved.value.subject
  real.log.push(...moved.value.events)
  return true
}

const keyOf = (mapping: WritebackMapping) => idempotencyKey(mapping, 'post', sha256)

function send(real: Real, outcome: Outcome): void {
  const reversal = real.mapping.status === 'revert_pending'
  if (real.answer !== undefined || !move(real, 'send')) return
  if (outcome !== 'REFUSED') {
    if (reversal) real.books.takeBack(keyOf(real.mapping))
    else real.books.post(keyOf(real.mapping))
  }
  real.answer = outcome
}

function hear(real: Real): void {
  const { answer, mapping, books } = real
  if (answer === undefined) return
  delete real.answer
  const posting = mapping.status === 'in_flight'
  const externalId = posting && answer === 'TAKEN' ? { externalId: books.post(keyOf(mapping)) } : {}
  expect(move(real, answer === 'TAKEN' ? 'confirm' : 'fail', externalId)).toBe(true)
}

type Step = fc.Command<Model, Real>
const step = (name: string, run: (model: Model, real: Real) => void): Step => ({
  check: () => true,
  run: (model, real) => {
    run(model, real)
    expect(real.books.live().length).toBeLessThanOrEqual(1)
    if (real.mapping.status === 'reverted') expect(real.books.live()).toEqual([])
    if (real.mapping.status === 'posted') expect(real.books.live()).toEqual([real.mapping.externalId])
    if (['failed', 'revert_failed'].includes(real.mapping.status)) expect(real.mapping.failure).toBeDefined()
  },
  toString: () => name,
})

const sending = (outcome: Outcome) => step(`send, ${outcome}`, (_model, real) => send(real, outcome))
const answered = step('the answer comes', (_model, real) => hear(real))
const retry = step('try again', (model, real) => {
  const givenUp = real.mapping.status === 'abandoned'
  if (move(real, 'retry') && givenUp) model.givenUp = false
})
const chargeback = step('charged back', (model, real) => {
  if (move(real, 'revert')) Object.assign(model, { wanted: false, givenUp: false })
})
const wonAgain = step('won again', (model, real) => {
  if (move(real, 'next')) model.wanted = true
})
const givenUp = step('given up', (model, real) => {
  if (!move(real, 'abandon')) return
  if (real.mapping.status === 'posted') model.wanted = true
  else model.givenUp = true
})
const echo = step('our payment comes in from the books', (_model, real) => {
  const { mapping, books } = real
  const record = books.records.get(keyOf(mapping))
  if (!record?.live) return
  const memo = accepted(stampedMemo(mapping.placementId))
  const payment = {
    ...{ paymentId: record.id, amount: mapping.amount, date: '2026-11-20', memo },
    ...{ invoiceIds: [mapping.invoiceId], status: 'LIVE' as const },
  }
  const { kind } = recognizeEcho(payment, [mapping])
  expect(kind).toBe(
    mapping.externalId === undefined ? 'UNRECORDED' : mapping.status === 'posted' ? 'OURS' : 'OURS_CHANGED',
  )
})

const commands = fc.commands(
  [
    fc.constantFrom<Outcome>('TAKEN', 'TAKEN', 'ANSWER_LOST', 'REFUSED').map(sending),
    fc.constant(answered),
    fc.constant(answered),
    fc.constant(retry),
    fc.constant(chargeback),
    fc.constant(wonAgain),
    fc.constant(givenUp),
    fc.constant(echo),
  ],
  { maxCommands: 40, size: 'max' },
)

/** What the worker does when nobody interferes: it hears, tries again and sends until nothing is left to do. */
function settle(real: Real): void {
  for (let round = 0; round < 20; round++) {
    hear(real)
    if (real.mapping.status === 'failed' || real.mapping.status === 'revert_failed') move(real, 'retry')
    send(real, 'TAKEN')
  }
}

describe('a write to the books over any history', () => {
  it('leaves at most one payment there, none that should be gone, and one that is wanted, and is rebuilt by its log', () => {
    fc.assert(
      fc.property(commands, (history) => {
        const model: Model = { wanted: true, givenUp: false }
        const real: Real = { mapping: first, books: new Books(), log: [] }
        fc.modelRun(() => ({ model, real }), history)
        if (!model.givenUp) {
          settle(real)
          expect(real.books.live().length).toBe(model.wanted ? 1 : 0)
          expect(real.mapping.status).toBe(model.wanted ? 'posted' : 'reverted')
          expect(real.mapping).not.toHaveProperty('revertWanted')
        }
        expect(uncataloguedEvents(real.log)).toEqual([])
        expect(accepted(replaySubject(first, real.log))).toEqual(real.mapping)
      }),
      { numRuns: 500 },
    )
  })
})
