import { type BankFeedPage, type Provider, ReconError } from '@recon/core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { bankLine, bookEntry } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'
import { fetchDeposits, tickOf } from './fetch-deposits.ts'

let harness: ReconHarness
let pages: (BankFeedPage | Error)[] = []
let calls: (string | undefined)[] = []
const bank: Provider = {
  name: 'bank',
  bankFeed: {
    fetchLines: async ({ cursor }) => {
      calls.push(cursor)
      const next = pages.shift() ?? { lines: [], hasMore: false, warnings: [], withdrawnLineIds: [] }
      if (next instanceof Error) throw next
      return next
    },
  },
}
const page = (cursor: string, ids: readonly string[], hasMore = false): BankFeedPage => ({
  cursor,
  hasMore,
  warnings: [],
  withdrawnLineIds: [],
  lines: ids.map((id) => bankLine(id, '25.00', { instrument: 'WIRE', references: { endToEndId: `PAY-${id}` } })),
})

beforeAll(async () => {
  harness = reconHarness(await openTestStore(), { providers: [bank] })
})
afterAll(() => harness.close())
beforeEach(() => {
  pages = []
  calls = []
  harness.clock.now = '2026-11-21T09:00:00.000Z'
})

let count = 0
async function desk(fields: { reconcileUniqueMatches?: boolean } = {}) {
  count += 1
  const tenantId = `desk-${count}`
  const client = harness.client({ tenantId, roles: ['ADMIN'] })
  await client.settings.save({ version: 0, firmName: 'Desk', notify: ['ann@firm.example', 'ben@firm.example'] })
  const made = await client.sources.create({ name: 'Main bank', kind: 'FEED', provider: 'bank', ...fields })
  if (!made.ok) throw new Error(made.refusal.message)
  const fetchNow = async () => {
    const ordered = await client.sources.act({ sourceId: made.value.id, do: { action: 'refresh' } })
    await harness.recon.drain()
    const [source] = (await client.sources.list()).rows
    return { ordered, source }
  }
  return { tenantId, client, sourceId: made.value.id, fetchNow }
}

it('brings deposits in and shows payments as unique, suggested or unmatched; nothing is reconciled by itself', async () => {
  const { client, fetchNow } = await desk()
  const payment = (id: string, amount: string, reference: string) =>
    bookEntry(id, amount, { kind: 'PAYMENT', instrument: 'WIRE', references: { paymentReference: reference } })
  await client.imports.create({ bookEntries: [payment('P1', '25.00', 'PAY-D1'), payment('P2', '99.00', 'PAY-NONE')] })
  pages = [page('c1', ['D1'], true), page('c2', ['D2'])]
  const { source } = await fetchNow()
  expect(source).toMatchObject({ status: 'healthy', lastFetchedAt: harness.clock.now, failures: 0, stale: false })
  const { rows } = await client.items.list({ perspective: 'BOOK' })
  const bucketOf = Object.fromEntries(rows.map((row) => [row.item.bookEntryIds[0], [row.item.status, row.item.bucket]]))
  expect(bucketOf).toEqual({ P1: ['OUTSTANDING', 'UNIQUE'], P2: ['OUTSTANDING', 'NO_MATCH'] })
  const unreceived = rows.find((row) => row.item.bookEntryIds[0] === 'P2')
  const marked = await client.items.act({
    itemId: unreceived?.item.id ?? '',
    version: 1,
    do: { action: 'markUnreceived' },
  })
  expect(marked.ok && marked.value.row.item.status).toBe('UNRECEIVED')
  const back = await client.items.act({
    itemId: unreceived?.item.id ?? '',
    version: 2,
    do: { action: 'reconcileWithReference', reference: 'x' },
  })
  expect(back.ok).toBe(false)
})

it('reconciles unique matches by itself where the source says so', async () => {
  const { client, fetchNow } = await desk({ reconcileUniqueMatches: true })
  await client.imports.create({
    bookEntries: [
      bookEntry('P1', '25.00', { kind: 'PAYMENT', instrument: 'WIRE', references: { paymentReference: 'PAY-D1' } }),
    ],
  })
  pages = [page('c1', ['D1'])]
  await fetchNow()
  expect((await client.items.list({ queue: 'RECONCILED' })).rows.map((row) => row.item.bookEntryIds)).toEqual([['P1']])
})

it('goes on behind the last stored page after a break, and loses and doubles nothing (B16)', async () => {
  const { client, fetchNow } = await desk()
  pages = [page('c1', ['D1', 'D2'], true), new ReconError('PROVIDER_UNAVAILABLE', 'The bank does not answer.')]
  expect((await fetchNow()).source).toMatchObject({ status: 'failing', failures: 1, lastFetchedAt: null })
  harness.clock.now = '2026-11-21T09:16:00.000Z'
  pages = [page('c2', ['D2', 'D3'])]
  expect((await fetchNow()).source).toMatchObject({ status: 'healthy', failures: 0 })
  expect(calls).toEqual([undefined, 'c1', 'c1'])
  expect((await client.records.bankLines()).rows.map((line) => line.id).sort()).toEqual(['D1', 'D2', 'D3'])
})

