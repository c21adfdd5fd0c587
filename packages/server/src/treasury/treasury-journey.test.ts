import type { Client, TransactableInput, TransactableRow } from '@recon/client'
import { type BankLine, money } from '@recon/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bankLine } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
let tenants = 0
beforeAll(async () => {
  harness = reconHarness(await openTestStore())
})
afterAll(() => harness.close())

const usd = (amount: string) => money(amount, 'USD')
const order = (id: string, amount: string, fields: Partial<TransactableInput> = {}): TransactableInput => ({
  id,
  kind: 'payment_order',
  state: 'sent',
  amount: usd(amount),
  account: '0048',
  date: '2026-11-20',
  instrument: 'WIRE',
  references: { paymentReference: id },
  ...fields,
})
const wire = (id: string, amount: string, reference: string, fields: Partial<BankLine> = {}): BankLine =>
  bankLine(id, amount, { instrument: 'WIRE', references: { endToEndId: reference }, ...fields })

interface Desk {
  readonly tenantId: string
  readonly client: Client
}
function desk(): Desk {
  tenants += 1
  harness.clock.now = '2026-11-21T09:00:00.000Z'
  const tenantId = `treasury-${tenants}`
  return { tenantId, client: harness.client({ tenantId }) }
}
async function rowOf(client: Client, id: string): Promise<TransactableRow> {
  return (await client.treasury.get({ transactableId: id })).row
}
async function told({ client }: Desk, transactables: readonly TransactableInput[], bankLines: readonly BankLine[]) {
  const saved = await client.treasury.save({ transactables: [...transactables] })
  expect(saved).toMatchObject({ ok: true, value: { created: transactables.length, rejected: [] } })
  await bring(client, bankLines)
  return client.treasury.match({})
}
async function bring(client: Client, bankLines: readonly BankLine[], withdrawnLineIds: string[] = []) {
  const imported = await client.imports.create({ bankLines: [...bankLines], withdrawnLineIds })
  expect(imported).toMatchObject({ ok: true, value: { rejectedCount: 0 } })
}

