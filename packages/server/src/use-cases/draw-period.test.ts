import type { Client } from '@recon/client'
import { money } from '@recon/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bankLine, bookEntry } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
let tenants = 0
beforeAll(async () => {
  harness = reconHarness(await openTestStore())
})
afterAll(() => harness.close())

const usd = (amount: string) => money(amount, 'USD')
const october = { account: '0048', currency: 'USD', from: '2026-10-01', to: '2026-10-31' }
const november = { account: '0048', currency: 'USD', from: '2026-11-01', to: '2026-11-30' }
const wire = (reference: string, bookingDate: string) => ({
  instrument: 'WIRE' as const,
  bookingDate,
  references: { endToEndId: reference },
})

/** October: one pair matches, a check of the books is not at the bank yet, a fee of the bank is not in the books yet. */
async function desk(): Promise<Client> {
  tenants += 1
  const client = harness.client({ tenantId: `periods-${tenants}`, roles: ['ADMIN'] })
  const imported = await client.imports.create({
    bankLines: [
      bankLine('B1', '-120.00', wire('PAY-1', '2026-10-10')),
      bankLine('FEE', '-5.00', { bookingDate: '2026-10-30', counterparty: { name: 'Bank fee' } }),
    ],
    bookEntries: [
      bookEntry('L1', '-120.00', { date: '2026-10-09', instrument: 'WIRE', references: { paymentReference: 'PAY-1' } }),
      bookEntry('CHECK', '-80.00', {
        date: '2026-10-29',
        instrument: 'WIRE',
        references: { paymentReference: 'CHK-9' },
      }),
    ],
    statements: [
      {
        id: 'S10',
        account: '0048',
        currency: 'USD',
        balances: [],
        provisional: false,
        periodStart: '2026-10-01',
        periodEnd: '2026-10-31',
        closingBalance: { kind: 'CLOSING_BOOKED', amount: usd('875.00') },
        lineIds: ['B1', 'FEE'],
      },
    ],
  })
  expect(imported).toMatchObject({ ok: true, value: { rejectedCount: 0 } })
  await client.runs.create({ policy: 'cash-management' })
  return client
}

describe('a period', () => {
  it('is drawn from what is open, proved to zero, locked, and carried forward into the next', async () => {
    const client = await desk()
    const drawn = await client.periods.draw({ ...october, balancePerBooks: usd('800.00') })
    expect(drawn).toMatchObject({
      ok: true,
      value: {
        statement: {
          balancePerBank: usd('875.00'),
          outstandingPayments: usd('80.00'),
          unrecorded: usd('-5.00'),
          computedBalancePerBooks: usd('800.00'),
          difference: usd('0.00'),
          reconciled: true,
        },
        period: { status: 'OPEN', whyNot: { unlock: { code: 'EVENT_NOT_ALLOWED' } } },
      },
    })
    if (!drawn.ok) return
    const { period } = drawn.value
    const locked = await client.periods.act({ periodId: period.id, version: 1, action: 'lock', reason: 'closed' })
    expect(locked).toMatchObject({ ok: true, value: { status: 'LOCKED', version: 2, hash: period.hash } })
    expect(await client.periods.draw({ ...october, balancePerBooks: usd('800.00') })).toMatchObject({
      ok: false,
      refusal: { code: 'PERIOD_LOCKED' },
    })

    // In November the check clears; the fee stays, and says since when.
    await client.imports.create({ bankLines: [bankLine('B2', '-80.00', wire('CHK-9', '2026-11-05'))] })
    await client.runs.create({ policy: 'cash-management' })
    const next = await client.periods.draw({
      ...november,
      balancePerBooks: usd('800.00'),
      balancePerBank: usd('795.00'),
    })
    expect(next).toMatchObject({
      ok: true,
      value: {
        statement: {
          reconciled: true,
          items: [{ id: 'bank:FEE', kind: 'UNRECORDED', firstSeen: '2026-10-31', carriedForward: true, ageDays: 31 }],
        },
      },
    })
    expect(
      await client.periods.act({ periodId: period.id, version: 2, action: 'unlock', reason: 'late entry' }),
    ).toMatchObject({ ok: true, value: { status: 'OPEN' } })
    const overlap = await client.periods.draw({ ...november, from: '2026-10-15', balancePerBooks: usd('1.00') })
    expect(overlap).toMatchObject({ ok: false, refusal: { code: 'PERIOD_OVERLAPS' } })
  })

  it('is not locked unproved, nor when it is no longer what was drawn', async () => {
    const client = await desk()
    const wrong = await client.periods.draw({ ...october, balancePerBooks: usd('801.00') })
    expect(wrong).toMatchObject({ value: { statement: { difference: usd('1.00'), reconciled: false } } })
    const periodId = wrong.ok ? wrong.value.period.id : ''
    const lock = (version: number) => client.periods.act({ periodId, version, action: 'lock', reason: 'now' })
    expect(await lock(1)).toMatchObject({ ok: false, refusal: { code: 'NOT_PROVED' } })
    await client.periods.draw({ ...october, balancePerBooks: usd('800.00') })
    await client.imports.create({ bankLines: [bankLine('LATE', '-1.00', { bookingDate: '2026-10-31' })] })
    expect(await lock(2)).toMatchObject({ ok: false, refusal: { code: 'NOT_PROVED' } })
    await client.imports.create({
      bankLines: [bankLine('P', '-1.00', { bookingDate: '2026-10-31', status: 'PENDING' })],
    })
    expect((await client.periods.list({ account: '0048' })).rows[0]?.whyNot.lock?.code).toBe('NOT_PROVED')
    await expect(lock(1)).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
    const clerk = harness.client({ tenantId: `periods-${tenants}`, roles: ['FINANCE'] })
    expect(await clerk.periods.draw({ ...october, balancePerBooks: usd('800.00') })).toMatchObject({
      refusal: { code: 'FORBIDDEN' },
    })
    const nobody = await client.periods.draw({ ...october, account: 'none', balancePerBooks: usd('1.00') })
    expect(nobody).toMatchObject({ refusal: { code: 'BALANCE_UNKNOWN' } })
  })

  it('holds what is in it, and lets through what reaches into a later one', async () => {
    const client = await desk()
    const drawn = await client.periods.draw({ ...october, balancePerBooks: usd('800.00') })
    const periodId = drawn.ok ? drawn.value.period.id : ''
    await client.periods.act({ periodId, version: 1, action: 'lock', reason: 'closed' })
    const rowOf = async (id: string) => {
      const row = (await client.items.list({ limit: 100 })).rows.find(({ item }) => item.bankLineIds.includes(id))
      if (row === undefined) throw new Error(`no item for ${id}`)
      return row.item
    }
    const settled = await rowOf('B1')
    const revert = await client.items.act({ itemId: settled.id, version: settled.version, do: { action: 'revert' } })
    expect(revert).toMatchObject({ ok: false, refusal: { code: 'PERIOD_LOCKED' } })
    await client.imports.create({ bankLines: [bankLine('B2', '-80.00', { bookingDate: '2026-11-05' })] })
    await client.runs.create({ policy: 'cash-management' })
    const late = await rowOf('B2')
    const linked = await client.items.act({
      itemId: late.id,
      version: late.version,
      do: { action: 'reconcile', bookEntryIds: ['CHECK'], reason: 'the check of October' },
    })
    expect(linked).toMatchObject({ ok: true, value: { row: { item: { status: 'RECONCILED' } } } })
  })
})
