import type { Client } from '@recon/client'
import type { BankLine, BookEntry } from '@recon/core'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankLine, bookEntry } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let whole: ReconHarness
let cut: ReconHarness
beforeAll(async () => {
  whole = reconHarness(await openTestStore())
  cut = reconHarness(await openTestStore(), { splitAbove: 10 })
})
afterAll(async () => {
  await whole.close()
  await cut.close()
})

interface World {
  readonly bankLines: BankLine[]
  readonly bookEntries: BookEntry[]
}

async function outcome(client: Client, runId: string) {
  const { rows } = await client.items.list({ runId, limit: 500, counts: false })
  const items = rows.map(({ item }) => [
    item.id,
    item.scenario,
    item.status,
    item.bucket,
    item.bankLineIds,
    item.matches.map((match) => [match.id, match.status, match.pass]),
    item.reason.code,
  ])
  const run = await client.runs.get({ runId })
  return {
    items: items.sort(),
    stats: run.stats,
    status: run.status,
    proofs: (await client.runs.proof({ runId })).proofs,
  }
}

let tenants = 0
async function both(world: World) {
  tenants += 1
  const tenantId = `blocks-${tenants}`
  const single = whole.client({ tenantId, roles: ['ADMIN'] })
  await single.imports.create(world)
  const one = await single.runs.create({ policy: 'cash-management' })
  const parted = cut.client({ tenantId, roles: ['ADMIN'] })
  await parted.imports.create(world)
  const other = await parted.runs.create({ policy: 'cash-management', wait: false })
  if (!one.ok || !other.ok) throw new Error('no run')
  await cut.recon.drain()
  const stages = await cut.store.db
    .selectFrom('run_partition')
    .select(['stage', 'status'])
    .where('tenant_id', '=', tenantId)
    .execute()
  return {
    single: await outcome(single, one.value.id),
    parted: await outcome(parted, other.value.id),
    stages: stages.map((part) => `${part.stage} ${part.status}`),
  }
}

const wire = { instrument: 'WIRE' } as const

/** Payments that meet, differ, come twice, fail, carry two identifiers, are written otherwise, or are not there. */
function recordsOf(kind: number, index: number, cents: number): World {
  const reference = `PAY-${1000 + index}`
  const amount = `-${10 + index}.${String(cents).padStart(2, '0')}`
  const line = (fields: Partial<BankLine> = {}) =>
    bankLine(`B${index}`, amount, { ...wire, references: { endToEndId: reference }, ...fields })
  const entry = (id = `L${index}`, fields: Partial<BookEntry> = {}) =>
    bookEntry(id, amount, { ...wire, references: { paymentReference: reference }, ...fields })
  switch (kind) {
    case 0:
      return { bankLines: [line()], bookEntries: [entry(), entry(`L${index}-again`)] }
    case 1:
      return { bankLines: [line({ references: { endToEndId: `00${reference}` } })], bookEntries: [entry()] }
    case 2:
      return { bankLines: [line({ returnCode: 'R02' })], bookEntries: [entry()] }
    case 3:
      return { bankLines: [line()], bookEntries: [] }
    case 4:
      return {
        bankLines: [line({ references: {}, counterparty: { name: `Customer ${index}` } })],
        bookEntries: [entry(`L${index}`, { references: {}, counterparty: { name: `Customer ${index}` } })],
      }
    case 5:
      return {
        bankLines: [line()],
        bookEntries: [
          entry(`L${index}`, { references: { paymentReference: reference, documentNumber: `PAY-${1001 + index}` } }),
        ],
      }
    case 6:
      return {
        bankLines: [line(), bankLine(`B${index}-2`, amount, { ...wire, references: { endToEndId: reference } })],
        bookEntries: [entry()],
      }
    case 7:
      return { bankLines: [line({ status: 'PENDING' })], bookEntries: [entry()] }
    default:
      return { bankLines: [line()], bookEntries: [entry()] }
  }
}

it('cuts a part by reference hash and comes to the result of a single process, whatever the records', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 2 })), {
        minLength: 12,
        maxLength: 40,
      }),
      async (kinds) => {
        const parts = kinds.map(([kind, cents], index) => recordsOf(kind, index, cents))
        const { single, parted, stages } = await both({
          bankLines: parts.flatMap((part) => part.bankLines),
          bookEntries: parts.flatMap((part) => part.bookEntries),
        })
        expect(stages.filter((stage) => stage === 'REST DONE')).toHaveLength(1)
        expect(stages.every((stage) => stage.endsWith('DONE'))).toBe(true)
        expect(parted).toEqual(single)
      },
    ),
    { numRuns: 12 },
  )
})

it('links most of a day in its blocks, and leaves to the second stage what anything can question', async () => {
  const day = Array.from({ length: 40 }, (_, index) => recordsOf(index < 30 ? 9 : index - 30, index, 0))
  const { single, parted } = await both({
    bankLines: day.flatMap((part) => part.bankLines),
    bookEntries: day.flatMap((part) => part.bookEntries),
  })
  expect(parted).toEqual(single)
  const blocks = await cut.store.db
    .selectFrom('run_partition')
    .selectAll()
    .where('tenant_id', '=', `blocks-${tenants}`)
    .where('stage', '=', 'REFERENCE')
    .execute()
  const linked = blocks.reduce((sum, block) => sum + (block.stats as { automatic: number }).automatic, 0)
  expect(blocks.length).toBeGreaterThan(3)
  expect(linked).toBeGreaterThanOrEqual(28)
})
