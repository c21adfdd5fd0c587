import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { quickbooks } from '../quickbooks/quickbooks.ts'
import { stripe } from '../stripe/stripe.ts'
import { type ServedSimulators, serveSimulators, simulatorNames, simulatorSecret } from './serve-simulators.ts'

const closings: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

async function running(options: Parameters<typeof serveSimulators>[0]): Promise<ServedSimulators> {
  const served = await serveSimulators(options)
  closings.push(served.close)
  return served
}

async function drive(url: string, control: string, ...input: readonly unknown[]) {
  const answer = await fetch(`${url}/_simulator/${control}`, { method: 'POST', body: JSON.stringify(input) })
  return (await answer.json()) as { result?: unknown; error?: string; controls?: string[] }
}

it('serves every simulator, each with its own controls', async () => {
  const { served } = await running({})
  expect(served.map(({ name }) => name)).toEqual(simulatorNames)
  for (const { url, controls } of served) {
    const listed = (await (await fetch(`${url}/_simulator`)).json()) as { controls: string[] }
    expect(listed.controls).toEqual(controls)
    expect(controls).toContain('setOutage')
  }
})

it('lets a provider write over HTTP what a control set up', async () => {
  const { served } = await running({ names: ['quickbooks'] })
  const url = served[0]?.url ?? ''
  await drive(url, 'addInvoice', { id: '145', total: '1000.00' })
  const tokens = (await drive(url, 'issueTokens')).result as { accessToken: string; refreshToken: string }
  const books = quickbooks({
    realmId: '1',
    clientId: 'c',
    clientSecret: 's',
    homeCurrency: 'USD',
    tokens: { load: async () => tokens, save: async () => undefined },
    baseUrl: url,
    tokenUrl: `${url}/tokens/bearer`,
  })
  const amount = { amount: '333.35', currency: 'USD' }
  await books.writeback.postPayment?.({ idempotencyKey: 'k1', invoiceId: '145', amount, date: '2026-11-20', memo: '' })
  expect((await books.books.readInvoice?.('145'))?.balance.amount).toBe('666.65')
})

it('delivers signed webhooks to the host until it takes them', async () => {
  const deliveries: { headers: Record<string, string>; body: Uint8Array }[] = []
  const host = createServer(async (request, response) => {
    const parts: Uint8Array[] = []
    for await (const part of request) parts.push(part)
    deliveries.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(parts) })
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  closings.push(() => host.close())
  const webhooks = `http://127.0.0.1:${(host.address() as AddressInfo).port}/{provider}`
  const { served } = await running({ names: ['stripe'], webhooks, copies: 2 })
  await drive(served[0]?.url ?? '', 'succeedPayment', { amount: '12500n', metadata: { placement: 'pl_1' } })
  await expect.poll(() => deliveries.length, { timeout: 10_000 }).toBe(2)
  const { parseWebhook } = stripe({ apiKey: 'sk_test_1', webhookSecrets: [simulatorSecret] })
  const [delivery = { headers: {}, body: new Uint8Array() }] = deliveries
  const parsed = await parseWebhook?.({ ...delivery, receivedAt: new Date().toISOString() })
  expect(parsed?.events).toMatchObject([{ kind: 'PAYMENT_UPDATED', amount: { amount: '125.00' } }])
})

it('says what is wrong with a control', async () => {
  const { served } = await running({ names: ['stripe'] })
  const url = served[0]?.url ?? ''
  expect((await drive(url, 'serve')).controls).toContain('openDispute')
  expect((await drive(url, 'openDispute', 'pi_none')).error).toContain('pi_none')
})
