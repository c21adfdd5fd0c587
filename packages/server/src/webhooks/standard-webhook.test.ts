import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newWebhookSecret, secretBytes, signWebhook, verifyWebhook } from './standard-webhook.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const at = new Date(1_614_265_330_000).toISOString()
const body = new TextEncoder().encode('{"test": 2432232314}')
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const delivery = { id, timestamp: '1614265330', signature, body }

it('signs and accepts the published vector at its own time (D1)', () => {
  expect(signWebhook(secret, id, 1_614_265_330, body)).toBe(signature)
  verifyWebhook([secret], delivery, at)
})

it.each([
  ['one byte changed (D2)', { body: new TextEncoder().encode('{"test": 2432232315}') }],
  ['an extra newline', { body: new TextEncoder().encode('{"test": 2432232314}\n') }],
  ['re-serialised JSON', { body: new TextEncoder().encode('{"test":2432232314}') }],
  ['a time that is text (D3)', { timestamp: 'abc' }],
  ['no time', { timestamp: '' }],
  ['an exponent', { timestamp: '1e10' }],
  ['digits and letters', { timestamp: '123abc' }],
  ['a negative time', { timestamp: '-1614265330' }],
  ['301 s early', { timestamp: '1614265631' }],
  ['301 s late', { timestamp: '1614265029' }],
  ['no signature (D4)', { signature: '' }],
  ['a version alone', { signature: 'v1' }],
  ['an empty signature', { signature: 'v1,' }],
  ['200 wrong signatures', { signature: Array(200).fill('v1,AAAA').join(' ') }],
  ['text that is not ASCII', { signature: 'v1,ähnlich' }],
  ['another version', { signature: signature.replace('v1', 'v2') }],
])('refuses %s', (_name, change) => {
  expect(() => verifyWebhook([secret], { ...delivery, ...change }, at)).toThrow(
    expect.objectContaining({ code: 'WEBHOOK_SIGNATURE_INVALID' }),
  )
})

it.each(['a.b', 'a\nb', '', 'a'.repeat(257)])('refuses the id %j (D9)', (bad) => {
  expect(() => verifyWebhook([secret], { ...delivery, id: bad }, at)).toThrow(
    expect.objectContaining({ code: 'REQUEST_INVALID' }),
  )
})

it('takes either secret while they rotate, and the old one no more after (D5)', () => {
  const next = newWebhookSecret()
  verifyWebhook([next, secret], delivery, at)
  expect(() => verifyWebhook([next], delivery, at)).toThrow()
})

it.each(['whsec_c2hvcnQ=', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_***', 'whsec_'])(
  'refuses the secret %s (D8)',
  (bad) => {
    expect(() => secretBytes(bad)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }))
  },
)

it('keeps bodies apart that are no UTF-8', () => {
  const sign = (byte: number) => signWebhook(secret, id, 1, new Uint8Array([byte]))
  expect(sign(0xff)).not.toBe(sign(0xfe))
})

it('accepts what it signed and nothing that differs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (one, other) => {
      const signed = { id, timestamp: '1614265330', signature: signWebhook(secret, id, 1_614_265_330, one), body: one }
      verifyWebhook([secret], signed, at)
      if (Buffer.compare(one, other) !== 0)
        expect(() => verifyWebhook([secret], { ...signed, body: other }, at)).toThrow()
    }),
    { numRuns: 200 },
  )
})
