import { afterAll, beforeAll, expect, it } from 'vitest'
import { tellPayments } from '../server/simulators/payment-feed.ts'
import { accepted, type JourneyWorld, journeyWorld } from './journey-world.ts'

let world: JourneyWorld
let sourceId = ''
const buckets = async () => {
  const { rows } = await world.client.items.list({ perspective: 'BOOK', limit: 100 })
  return Object.fromEntries(rows.map(({ item }) => [item.bookEntryIds[0], [item.status, item.bucket]]))
}
const source = async () => (await world.client.sources.list()).rows.find((row) => row.id === sourceId)
const act = (action: 'refresh' | 'updateCredentials') => world.client.sources.act({ sourceId, do: { action } })
const refresh = async () => {
  world.clock.advance(60_000)
  const ordered = await act('refresh')
  await world.settle()
  return ordered
}

beforeAll(async () => {
  world = await journeyWorld('payments')
  const settings = await world.client.settings.get()
  const firm = {
    version: settings.version,
    firmName: 'Harbour Market',
    notify: ['ops@harbour.example', 'fin@harbour.example'],
  }
  accepted(await world.client.settings.save(firm))
  sourceId = accepted(await world.client.sources.create({ name: 'Lean', kind: 'FEED', provider: 'lean' })).id
})
afterAll(() => world.close())

it('shows a payment at once, and says which deposit it is when the bank has been asked', async () => {
  const paid = world.simulators.lean.pay({ amount: '924.00', description: 'LN57061833', sender: 'Ahmed Rahman' })
  const similar = world.simulators.lean.pay({ amount: '310.00', description: 'LN17071745', sender: 'Noor Mansour' })
  const missing = world.simulators.lean.pay({ amount: '77.70', description: 'LN12529298', sender: 'Tariq Darwish' })
  await world.settle()
  expect(await tellPayments(world.client, world.lean.books)).toBe(3)
  expect(await tellPayments(world.client, world.lean.books)).toBe(0)
  expect(new Set(Object.values(await buckets()).map(String))).toEqual(new Set(['OUTSTANDING,NO_MATCH']))
  world.simulators.lean.deposit({ amount: '924.00', reference: 'LN57061833', sender: 'AHMED RAHMAN' })
  world.simulators.lean.deposit({ amount: '310.00', sender: 'NOOR MANSOUR' })
  accepted(await refresh())
  expect(await buckets()).toEqual({
    [paid]: ['OUTSTANDING', 'UNIQUE'],
    [similar]: ['OUTSTANDING', 'PARTIAL'],
    [missing]: ['OUTSTANDING', 'NO_MATCH'],
  })
  expect(await source()).toMatchObject({ status: 'healthy', lastFetchedAt: world.clock.instant(), stale: false })
})

it('reconciles unique matches by itself where the source is set to', async () => {
  const on = { action: 'setReconcileUniqueMatches', on: true } as const
  accepted(await world.client.sources.act({ sourceId, do: on }))
  const paid = world.simulators.lean.pay({ amount: '51.25', description: 'LN90000001', sender: 'Fatima Zayed' })
  await tellPayments(world.client, world.lean.books)
  world.simulators.lean.deposit({ amount: '51.25', reference: 'LN90000001', sender: 'FATIMA ZAYED' })
  await refresh()
  expect((await buckets())[paid]).toEqual(['RECONCILED', 'UNIQUE'])
})

it('stops and tells everybody when the bank refuses the password, and goes on with the new one', async () => {
  const fetched = (await source())?.lastFetchedAt
  world.simulators.lean.breakBankCredentials(true)
  await refresh()
  expect(await source()).toMatchObject({ status: 'credentials_invalid', lastFetchedAt: fetched })
  const { rows: mails } = await world.client.outbox.list()
  expect(mails.map((mail) => mail.recipient).sort()).toEqual(['fin@harbour.example', 'ops@harbour.example'])
  const again = await refresh()
  expect(again.ok ? null : again.refusal.code).toBe('CREDENTIALS_INVALID')
  world.simulators.lean.breakBankCredentials(false)
  world.clock.advance(60_000)
  accepted(await act('updateCredentials'))
  await world.settle()
  expect(await source()).toMatchObject({ status: 'healthy', lastFetchedAt: world.clock.instant() })
})

it('is honest when the bank does not answer, and warns when nothing came for an hour', async () => {
  const fetched = (await source())?.lastFetchedAt
  world.simulators.lean.setOutage({ status: 503 })
  await refresh()
  expect(await source()).toMatchObject({ status: 'failing', lastFetchedAt: fetched, failures: 1, stale: false })
  world.clock.advance(61 * 60_000)
  expect(await source()).toMatchObject({ stale: true, lastFetchedAt: fetched })
  world.simulators.lean.setOutage(null)
  await refresh()
  expect(await source()).toMatchObject({ status: 'healthy', stale: false, failures: 0 })
})
