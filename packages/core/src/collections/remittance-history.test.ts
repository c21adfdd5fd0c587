import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMoney, fromMinorUnits } from '../money/money.ts'
import { type ChangeEvent, replaySubject } from '../subject-change.ts'
import { accepted } from '../testing/accepted.ts'
import { buildActor } from '../testing/builders.ts'
import { uncataloguedEffects } from '../testing/uncatalogued-effects.ts'
import { uncataloguedEvents } from '../testing/uncatalogued-events.ts'
import { mintRemittance, moveRemittance, type Remittance } from './remittance.ts'
import { type RemittanceEvent, remittanceMachine } from './remittance-machine.ts'
import { mintReversal } from './reversal.ts'

const finance = buildActor('FINANCE')
const now = '2026-11-21T10:00:00Z'
const events = Object.keys(remittanceMachine.events) as RemittanceEvent[]

/** Where the net amount is, in the simplest words there are. */
type Where = 'WITH_US' | 'BY_HAND' | 'WITH_CREDITOR' | 'STUCK' | 'NOWHERE'
interface Model {
  where: Where
  reference: string | undefined
}
interface Real {
  row: Remittance
  readonly log: ChangeEvent[]
}
const leads: Readonly<Record<RemittanceEvent, Partial<Record<Where, Where>>>> = {
  pay: { WITH_US: 'WITH_CREDITOR', BY_HAND: 'WITH_CREDITOR' },
  requireManual: { WITH_US: 'BY_HAND', STUCK: 'BY_HAND' },
  fail: { WITH_US: 'STUCK', BY_HAND: 'STUCK' },
  retry: { STUCK: 'WITH_US' },
  bounce: { WITH_CREDITOR: 'STUCK' },
}
const statusOf: Readonly<Record<Where, Remittance['status']>> = {
  WITH_US: 'pending',
  BY_HAND: 'manual_required',
  WITH_CREDITOR: 'paid',
  STUCK: 'failed',
  NOWHERE: 'reversed',
}

function moved(event: RemittanceEvent, reference: string, stale: boolean): fc.Command<Model, Real> {
  return {
    check: () => true,
    run: (model, real) => {
      const { row } = real
      const version = { expectedVersion: stale ? row.version - 1 : row.version }
      const done = moveRemittance(row, event, { reference, ...version }, finance, now)
      const to = leads[event][model.where]
      const possible = to !== undefined && !stale && (event !== 'pay' || reference.trim() !== '')
      expect(done.ok).toBe(possible)
      if (!done.ok || to === undefined) return
      Object.assign(model, { where: to, ...(event === 'pay' && { reference: reference.trim() }) })
      real.row = done.value.subject
      real.log.push(...done.value.events)
      expect(uncataloguedEffects(done.value.effects)).toEqual([])
      expect(real.row).toMatchObject({ status: statusOf[to], recovered: row.recovered, fee: row.fee, rate: row.rate })
      expect(addMoney(real.row.fee, real.row.net)).toEqual(real.row.recovered)
      expect(real.row.transferReference).toBe(model.reference)
      expect(real.row.failure !== undefined).toBe(to === 'STUCK')
    },
    toString: () => `${event} ${reference}${stale ? ' of an old version' : ''}`,
  }
}

const commands = fc.commands(
  [
    fc
      .tuple(fc.constantFrom(...events), fc.constantFrom('TR-1', 'TR-2', ' '), fc.integer({ min: 0, max: 5 }))
      .map(([event, reference, luck]) => moved(event, reference, luck === 0)),
  ],
  { maxCommands: 30, size: 'max' },
)
const minted = (minor: bigint, transferRail: boolean): Remittance =>
  accepted(
    mintRemittance({
      ...{ remittanceId: 'rm_1', placementId: 'pl_1', paymentId: 'pay_1', rate: '0.333333', occurredAt: now },
      ...{ recovered: fromMinorUnits(minor, 'USD'), transferRail },
    }),
  )

describe('the transfer of a row over any history', () => {
  it('is where its status says, never changes the money, and is rebuilt by its log', () => {
    fc.assert(
      fc.property(commands, fc.bigInt(1n, 99_999n), fc.boolean(), (history, minor, rail) => {
        const first = minted(minor, rail)
        const real: Real = { row: first, log: [] }
        const model: Model = { where: rail ? 'WITH_US' : 'BY_HAND', reference: undefined }
        fc.modelRun(() => ({ model, real }), history)
        expect(uncataloguedEvents(real.log)).toEqual([])
        expect(accepted(replaySubject(first, real.log))).toEqual(real.row)
      }),
      { numRuns: 200 },
    )
  })

  it('does not exist for a claw-back', () => {
    const parent = minted(5000n, true)
    const take = { remittanceId: 'rm_2', paymentId: 'dp_1', occurredAt: now, transferRail: true }
    const clawBack = accepted(mintReversal(parent, [parent], take))
    for (const event of events) {
      expect(moveRemittance(clawBack, event, { reference: 'TR-1' }, finance, now)).toMatchObject({
        refusal: { code: 'EVENT_NOT_ALLOWED' },
      })
    }
  })
})
