import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { ReconError } from '@recon/core'

/** Seconds a delivery's time may be off. */
const tolerance = 300
const idPattern = /^[A-Za-z0-9_-]{1,256}$/
const secretPrefix = 'whsec_'

/** A new secret: 32 random bytes. */
export function newWebhookSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64')
}

/** The bytes of a secret, 24 to 64. @throws ReconError CONFIGURATION_INVALID */
export function secretBytes(secret: string): Buffer {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : ''
  const bytes =
    /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : Buffer.alloc(0)
  if (bytes.length >= 24 && bytes.length <= 64) return bytes
  throw new ReconError('CONFIGURATION_INVALID', 'A webhook secret is "whsec_" and 24 to 64 bytes in base64.', {
    place: 'secret',
  })
}

/** `v1,...` over `id.timestamp.body` (Standard Webhooks), over raw bytes. */
export function signWebhook(secret: string, id: string, timestamp: number, body: Uint8Array): string {
  if (!idPattern.test(id))
    throw new ReconError('REQUEST_INVALID', 'A webhook id holds letters, digits, dashes.', { place: 'webhook-id' })
  const mac = createHmac('sha256', secretBytes(secret)).update(`${id}.${timestamp}.`).update(body)
  return `v1,${mac.digest('base64')}`
}

export interface SignedDelivery {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: Uint8Array
}

/**
 * Checks a delivery by Standard Webhooks: any of the secrets, any of the space-separated signatures, constant time, at most five
 * minutes old or early.
 * @throws ReconError WEBHOOK_SIGNATURE_INVALID, REQUEST_INVALID for an id that cannot be one
 */
export function verifyWebhook(secrets: readonly string[], delivery: SignedDelivery, now: string): void {
  const { id, timestamp, signature, body } = delivery
  if (!idPattern.test(id))
    throw new ReconError('REQUEST_INVALID', 'The webhook id is not valid.', { place: 'webhook-id' })
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  const age = Math.abs(Math.floor(Date.parse(now) / 1000) - seconds)
  const fresh = age <= tolerance
  const given = signature.split(' ', 20)
  const matches = secrets.some((secret) => {
    if (Number.isNaN(seconds)) return false
    const wanted = Buffer.from(signWebhook(secret, id, seconds, body))
    return given.some((one) => {
      const bytes = Buffer.from(one)
      return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
    })
  })
  if (!fresh || !matches) {
    throw new ReconError('WEBHOOK_SIGNATURE_INVALID', 'The signature or the time of the webhook is not valid.')
  }
}
