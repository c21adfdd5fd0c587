import { describe, expect, it } from 'vitest'
import { createTestClock } from '../testing/test-clock.ts'
import { base64OfBytes, hmac } from '../webhook-signature.ts'
import { lean } from './lean.ts'
import { createLeanSimulator } from './lean-simulator.ts'

const webhookSecret = 'secret of the webhook'

function world() {
  const clock = createTestClock()
  const remote = createLeanSimulator({ clock, webhookSecret })
  const provider = lean({
    clientId: 'client',
    clientSecret: 'secret-of-client',
    baseUrl: 'https://api.example',
    authUrl: 'https://auth.example',
    depositsPath: 'deposits',
    webhookSecret,
    fetch: remote.fetch,
    clock,
  })
  const events = async () => {
    const taken = await remote.takeWebhooks()
    const parsed = await Promise.all(
      taken.map((webhook) => provider.parseWebhook?.({ ...webhook, receivedAt: clock.instant() })),
    )
    return parsed.flatMap((answer) => answer?.events ?? [])
  }
  return { clock, remote, provider, events }
}

describe('lean', () => {
  it('lists payments and deposits with exact amounts', async () => {
    const { remote, provider } = world()
    const payment = remote.pay({ amount: '1250.10', description: 'INV-2291', sender: 'A. Rahman' })
    const deposit = remote.deposit({ amount: '1250.10', reference: 'INV-2291', sender: 'A RAHMAN TRADING' })
    expect(await provider.books.fetchEntries({})).toMatchObject({
      entries: [
        {
          id: payment,
          amount: { amount: '1250.10', currency: 'AED' },
          references: { paymentReference: 'INV-2291' },
          counterparty: { name: 'A. Rahman' },
        },
      ],
    })
    expect(await provider.bankFeed?.fetchLines({})).toMatchObject({
      lines: [{ id: deposit, amount: { amount: '1250.10' }, references: { endToEndId: 'INV-2291' } }],
      hasMore: false,
    })
  })

  it('pages to the end', async () => {
    const { remote, provider } = world()
    for (let count = 0; count < 120; count++) remote.deposit({ amount: '1.00' })
    const seen: string[] = []
    for (let cursor: string | undefined = '0'; cursor !== undefined; ) {
      const page: Awaited<ReturnType<NonNullable<typeof provider.bankFeed>['fetchLines']>> | undefined =
        await provider.bankFeed?.fetchLines({ cursor })
      seen.push(...(page?.lines ?? []).map((line) => line.id))
      cursor = page?.cursor
    }
    expect(new Set(seen).size).toBe(120)
  })

  it('leaves failed payments out and says so', async () => {
    const { remote, provider } = world()
    const payment = remote.pay({ amount: '5.00', description: 'A' })
    remote.failPayment(payment)
    expect(await provider.books.fetchEntries({})).toMatchObject({ entries: [], removedEntryIds: [payment] })
  })

  it('warns where a description is longer than banks show', async () => {
    const { remote, provider } = world()
    remote.pay({ amount: '5.00', description: 'INVOICE-2291-NOVEMBER' })
    expect(await provider.books.fetchEntries({})).toMatchObject({ warnings: [{ code: 'DESCRIPTION_CUT' }] })
  })

  it('tells a refused bank password from everything else, and does not insist', async () => {
    const { remote, provider } = world()
    remote.breakBankCredentials(true)
    await expect(provider.bankFeed?.fetchLines({})).rejects.toMatchObject({
      code: 'PROVIDER_CREDENTIALS_INVALID',
      details: { bankCredentials: true },
    })
    remote.breakBankCredentials(false)
    await expect(provider.bankFeed?.fetchLines({})).resolves.toMatchObject({ lines: [] })
  })

  it('asks for one new token when the old one is refused', async () => {
    const { remote, provider } = world()
    await provider.books.fetchEntries({})
    remote.expireTokens()
    await provider.books.fetchEntries({})
    expect(remote.requests.filter((request) => request.url.pathname.endsWith('/oauth2/token'))).toHaveLength(2)
  })

  it('has no bank feed without a path for deposits', () => {
    const provider = lean({
      clientId: 'client',
      clientSecret: 'secret-of-client',
      baseUrl: 'https://api.example',
      authUrl: 'https://auth.example',
    })
    expect(Object.keys(provider)).toEqual(['name', 'books'])
  })
})

describe('lean webhooks', () => {
  it('tell payments from their reconciliation', async () => {
    const { remote, events } = world()
    const payment = remote.pay({ amount: '86.40', description: 'ORDER-8831' })
    remote.reconcile(payment, 'RECONCILED')
    remote.reconcile(payment, 'OUTSTANDING')
    expect(await events()).toMatchObject([
      {
        kind: 'PAYMENT_UPDATED',
        paymentId: payment,
        status: 'SUCCEEDED',
        amount: { amount: '86.40' },
        occurredAt: '2026-11-20T09:00:00.000Z',
      },
      { kind: 'RECORD_CHANGED', entity: 'reconciliation', entityId: payment, operation: 'reconciled' },
      { kind: 'RECORD_CHANGED', operation: 'outstanding' },
    ])
    expect(remote.payments.get(payment)?.status).toBe('ACCEPTED_BY_BANK')
  })

  it('are accepted with a hexadecimal or base64 signature and refused otherwise', async () => {
    const { remote, provider, clock } = world()
    remote.pay({ amount: '1.00', description: 'A' })
    const [webhook] = await remote.takeWebhooks()
    const body = webhook?.body ?? new Uint8Array()
    const base64 = `sha512=${base64OfBytes(await hmac('SHA-512', webhookSecret, body))}`
    const deliver = (signature: string) =>
      provider.parseWebhook?.({ headers: { 'lean-signature': signature }, body, receivedAt: clock.instant() })
    await expect(deliver(base64)).resolves.toMatchObject({ respond: { status: 200 } })
    await expect(deliver(webhook?.headers['lean-signature'] ?? '')).resolves.toBeDefined()
    await expect(deliver('sha512=00')).rejects.toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' })
    await expect(deliver('')).rejects.toMatchObject({ code: 'WEBHOOK_SIGNATURE_INVALID' })
  })
})
