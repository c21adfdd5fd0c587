import { afterAll, beforeAll, expect, it } from 'vitest'
import { itemOf, matchedDesk } from '../testing/conformance-case.ts'
import { bankLine, bookEntry } from '../testing/desk-world.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
beforeAll(async () => {
  harness = reconHarness(await openTestStore())
})
afterAll(() => harness.close())

it('tells what a policy would change on a stored run, and changes nothing', async () => {
  const client = harness.client({ tenantId: 'lab', roles: ['ADMIN'] })
  const runId = await matchedDesk(client)
  const before = await client.activity.verify()
  const same = await client.lab.compare({ runId, policy: 'cash-management' })
  expect(same).toMatchObject({ ok: true, value: { counts: { newlyMatched: 0, broken: 0, changed: 0 } } })
  const strict = await client.lab.compare({
    runId,
    policy: { name: 'strict', automatic: { passes: ['SOURCE_CONFIRMED', 'IDENTIFIER_EXACT'] } },
  })
  expect(strict).toMatchObject({
    ok: true,
    value: {
      after: { policy: 'strict' },
      broken: [{ bankLineIds: ['B-system'], bookEntryIds: ['L-system'], before: 'AUTO', after: 'PROPOSED' }],
    },
  })
  expect(await client.activity.verify()).toEqual(before)
  expect((await itemOf(client, 'B-system')).item.status).toBe('RECONCILED')
  await expect(client.lab.compare({ runId: 'nobody', policy: 'treasury' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('proves the run as the links stand now, with what people linked since', async () => {
  const client = harness.client({ tenantId: 'proved', roles: ['ADMIN'] })
  const runId = await matchedDesk(client)
  const [atFirst] = (await client.runs.proofNow({ runId })).proofs
  const { item } = await itemOf(client, 'B-open')
  const done = await client.items.act({ itemId: item.id, version: item.version, do: { action: 'confirm' } })
  expect(done.ok).toBe(true)
  const [now] = (await client.runs.proofNow({ runId })).proofs
  expect([atFirst?.unexplained.amount, now?.unexplained.amount]).toEqual(['0.00', '0.00'])
  const openIn = (proof: typeof now) => proof?.causes.find((cause) => cause.cause === 'BOOK_OPEN')?.count ?? 0
  expect(openIn(atFirst) - openIn(now)).toBe(1)
  expect(now?.difference).toEqual(atFirst?.difference)
})

it('explains any pair: linked, excluded by a rule, or outranked by another', async () => {
  const client = harness.client({ tenantId: 'explained', roles: ['ADMIN'] })
  await matchedDesk(client)
  const explain = async (bankLineId: string, bookEntryId: string) => {
    const answer = await client.records.explain({ bankLineId, bookEntryId })
    if (!answer.ok) throw new Error(answer.refusal.message)
    return answer.value
  }
  expect(await explain('B-system', 'L-system')).toMatchObject({ verdict: 'LINKED', engineVerdict: 'LINKED' })
  const wrong = await explain('B-system', 'L-near')
  expect(wrong).toMatchObject({ verdict: 'EXCLUDED', engineVerdict: 'EXCLUDED' })
  expect(wrong.reasons.map((one) => one.code)).toEqual(expect.arrayContaining(['LINE_HAS_BETTER']))
  expect(wrong.evidence.length).toBeGreaterThan(2)
  await client.imports.create({
    bankLines: [bankLine('B-new', '-77.70', { counterparty: { name: 'Northwind Traders' } })],
    bookEntries: [bookEntry('L-far', '-5000.00')],
  })
  expect(await explain('B-new', 'L-near')).toMatchObject({ verdict: 'PROPOSED' })
  expect(await explain('B-new', 'L-far')).toMatchObject({ verdict: 'EXCLUDED' })
  await expect(explain('B-new', 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('says what the stored decisions allow, and that a few of them allow nothing', async () => {
  const client = harness.client({ tenantId: 'decided', roles: ['ADMIN'] })
  const few = 30
  const names = (index: number) => `Customer ${String.fromCharCode(65 + (index % 26))}${index} Holding`
  await client.imports.create({
    bankLines: Array.from({ length: few * 2 }, (_, index) =>
      bankLine(`B${index}`, `-${100 + index}.00`, { counterparty: { name: names(index) } }),
    ),
    bookEntries: Array.from({ length: few * 2 }, (_, index) =>
      bookEntry(`L${index}`, `-${100 + index}.00`, {
        counterparty: { name: names(index) },
        date: index < few ? '2026-11-20' : '2026-11-10',
      }),
    ),
  })
  await client.runs.create({ policy: 'cash-management' })
  const { rows } = await client.items.list({ limit: 500 })
  let decided = 0
  for (const { item } of rows) {
    const [match] = item.matches
    if (match?.status !== 'PROPOSED') continue
    const good = Number(item.bankLineIds[0]?.slice(1)) < few
    const action = good
      ? ({ action: 'confirm', matchId: match.id } as const)
      : ({ action: 'reject', matchId: match.id, reason: 'another party' } as const)
    expect((await client.items.act({ itemId: item.id, version: item.version, do: action })).ok).toBe(true)
    decided += 1
  }
  const said = await client.lab.calibration()
  expect(said.decisions.confirmed + said.decisions.rejected).toBe(decided)
  expect(said.decisions.rejected).toBeGreaterThanOrEqual(20)
  expect(said.calibration).toMatchObject({ outcome: 'TOO_FEW_DECISIONS', scoreAbove: null })
  expect(said.calibration.heldOutNeeded).toBeGreaterThan(5000)
  expect(said.weights?.['DATE.SAME']).toBeGreaterThan(said.weights?.['DATE.FORTNIGHT'] ?? 0)
  const loose = await client.lab.calibration({ maxErrorRate: 0.3, confidence: 0.6 })
  expect(loose.calibration).toMatchObject({ outcome: 'CALIBRATED' })
  expect((await client.runs.list()).rows).toHaveLength(1)
})
