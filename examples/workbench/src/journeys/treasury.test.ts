import { afterAll, beforeAll, expect, it } from 'vitest'
import { readTreasury } from '../server/simulators/treasury-feed.ts'
import { type JourneyWorld, journeyWorld } from './journey-world.ts'

let world: JourneyWorld
let ids: Record<'order' | 'fees' | 'lost' | 'late' | 'check', string>
const bank = () => world.simulators.treasury
const news = async () => {
  await world.settle()
  return readTreasury(world.client, world.treasury)
}
const certainties = async () => {
  const { rows } = await world.client.treasury.list({ limit: 100 })
  const of = new Map(rows.map((row) => [row.id, `${row.certainty} ${row.state}`]))
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, of.get(id)]))
}
const lines = async () => (await world.client.treasury.lines({ limit: 100 })).rows
const lineOf = async (id: string) => (await lines()).find(({ line }) => line.id === id)

beforeAll(async () => {
  world = await journeyWorld('treasury')
  ids = {
    order: bank().addPaymentOrder({ amount: 41_022n, direction: 'credit', externalId: 'PO-88213', name: 'Vendor 1' }),
    fees: bank().addExpectedPayment({ amount: 742_055n, direction: 'credit', externalId: 'EP-5521' }),
    lost: bank().addPaymentOrder({ amount: 99_010n, direction: 'credit', externalId: 'PO-88214', name: 'Vendor 2' }),
    late: bank().addIncomingPaymentDetail({ amount: 1_825_000n, direction: 'credit', externalId: 'IPD-3108' }),
    check: bank().addReturn({ amount: 65_540n, direction: 'credit', externalId: 'RT-0417' }),
  }
})
afterAll(() => world.close())

let pending: Record<'order' | 'fees' | 'lost', string>

it('links pending lines in the morning tentatively: no state of a transactable changes', async () => {
  pending = {
    order: bank().reportPending({ amount: 41_022n, direction: 'debit', vendorId: 'V-1', description: 'ACH PO-88213' }),
    fees: bank().reportPending({ amount: 742_055n, direction: 'credit', vendorId: 'V-2', description: 'ACH EP-5521' }),
    lost: bank().reportPending({ amount: 99_010n, direction: 'debit', vendorId: 'V-3', description: 'ACH PO-88214' }),
  }
  expect(await news()).toEqual({ transactables: 5, lines: 3, withdrawn: 0, linked: 3 })
  expect(await certainties()).toMatchObject({
    order: 'TENTATIVE sent',
    fees: 'TENTATIVE unreconciled',
    lost: 'TENTATIVE sent',
  })
  expect(bank().transactables.get(ids.order)).toMatchObject({
    status: 'sent',
    reconciliation: 'tentatively_reconciled',
  })
})

it('reading again changes nothing', async () => {
  expect(await news()).toEqual({ transactables: 0, lines: 0, withdrawn: 0, linked: 0 })
})

it('follows posted lines under new ids the next day, and withdraws what did not post', async () => {
  world.clock.advance(86_400_000)
  bank().postPriorDay({ [pending.lost]: { withheld: true } })
  bank().reportPosted({ amount: 1_825_000n, direction: 'credit', vendorId: 'V-9', description: 'WIRE IPD-3108' })
  const brought = await news()
  expect([brought.lines, brought.withdrawn]).toEqual([3, 3])
  expect(await certainties()).toMatchObject({
    order: 'RECONCILED completed',
    fees: 'RECONCILED reconciled',
    lost: 'UNRECONCILED sent',
    late: 'RECONCILED completed',
  })
  const replaced = await lineOf(pending.order)
  expect(replaced?.line.status).toBe('SUPERSEDED')
  expect((await lineOf(replaced?.supersededBy ?? ''))?.replaces).toEqual([pending.order])
  expect((await lineOf(pending.lost))?.line.status).toBe('WITHDRAWN')
})

it('says each step of a transactable in its history', async () => {
  const { history } = await world.client.treasury.get({ transactableId: ids.lost })
  expect(history.map((event) => event.name)).toEqual([
    'treasury.transactable.unreconciled',
    'treasury.transactable.tentatively_reconciled',
    'treasury.transactable.created',
  ])
  const said = world.simulators.treasury.transactables.get(ids.lost)
  expect([said?.status, said?.reconciliation]).toEqual(['sent', 'unreconciled'])
})
