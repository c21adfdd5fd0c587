import { describe, expect, it } from 'vitest'
import { quickbooksWebhook, signQuickbooksWebhook } from './quickbooks-webhook.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const receivedAt = '2026-11-20T09:00:00.000Z'
const token = 'b5771f19b12ddb4bcdb9f08bdc50bc63878a'
const officialBody =
  '{"eventNotifications":[{"realmId":"1185883450","dataChangeEvent":{"entities":[{"name":"Customer","id":"1","operation":"Create","lastUpdated":"2015-10-05T14:42:19-0700"}]}}]}'
const officialSignature = 'JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q='

describe('quickbooks webhooks', () => {
  it('accept the published signature and read the old format', async () => {
    expect(await signQuickbooksWebhook(bytes(officialBody), token)).toBe(officialSignature)
    const parse = quickbooksWebhook(token)
    expect(
      await parse({ headers: { 'intuit-signature': officialSignature }, body: bytes(officialBody), receivedAt }),
    ).toEqual({
      events: [
        {
          kind: 'RECORD_CHANGED',
          eventId: '1185883450:Customer:1:Create:2015-10-05T14:42:19-0700',
          type: 'Customer.Create',
          entity: 'customer',
          entityId: '1',
          operation: 'created',
          companyId: '1185883450',
          occurredAt: '2015-10-05T21:42:19.000Z',
        },
      ],
    })
  })

  it('read CloudEvents with nine fractional digits', async () => {
    const body = bytes(
      '[{"specversion":"1.0","id":"88cd52aa","source":"intuit.x","type":"qbo.payment.created.v1","time":"2025-09-10T21:31:25.179851517Z","intuitentityid":"1234","intuitaccountid":"310687","data":{}}]',
    )
    const headers = { 'intuit-signature': await signQuickbooksWebhook(body, token) }
    expect((await quickbooksWebhook(token)({ headers, body, receivedAt })).events).toMatchObject([
      {
        eventId: '88cd52aa',
        entity: 'payment',
        operation: 'created',
        entityId: '1234',
        occurredAt: '2025-09-10T21:31:25Z',
      },
    ])
  })

  it.each([
    ['no header', {}, officialBody],
    ['another signature', { 'intuit-signature': 'AAAA' }, officialBody],
    ['a changed body', { 'intuit-signature': officialSignature }, officialBody.replace('"1"', '"2"')],
  ])('refuse %s', async (_what, headers, body) => {
    await expect(quickbooksWebhook(token)({ headers, body: bytes(body), receivedAt })).rejects.toMatchObject({
      code: 'WEBHOOK_SIGNATURE_INVALID',
    })
  })
})