describe('a pending line and the posted one after it', () => {
  it('makes the order tentative, leaves its state, and completes it when the posted line comes under a new id', async () => {
    const here = desk()
    const matched = await told(here, [order('PO-1', '-410.22')], [wire('p1', '-410.22', 'PO-1', { status: 'PENDING' })])
    expect(matched).toMatchObject({ ok: true, value: { linked: 1, tentative: 1, reconciled: 0, proposals: [] } })
    expect(await rowOf(here.client, 'PO-1')).toMatchObject({ certainty: 'TENTATIVE', state: 'sent', version: 2 })

    await bring(here.client, [wire('d1', '-410.22', 'PO-1', { bookingDate: '2026-11-21' })])
    const detail = await here.client.treasury.get({ transactableId: 'PO-1' })
    expect(detail.row).toMatchObject({
      certainty: 'RECONCILED',
      state: 'completed',
      links: [{ bankLineId: 'd1', amount: usd('-410.22'), madeBy: 'SUPERSESSION' }],
    })
    expect(
      detail.lines.map(({ line, supersededBy, replaces }) => [line.id, line.status, supersededBy, replaces]),
    ).toEqual([
      ['d1', 'POSTED', null, ['p1']],
      ['p1', 'SUPERSEDED', 'd1', []],
    ])
    expect(detail.history.map((event) => event.name)).toEqual([
      'treasury.transactable.reconciled',
      'treasury.transactable.tentatively_reconciled',
      'treasury.transactable.created',
    ])
    // The same files again change nothing.
    await bring(here.client, [wire('p1', '-410.22', 'PO-1', { status: 'PENDING' })])
    expect((await rowOf(here.client, 'PO-1')).version).toBe(3)
  })

  it('takes over a changed amount: less reconciles a part, more leaves the rest of the line open, bounds decide', async () => {
    const here = desk()
    const bounds = { minimum: usd('1220.00'), maximum: usd('1231.00') }
    const rent = order('EP-1', '1231.00', { kind: 'expected_payment', state: 'unreconciled', bounds })
    await told(
      here,
      [order('PO-less', '-100.00'), order('PO-more', '-200.00'), rent],
      [
        wire('p-less', '-100.00', 'PO-less', { status: 'PENDING' }),
        wire('p-more', '-200.00', 'PO-more', { status: 'PENDING' }),
        wire('p-rent', '1231.00', 'EP-1', { status: 'PENDING' }),
      ],
    )
    const next = { bookingDate: '2026-11-21' }
    await bring(here.client, [
      wire('d-less', '-98.00', 'PO-less', { ...next, supersedes: 'p-less' }),
      wire('d-more', '-203.00', 'PO-more', { ...next, supersedes: 'p-more' }),
      wire('d-rent', '1225.00', 'EP-1', { ...next, supersedes: 'p-rent' }),
    ])
    expect(await rowOf(here.client, 'PO-less')).toMatchObject({ certainty: 'PARTIALLY_RECONCILED', state: 'sent' })
    expect(await rowOf(here.client, 'PO-more')).toMatchObject({
      certainty: 'RECONCILED',
      links: [{ bankLineId: 'd-more', amount: usd('-200.00') }],
    })
    expect(await rowOf(here.client, 'EP-1')).toMatchObject({ certainty: 'RECONCILED', state: 'reconciled' })
    const lines = await here.client.treasury.lines({ status: 'POSTED' })
    expect(
      Object.fromEntries(lines.rows.map((row) => [row.line.id, [row.certainty, row.amountChange?.amount]])),
    ).toEqual({
      'd-less': ['RECONCILED', '2.00'],
      'd-more': ['PARTIALLY_RECONCILED', '-3.00'],
      'd-rent': ['RECONCILED', '-6.00'],
    })
  })

  it('goes on under the same id: what the line said before is kept, and the old file again is known', async () => {
    const here = desk()
    const pending = wire('s1', '-50.00', 'PO-s', { status: 'PENDING' })
    await told(here, [order('PO-s', '-50.00')], [pending])
    await bring(here.client, [wire('s1', '-50.00', 'PO-s')])
    expect(await rowOf(here.client, 'PO-s')).toMatchObject({ certainty: 'RECONCILED', state: 'completed' })
    const again = await here.client.imports.create({ bankLines: [pending] })
    expect(again).toMatchObject({ ok: true, value: { bankLines: 0, known: 1, rejectedCount: 0 } })
    const [line] = (await here.client.records.bankLines()).rows
    expect(line).toMatchObject({ id: 's1', status: 'POSTED' })
    const other = await here.client.imports.create({ bankLines: [wire('s1', '-51.00', 'PO-s')] })
    expect(other).toMatchObject({ value: { rejected: [{ code: 'RECORD_DUPLICATE_ID' }] } })
  })

  it('works without a pending stage', async () => {
    const here = desk()
    const matched = await told(here, [order('PO-2', '-75.00')], [wire('d2', '-75.00', 'PO-2')])
    expect(matched).toMatchObject({ value: { linked: 1, tentative: 0, reconciled: 1 } })
    expect(await rowOf(here.client, 'PO-2')).toMatchObject({ certainty: 'RECONCILED', state: 'completed' })
  })
})

