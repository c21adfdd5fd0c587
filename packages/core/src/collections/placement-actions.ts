import { allow, andThen, type Decision, named, naming, type Refusal, refuse } from '../decision.ts'
import type { Money } from '../money/money.ts'
import { type IsoInstant, isIsoInstant } from '../records/iso-date.ts'
import { type Actor, missingPermission, type Permission } from '../review/permission.ts'
import { recordBirth, recordChange, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import { contingencyRate } from './contingency-rate.ts'
import { isRecovered, type Placement, placementTotals, rateAt } from './placement.ts'
import { type PlacementEvent, placementMachine } from './placement-machine.ts'
import { mintRemittance, type Remittance } from './remittance.ts'
import { mintReversal } from './reversal.ts'

export interface PlacementContext {
  readonly now: IsoInstant
  /** Every row of the placement. */
  readonly remittances: readonly Remittance[]
  /** Whether a transfer rail to the creditor exists. */
  readonly transferRail: boolean
}
interface Versioned {
  readonly expectedVersion?: number
}
export interface PaymentInput extends Versioned {
  readonly remittanceId: string
  readonly paymentId: string
  readonly amount: Money
  readonly occurredAt: IsoInstant
  readonly installment?: number
}
export interface TakeBackInput extends Versioned {
  readonly remittanceId: string
  readonly paymentId: string
  readonly parentRemittanceId: string
  /** All that is left when absent. */
  readonly amount?: Money
  readonly occurredAt: IsoInstant
}
export interface RateInput extends Versioned {
  readonly rate: string
  readonly from: IsoInstant
}

/** A change of a placement with the row it minted, if any. */
export interface PlacementOutcome extends SubjectChange<Placement> {
  readonly remittance?: Remittance
}
type Act<Input> = ((input: Input) => Decision<PlacementOutcome>) | null
export interface PlacementActions {
  readonly recordPayment: Act<PaymentInput>
  readonly reverse: Act<TakeBackInput>
  readonly reinstate: Act<TakeBackInput>
  readonly changeRate: Act<RateInput>
  readonly closeUncollected: Act<Versioned>
  readonly recall: Act<Versioned>
  readonly reopen: Act<Versioned>
  readonly whyNot: Readonly<Partial<Record<PlacementActionName, Refusal>>>
}
export type PlacementActionName = Exclude<keyof PlacementActions, 'whyNot'>

const permissionOf: Readonly<Record<PlacementActionName, Permission>> = {
  recordPayment: 'placement.recordPayment',
  reverse: 'placement.reverse',
  reinstate: 'placement.reverse',
  changeRate: 'placement.close',
  closeUncollected: 'placement.close',
  recall: 'placement.close',
  reopen: 'placement.close',
}

export const placementEventNames: Readonly<Record<PlacementEvent, string>> = {
  recordPartial: 'collections.placement.payment_recorded',
  recordFull: 'collections.placement.paid',
  reverse: 'collections.placement.payment_reversed',
  reinstate: 'collections.placement.payment_reinstated',
  reinstateFull: 'collections.placement.payment_reinstated',
  changeRate: 'collections.placement.rate_changed',
  closeUncollected: 'collections.placement.closed_uncollected',
  recall: 'collections.placement.recalled',
  reopen: 'collections.placement.reopened',
}

/** What may be done with a placement, by whom, now: a function, or null with the reason in `whyNot`. */
export function placementActions(placement: Placement, actor: Actor, context: PlacementContext): PlacementActions {
  const whyNot: Partial<Record<PlacementActionName, Refusal>> = {}
  const totals = placementTotals(placement, context.remittances)
  const step = (event: PlacementEvent) =>
    transition(placementMachine, placement.status, event, { somethingOpen: !isRecovered(totals) })
  function offer<Input extends Versioned>(
    name: PlacementActionName,
    event: PlacementEvent,
    act: (input: Input) => Decision<PlacementOutcome>,
  ): Act<Input> {
    const missing = missingPermission(actor, permissionOf[name], 'COLLECTIONS')
    const possible = missing ? { ok: false as const, refusal: missing } : step(event)
    if (!possible.ok) {
      whyNot[name] = named(possible.refusal, placement.id)
      return null
    }
    return (input) =>
      input.expectedVersion !== undefined && input.expectedVersion !== placement.version
        ? refuse('VERSION_STALE', `The placement has changed: version ${placement.version}.`, { ids: [placement.id] })
        : naming(act(input), placement.id)
  }
  function move(event: PlacementEvent, after: Partial<Placement>, row?: Remittance): Decision<PlacementOutcome> {
    return andThen(step(event), ({ next, effects }) => {
      const ids = { placementId: placement.id, ...(row !== undefined && { remittanceId: row.id }) }
      const about = row === undefined ? {} : { about: { remittanceId: row.id } }
      const note = { name: placementEventNames[event], kind: 'placement', actorId: actor.id, at: context.now, ...about }
      const tagged = effects.map((effect) => ({ ...effect, ...ids }))
      const change = recordChange(placement, { ...placement, ...after, status: next }, { ...note, effects: tagged })
      if (row === undefined) return allow(change)
      const birth = { name: 'collections.remittance.minted', kind: 'remittance', actorId: actor.id, at: context.now }
      return allow({ ...change, events: [...recordBirth(row, birth).events, ...change.events], remittance: row })
    })
  }
  return {
    recordPayment: offer<PaymentInput>('recordPayment', 'recordPartial', (input) => {
      const row = paymentRow(placement, input, context)
      if (!row.ok) return row
      const after = placementTotals(placement, [...context.remittances, row.value])
      return move(isRecovered(after) ? 'recordFull' : 'recordPartial', {}, row.value)
    }),
    reverse: offer<TakeBackInput>('reverse', 'reverse', (input) => {
      const row = takeBackRow(input, 'PAYMENT', context)
      return row.ok ? move('reverse', {}, row.value) : row
    }),
    reinstate: offer<TakeBackInput>('reinstate', 'reinstate', (input) => {
      const row = takeBackRow(input, 'REVERSAL', context)
      if (!row.ok) return row
      const after = placementTotals(placement, [...context.remittances, row.value])
      return move(isRecovered(after) ? 'reinstateFull' : 'reinstate', {}, row.value)
    }),
    changeRate: offer<RateInput>('changeRate', 'changeRate', (input) => {
      const rates = nextRates(placement, input, context)
      return rates.ok ? move('changeRate', { rates: rates.value }) : rates
    }),
    closeUncollected: offer('closeUncollected', 'closeUncollected', () => move('closeUncollected', {})),
    recall: offer('recall', 'recall', () => move('recall', {})),
    reopen: offer('reopen', 'reopen', () => move('reopen', {})),
    whyNot,
  }
}

function paymentRow(placement: Placement, input: PaymentInput, context: PlacementContext): Decision<Remittance> {
  if (input.amount.currency !== placement.invoiceAmount.currency) {
    return refuse('CURRENCY_MISMATCH', `The invoice is in ${placement.invoiceAmount.currency}.`, {
      ids: [placement.id],
    })
  }
  const recorded = context.remittances.filter((row) => row.paymentId === input.paymentId).map((row) => row.id)
  if (recorded.length > 0) {
    return refuse('PAYMENT_RECORDED', 'That payment has its row already: nothing is posted twice.', { ids: recorded })
  }
  return mintRemittance({
    remittanceId: input.remittanceId,
    placementId: placement.id,
    paymentId: input.paymentId,
    recovered: input.amount,
    rate: rateAt(placement, input.occurredAt),
    occurredAt: input.occurredAt,
    transferRail: context.transferRail,
    ...(input.installment !== undefined && { installment: input.installment }),
  })
}

function takeBackRow(
  input: TakeBackInput,
  parentKind: Remittance['kind'],
  context: PlacementContext,
): Decision<Remittance> {
  const parent = context.remittances.find((row) => row.id === input.parentRemittanceId)
  if (!parent || parent.kind !== parentKind) {
    const what = parentKind === 'PAYMENT' ? 'payment' : 'reversal'
    return refuse('PARENT_UNKNOWN', `There is no such ${what} row.`, { ids: [input.parentRemittanceId] })
  }
  const { remittanceId, paymentId, amount, occurredAt } = input
  const { transferRail } = context
  const request = { remittanceId, paymentId, occurredAt, transferRail, ...(amount !== undefined && { amount }) }
  return mintReversal(parent, context.remittances, request)
}

/** A rate changes forward only: after the last step, and not before a payment that has its row already. */
function nextRates(placement: Placement, input: RateInput, context: PlacementContext): Decision<Placement['rates']> {
  const rate = contingencyRate(input.rate)
  if (!rate.ok) return rate
  if (!isIsoInstant(input.from)) return refuse('DATE_INVALID', `"${input.from.slice(0, 40)}" is not an instant.`)
  const from = Date.parse(input.from)
  const later = context.remittances.filter((row) => Date.parse(row.occurredAt) >= from).map((row) => row.id)
  if (later.length > 0 || placement.rates.some((step) => Date.parse(step.from) >= from)) {
    return refuse('RATE_NOT_FORWARD', 'A rate changes forward only: rows that exist keep theirs.', { ids: later })
  }
  return allow([...placement.rates, { rate: rate.value.text, from: input.from }])
}

/** Records one debtor payment: the row, the placement's next state, the events, and what to do. Refused as a value. */
export function applyPayment(
  placement: Placement,
  payment: PaymentInput,
  actor: Actor,
  context: PlacementContext,
): Decision<PlacementOutcome> {
  const { recordPayment, whyNot } = placementActions(placement, actor, context)
  return recordPayment === null ? { ok: false, refusal: whyNot.recordPayment as Refusal } : recordPayment(payment)
}
