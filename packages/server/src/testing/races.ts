import assert from 'node:assert/strict'
import { sha256 } from '../store/digest.ts'
import { bankLine, bookEntry } from './desk-world.ts'
import { dispatchFirm, firmWorld } from './firm-world.ts'
import { harnessUrl, type ReconHarness } from './recon-harness.ts'

/** Presses the button of each of `links` sign-in links `clicks` times at once; how many sessions there are afterwards. */
export async function raceForLinks(
  harness: ReconHarness,
  tenantId: string,
  links: number,
  clicks: number,
): Promise<{ sessions: number; signedIn: number; refused: number }> {
  await dispatchFirm(await firmWorld(harness, tenantId))
  const { db } = harness.store
  const link = await db.selectFrom('magic_link').selectAll().where('tenant_id', '=', tenantId).executeTakeFirstOrThrow()
  const nonce = 'n'.repeat(32)
  const press = (token: string) =>
    harness.recon.handler(
      new Request(`${harnessUrl}/portal/enter/${token}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie: `__Host-recon-nonce=${nonce}`,
        },
        body: `nonce=${nonce}`,
      }),
    )
  const seen = { signedIn: 0, refused: 0 }
  for (let round = 0; round < links; round++) {
    const token = `${round}`.padStart(43, 'r')
    const another = { ...link, id: `race-${round}`, kind: 'SIGN_IN', token_hash: sha256(token) }
    await db.insertInto('magic_link').values(another).execute()
    const statuses = (await Promise.all(Array.from({ length: clicks }, () => press(token)))).map((one) => one.status)
    const signedIn = statuses.filter((status) => status === 303).length
    const refused = statuses.filter((status) => status === 410).length
    assert.deepEqual([signedIn, refused], [1, clicks - 1], `link ${round}: ${statuses.join(' ')}`)
    seen.signedIn += signedIn
    seen.refused += refused
  }
  const sessions = await db.selectFrom('portal_session').select('id').where('tenant_id', '=', tenantId).execute()
  return { sessions: sessions.length, ...seen }
}

/** Two people confirm each of `lines` lines at once; how many links were made. */
export async function raceForLines(
  harness: ReconHarness,
  tenantId: string,
  lines: number,
): Promise<{ won: number; lost: number }> {
  const client = harness.client({ tenantId })
  const records = Array.from({ length: lines }, (_, index) => ({
    line: bankLine(`B${index}`, `-${index + 1}.37`, { counterparty: { name: `Supplier ${index}` } }),
    entry: bookEntry(`L${index}`, `-${index + 1}.37`, { counterparty: { name: `Supplier ${index}` } }),
  }))
  for (let start = 0; start < lines; start += 5000) {
    const part = records.slice(start, start + 5000)
    await client.imports.create({ bankLines: part.map((one) => one.line), bookEntries: part.map((one) => one.entry) })
  }
  assert.ok((await client.runs.create({ policy: 'cash-management' })).ok)
  const people = [harness.client({ tenantId, actorId: 'ann' }), harness.client({ tenantId, actorId: 'ben' })]
  const items = await harness.store.db
    .selectFrom('item')
    .select(['id', 'version'])
    .where('tenant_id', '=', tenantId)
    .execute()
  const seen = { won: 0, lost: 0 }
  for (let start = 0; start < items.length; start += 20) {
    await Promise.all(
      items.slice(start, start + 20).map(async ({ id, version }) => {
        const outcomes = await Promise.allSettled(
          people.map((person) => person.items.act({ itemId: id, version, do: { action: 'confirm' } })),
        )
        const winners = outcomes.filter((one) => one.status === 'fulfilled' && one.value.ok).length
        assert.equal(winners, 1, id)
        seen.won += winners
        seen.lost += outcomes.length - winners
      }),
    )
  }
  return seen
}
