import assert from 'node:assert/strict'
import { type Client, createClient } from '@recon/client'
import { money } from '@recon/core'
import { sha256 } from '../store/digest.ts'
import { bankLine, bookEntry } from './desk-world.ts'
import { firmStaff } from './firm-world.ts'
import type { AcknowledgedSave } from './invariants.ts'
import { harnessUrl, type ReconHarness } from './recon-harness.ts'

export const killFlowNames = ['dispatch', 'portal', 'match', 'payment', 'chargeback'] as const
export type KillFlowName = (typeof killFlowNames)[number]

/** Where the work is done: ids that the parent made before the first kill. */
export interface KillWorld {
  readonly tenantId: string
  readonly runId: string
  readonly contactId: string
  readonly placementId: string
  /** A signed-in client's cookie, of a run that is not dispatched again. */
  readonly portalTenantId: string
  readonly cookie: string
}

/** One piece of work, under a number that makes its keys: done again with the same number, it is the same work. */
export interface KillOrder {
  readonly flow: KillFlowName
  readonly number: number
  readonly now: string
  readonly world: KillWorld
}

type Flow = (harness: ReconHarness, order: KillOrder, acknowledge: (save: AcknowledgedSave) => void) => Promise<void>

const usd = (amount: string) => money(amount, 'USD')
const reply = <Value>(
  decision: { ok: true; value: Value } | { ok: false; refusal: { code: string } },
  known = '',
): void => assert.ok(decision.ok || decision.refusal.code === known, JSON.stringify(decision))

/** The work a process is killed in. Each flow ends with the jobs it ordered. */
export const killFlows: Readonly<Record<KillFlowName, Flow>> = {
  dispatch: async (harness, { world: { tenantId, runId, contactId } }) => {
    const staff = harness.client({ tenantId, ...firmStaff }).bookkeeping
    const { version } = await staff.state({ runId })
    reply(await staff.dispatch({ runId, contactId, version }))
    await harness.recon.drain()
  },
  portal: async (harness, { number, world }, acknowledge) => {
    const { portal } = visitor(harness, world.cookie)
    const { items } = await portal.request()
    const item = items[number % items.length]
    assert.ok(item)
    const note = `answer ${number}`
    if (item.response?.note !== note) {
      const answer = { itemId: item.id, version: item.version, submit: false, kind: 'NO_SUPPORTING', note } as const
      const saved = await portal.answer(answer, { idempotencyKey: `save-${number}` })
      assert.ok(saved.ok)
      acknowledge({ tenantId: world.portalTenantId, itemId: item.id, version: saved.value.item.version, note })
    }
    await upload(portal, item.id, number)
  },
  match: async (harness, { number, world }) => {
    const client = harness.client({ tenantId: world.tenantId })
    const keyed = (name: string) => ({ idempotencyKey: `${name}-${number}` })
    const records = Array.from({ length: 6 }, (_, index) => ({
      id: `${number}-${index}`,
      account: `ACC-${index % 2}`,
      references: { endToEndId: `PAY-${number}00${index}` },
    }))
    const imported = await client.imports.create(
      {
        bankLines: records.map(({ id, account, references }) =>
          bankLine(`B${id}`, `-${number + 1}.5${id.at(-1)}`, { account, references, instrument: 'WIRE' }),
        ),
        bookEntries: records.slice(2).map(({ id, account, references }) =>
          bookEntry(`L${id}`, `-${number + 1}.5${id.at(-1)}`, {
            account,
            references: { paymentReference: references.endToEndId },
            instrument: 'WIRE',
          }),
        ),
      },
      keyed('import'),
    )
    reply(imported)
    reply(await client.runs.create({ policy: 'cash-management', wait: false }, keyed('run')))
    await harness.recon.drain()
  },
  payment: async (harness, { number, world: { tenantId, placementId } }) => {
    const { collections } = harness.client({ tenantId })
    const payment = { paymentId: `pay-${number}`, amount: usd('10.01'), occurredAt: '2026-11-21T08:00:00Z' }
    reply(await collections.recordPayment({ placementId, ...payment }), 'PAYMENT_RECORDED')
    await harness.recon.drain()
  },
  chargeback: async (harness, { number, now, world: { tenantId, placementId } }) => {
    const { collections } = harness.client({ tenantId })
    const placement = await collections.placement({ placementId })
    const reversed = new Set(placement.remittances.map((row) => row.parentRemittanceId))
    const parent = placement.remittances.find((row) => row.kind === 'PAYMENT' && !reversed.has(row.id))
    if (!placement.remittances.some((row) => row.paymentId === `back-${number}`)) {
      assert.ok(parent)
      const back = { paymentId: `back-${number}`, parentRemittanceId: parent.id, occurredAt: now }
      reply(await collections.reverse({ placementId, ...back }), 'PAYMENT_RECORDED')
    }
    await harness.recon.drain()
  },
}

/** What the next process does about it: a client repeats its request, jobs are taken again. A dispatch is not repeated. */
export const finishFlow: Flow = async (harness, order, acknowledge) => {
  if (order.flow === 'dispatch') await harness.recon.drain()
  else await killFlows[order.flow](harness, order, acknowledge)
}

function visitor(harness: ReconHarness, cookie: string): Client {
  return createClient({
    url: harnessUrl,
    retries: 0,
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    fetch: (input, init) => harness.recon.handler(new Request(input, init)),
  })
}

/** A small file in two parts; one that was begun before is gone on with where it stands. */
async function upload(portal: Client['portal'], itemId: string, number: number): Promise<void> {
  const bytes = new TextEncoder().encode(`receipt ${number}\n`.repeat(20))
  const begun = await portal.beginUpload(
    { itemId, fileName: 'receipt.txt', contentType: 'text/plain', size: bytes.byteLength, sha256: sha256(bytes) },
    { idempotencyKey: `file-${number}` },
  )
  assert.ok(begun.ok, JSON.stringify(begun))
  const attachmentId = begun.value.attachment.id
  const { attachment } = await portal.upload({ attachmentId })
  for (const end of [100, bytes.byteLength]) {
    if (attachment.received >= end) continue
    const offset = end === 100 ? 0 : 100
    reply(await portal.uploadPart({ attachmentId, offset: String(offset), bytes: bytes.slice(offset, end) }))
  }
}