describe('a pending line that never posts', () => {
  it('is withdrawn when the bank takes it back, releases the order and stays readable', async () => {
    const here = desk()
    await told(here, [order('PO-3', '-30.00')], [wire('p3', '-30.00', 'PO-3', { status: 'PENDING' })])
    await here.client.runs.create({ policy: 'cash-management' })
    expect((await here.client.items.list()).rows).toHaveLength(1)
    await bring(here.client, [], ['p3', 'unknown'])
    const detail = await here.client.treasury.get({ transactableId: 'PO-3' })
    expect(detail.row).toMatchObject({ certainty: 'UNRECONCILED', state: 'sent', links: [] })
    expect(detail.lines).toMatchObject([{ line: { id: 'p3', status: 'WITHDRAWN' }, matchedWith: [{ id: 'PO-3' }] }])
    expect((await here.client.items.list()).rows).toEqual([])
  })

  it('is withdrawn past its window by the sweep, and still replaced when it posts after all', async () => {
    const here = desk()
    await told(here, [order('PO-4', '-40.00')], [wire('p4', '-40.00', 'PO-4', { status: 'PENDING' })])
    await sweep('2026-12-04T01:00:00.000Z')
    expect((await rowOf(here.client, 'PO-4')).certainty).toBe('TENTATIVE')
    await sweep('2026-12-05T01:00:00.000Z')
    expect((await rowOf(here.client, 'PO-4')).certainty).toBe('UNRECONCILED')
    await bring(here.client, [wire('d4', '-40.00', 'PO-4', { bookingDate: '2026-12-06', supersedes: 'p4' })])
    const lines = await here.client.treasury.lines()
    expect(lines.rows.map((row) => [row.line.id, row.line.status])).toEqual([
      ['d4', 'POSTED'],
      ['p4', 'SUPERSEDED'],
    ])
    expect(await here.client.treasury.match({})).toMatchObject({ value: { reconciled: 1 } })
  })

  it('is announced as overdue once, by a job', async () => {
    const here = desk()
    const due = order('EP-5', '90.00', { kind: 'expected_payment', state: 'unreconciled', dueBy: '2026-11-24' })
    await told(here, [due], [])
    await sweep('2026-11-24T23:00:00.000Z')
    expect((await rowOf(here.client, 'EP-5')).overdue).toBe(false)
    await sweep('2026-11-25T00:10:00.000Z')
    await sweep('2026-11-26T00:10:00.000Z')
    const detail = await here.client.treasury.get({ transactableId: 'EP-5' })
    expect(detail.row).toMatchObject({ overdue: true, state: 'unreconciled' })
    expect(detail.history.filter((event) => event.name === 'treasury.transactable.overdue')).toHaveLength(1)
    expect((await here.client.treasury.summary()).rows).toEqual([
      { kind: 'expected_payment', certainty: 'UNRECONCILED', items: 1, overdue: 1, amount: usd('90.00') },
    ])
  })
})

describe('a batch told twice', () => {
  const batch = { batchId: 'PAYROLL-7' }
  const whole = (id: string) => bankLine(id, '-60.00', { references: batch })
  const payments = ['10.00', '20.00', '30.00'].map((amount, index) =>
    wire(`054-${index}`, `-${amount}`, `PO-b${index}`, { references: { endToEndId: `PO-b${index}`, ...batch } }),
  )
  const orders = ['10.00', '20.00', '30.00'].map((amount, index) => order(`PO-b${index}`, `-${amount}`))

  it.each([
    ['the payments first', true],
    ['the booking first', false],
  ])('is one movement, %s', async (_name, paymentsFirst) => {
    const here = desk()
    if (paymentsFirst) {
      await told(here, orders, payments)
      await bring(here.client, [whole('053-1')])
    } else {
      await bring(here.client, [whole('053-1')])
      await told(here, orders, payments)
    }
    const lines = await here.client.treasury.lines()
    expect(lines.rows.filter((row) => row.line.status === 'POSTED')).toMatchObject([
      {
        line: { id: '053-1' },
        certainty: 'RECONCILED',
        matchedWith: [{ id: 'PO-b0' }, { id: 'PO-b1' }, { id: 'PO-b2' }],
      },
    ])
    for (const { id } of orders) expect(await rowOf(here.client, id)).toMatchObject({ state: 'completed' })
    // A run of the desk sees the money once.
    const run = await here.client.runs.create({ policy: 'cash-management' })
    expect(run).toMatchObject({ value: { stats: { bankLines: 1 } } })
  })

  it('is left alone where the sum does not prove it', async () => {
    const here = desk()
    await bring(here.client, payments)
    await bring(here.client, [bankLine('053-2', '-61.00', { references: batch })])
    expect((await here.client.treasury.lines({ status: 'POSTED' })).rows).toHaveLength(4)
  })
})