it('stops at a refused password, mails everybody once, and goes on with new credentials (B14)', async () => {
  const { client, sourceId, fetchNow } = await desk()
  pages = [new ReconError('PROVIDER_CREDENTIALS_INVALID', 'The password is no longer valid.')]
  expect((await fetchNow()).source).toMatchObject({ status: 'credentials_invalid', lastFetchedAt: null })
  const again = await fetchNow()
  expect(again.ordered.ok ? null : again.ordered.refusal.code).toBe('CREDENTIALS_INVALID')
  expect((await client.outbox.list()).rows.map((mail) => mail.recipient).sort()).toEqual([
    'ann@firm.example',
    'ben@firm.example',
  ])
  harness.clock.now = '2026-11-21T09:16:00.000Z'
  const updated = await client.sources.act({ sourceId, do: { action: 'updateCredentials' } })
  expect(updated.ok && updated.value.status).toBe('reconnecting')
  await harness.recon.drain()
  expect((await client.sources.list()).rows[0]).toMatchObject({ status: 'healthy', lastFetchedAt: harness.clock.now })
})

it('has one outcome a tick however many start it, and does not overlap a fetch that runs (B12, B13, N12)', async () => {
  const { tenantId, sourceId } = await desk()
  let release = () => undefined as unknown
  const slow: Provider = {
    name: 'bank',
    bankFeed: { fetchLines: () => new Promise((done) => (release = () => done(page('c1', [])))) },
  }
  const room = harness.recon.fetchRoom([slow])
  const tick = tickOf(harness.clock.now)
  const many = Array.from({ length: 5 }, () => fetchDeposits(room, tenantId, sourceId, tick))
  await expect
    .poll(
      async () =>
        (await harness.store.db.selectFrom('fetch_tick').selectAll().where('tenant_id', '=', tenantId).execute())
          .length,
    )
    .toBe(1)
  harness.clock.now = '2026-11-21T09:40:00.000Z'
  expect(await fetchDeposits(room, tenantId, sourceId, tick + 2n)).toBe('SKIPPED')
  await expect
    .poll(() => {
      release()
      return Promise.race([Promise.all(many), new Promise((resolve) => setTimeout(resolve, 50))])
    })
    .toEqual(expect.arrayContaining(['FETCHED', 'SKIPPED']))
  const ticks = await harness.store.db
    .selectFrom('fetch_tick')
    .select(['tick', 'outcome'])
    .where('tenant_id', '=', tenantId)
    .orderBy('tick')
    .execute()
  expect(ticks.map((one) => one.outcome)).toEqual(['FETCHED', 'SKIPPED'])
})

it('takes a file in its place: stored, matched, honest about the bank, and known when it comes again', async () => {
  const { client, sourceId, fetchNow } = await desk({ reconcileUniqueMatches: true })
  await client.imports.create({
    bookEntries: [
      bookEntry('P9', '25.00', { kind: 'PAYMENT', instrument: 'WIRE', references: { paymentReference: 'PAY-U1' } }),
    ],
  })
  pages = [new ReconError('PROVIDER_CREDENTIALS_INVALID', 'The bank says no.')]
  expect((await fetchNow()).source).toMatchObject({ banner: 'CREDENTIALS_INVALID' })
  const [line] = page('', ['U1']).lines
  const upload = () => client.sources.upload({ sourceId, fileName: 'deposits.csv', bankLines: [line, { id: 'bad' }] })
  const done = await upload()
  expect(done).toMatchObject({
    ok: true,
    value: { bankLines: 1, known: 0, rejected: [{ index: 1, id: 'bad' }], row: { banner: 'CREDENTIALS_INVALID' } },
  })
  expect((await client.items.list({ perspective: 'BOOK' })).rows[0]?.item.status).toBe('RECONCILED')
  expect(await upload()).toMatchObject({ value: { bankLines: 0, known: 1, runId: null } })
})

it('tells a failure only as long as it lasts, and every fetch with its outcome', async () => {
  const { client, sourceId, fetchNow } = await desk()
  pages = [new ReconError('PROVIDER_UNAVAILABLE', 'The bank does not answer.')]
  expect((await fetchNow()).source).toMatchObject({ banner: 'FAILING', failure: { code: 'PROVIDER_UNAVAILABLE' } })
  harness.clock.now = '2026-11-21T09:05:00.000Z'
  expect((await fetchNow()).source).toMatchObject({ banner: null, failure: null, failures: 0 })
  const detail = await client.sources.get({ sourceId })
  expect(detail.ticks.map((tick) => [tick.outcome, tick.reason])).toEqual([
    ['FETCHED', null],
    ['FAILED', 'The bank does not answer.'],
  ])
  expect(detail.history.map((event) => event.name)).toEqual([
    'deposit_source.fetched',
    'deposit_source.fetch_failed',
    'deposit_source.created',
  ])
  await expect(client.sources.get({ sourceId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('is closed to those who are not of finance (A24)', async () => {
  const { tenantId, sourceId } = await desk()
  const keeper = harness.client({ tenantId, roles: ['BOOKKEEPER'] })
  expect((await keeper.sources.list()).rows).toEqual([])
  const refused = await keeper.sources.act({ sourceId, do: { action: 'refresh' } })
  expect(refused.ok ? null : refused.refusal.code).toBe('FORBIDDEN')
})
