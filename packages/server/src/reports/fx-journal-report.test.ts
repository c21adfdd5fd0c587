import { afterAll, beforeAll, expect, it } from 'vitest'
import { itemOf, matchedDesk } from '../testing/conformance-case.ts'
import { type ReconHarness, reconHarness } from '../testing/recon-harness.ts'
import { openTestStore } from '../testing/test-store.ts'

let harness: ReconHarness
beforeAll(async () => {
  harness = reconHarness(await openTestStore())
})
afterAll(() => harness.close())

it('is one cash line a wire by its sign and one netted line that balances them', async () => {
  const client = harness.client({ tenantId: 'fx', roles: ['ADMIN'] })
  await matchedDesk(client)
  const { item } = await itemOf(client, 'B-fx')
  const file = await client.exports.download({ kind: 'fx-journal' })
  const rows = (await file.text()).trim().split(/\r?\n/)
  expect(rows).toEqual([
    'line,item_id,date,account,debit,credit,currency,bank_reference,description',
    `1,${item.id},2026-11-20,CASH,,5.45,USD,PAY-1006,FX difference of wire`,
    '2,,2026-11-21,FX_GAIN_LOSS,5.45,,USD,,Net FX gain or loss',
  ])
})