describe('by hand', () => {
  it('links, shares a line, refuses more than is left, and takes back', async () => {
    const here = desk()
    await told(here, [order('PO-a', '-60.00', { references: {} }), order('PO-b', '-40.00', { references: {} })], [])
    await bring(here.client, [bankLine('sum', '-90.00', { references: { remittanceText: 'nothing' } })])
    const link = (id: string, version: number, amount?: string) =>
      here.client.treasury.link({
        transactableId: id,
        version,
        links: [{ bankLineId: 'sum', ...(amount === undefined ? {} : { amount: usd(amount) }) }],
      })
    expect(await link('PO-a', 1)).toMatchObject({ ok: false, refusal: { code: 'OVER_MATCHED' } })
    expect(await link('PO-a', 1, '-60.00')).toMatchObject({ ok: true, value: { certainty: 'RECONCILED', version: 2 } })
    expect(await link('PO-b', 1, '-40.00')).toMatchObject({
      ok: false,
      refusal: { code: 'LINE_TAKEN', ids: ['sum', 'PO-a'] },
    })
    expect(await link('PO-b', 1, '-30.00')).toMatchObject({ ok: true, value: { certainty: 'PARTIALLY_RECONCILED' } })
    await expect(link('PO-a', 1)).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
    const back = await here.client.treasury.link({ transactableId: 'PO-a', version: 2, links: [] })
    expect(back).toMatchObject({ ok: true, value: { certainty: 'UNRECONCILED', state: 'sent', links: [] } })
  })

  it('raises events of the own machine only, and nothing that only links may raise', async () => {
    const here = desk()
    await told(here, [order('PO-m', '-5.00', { state: 'needs_approval' })], [])
    const row = await rowOf(here.client, 'PO-m')
    expect(row.events).toEqual(['approve', 'deny', 'cancel'])
    const approved = await here.client.treasury.move({ transactableId: 'PO-m', version: 1, event: 'approve' })
    expect(approved).toMatchObject({ ok: true, value: { state: 'approved', version: 2 } })
    const forced = await here.client.treasury.move({ transactableId: 'PO-m', version: 2, event: 'postedMatch' })
    expect(forced).toMatchObject({ ok: false, refusal: { code: 'NOT_POSSIBLE' } })
  })

  it('judges each transactable by itself and knows what it has', async () => {
    const here = desk()
    const good = order('PO-x', '-5.00')
    const saved = await here.client.treasury.save({
      transactables: [
        good,
        { ...good, amount: usd('-6.00') },
        { ...good, id: 'bad-kind', kind: 'cheque' },
        order('bad-state', '-5.00', { state: 'reconciled' }),
        order('bad-zero', '0.00'),
        good,
      ],
    })
    expect(saved).toMatchObject({ ok: true, value: { created: 1, known: 1 } })
    expect(saved.ok && saved.value.rejected.map((one) => [one.index, one.code])).toEqual([
      [1, 'RECORD_DUPLICATE_ID'],
      [2, 'RECORD_INVALID'],
      [3, 'RECORD_INVALID'],
      [4, 'RECORD_INVALID'],
    ])
  })

  it('is closed to a bookkeeper and to another tenant', async () => {
    const here = desk()
    await told(here, [order('PO-r', '-5.00')], [])
    const bookkeeper = harness.client({ tenantId: here.tenantId, roles: ['BOOKKEEPER'] })
    await expect(bookkeeper.treasury.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await bookkeeper.treasury.match({})).toMatchObject({ ok: false, refusal: { code: 'FORBIDDEN' } })
    const stranger = harness.client({ tenantId: 'treasury-stranger' })
    await expect(stranger.treasury.get({ transactableId: 'PO-r' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('pages by the last day and finds by certainty and words', async () => {
    const here = desk()
    const days = ['2026-11-25', '2026-11-23', '2026-11-24']
    await told(
      here,
      days.map((dueBy, index) => order(`PO-p${index}`, '-5.00', { dueBy, label: `Vendor ${index}` })),
      [],
    )
    const first = await here.client.treasury.list({ limit: 2 })
    const second = await here.client.treasury.list({ limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(['PO-p1', 'PO-p2', 'PO-p0'])
    expect((await here.client.treasury.list({ search: 'vendor 2', certainty: 'UNRECONCILED' })).rows).toHaveLength(1)
    expect((await here.client.treasury.list({ certainty: 'RECONCILED' })).rows).toEqual([])
  })
})

async function sweep(now: string): Promise<void> {
  harness.clock.now = now
  await harness.recon.tick()
  await harness.recon.drain()
}
