import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { ReconError } from '@recon/core'

/** What the host's one secret is used for: each purpose has a key of its own. */
export interface Sealer {
  /** Text readable again only with the host's secret. */
  readonly seal: (plain: string) => string
  /** @throws ReconError CONFIGURATION_INVALID when it was sealed with another secret */
  readonly open: (sealed: string) => string
  /** A signature over a text, for links that expire by themselves. */
  readonly sign: (content: string) => string
  readonly verify: (content: string, signature: string) => boolean
}

/** @throws ReconError CONFIGURATION_INVALID for a secret shorter than 32 characters */
export function sealer(secret: string): Sealer {
  if (secret.length < 32) {
    throw new ReconError(
      'CONFIGURATION_INVALID',
      'The secret must have at least 32 characters. Generate it: openssl rand -base64 48',
      {
        place: 'secret',
      },
    )
  }
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'recon', purpose, 32))
  const sealing = key('seal')
  const signing = key('sign')
  const sign = (content: string) => createHmac('sha256', signing).update(content).digest('base64url')
  return {
    seal: (plain) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
        decipher.setAuthTag(bytes.subarray(12, 28))
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
      } catch (error) {
        throw new ReconError('CONFIGURATION_INVALID', 'This was sealed with another secret. Put the old secret back.', {
          place: 'secret',
          cause: error,
        })
      }
    },
    sign,
    verify: (content, signature) => {
      const wanted = Buffer.from(sign(content))
      const given = Buffer.from(signature)
      return wanted.length === given.length && timingSafeEqual(wanted, given)
    },
  }
}
