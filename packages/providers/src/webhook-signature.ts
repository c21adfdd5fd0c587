import { ReconError } from '@recon/core'

type HashName = 'SHA-256' | 'SHA-512'

const encoder = new TextEncoder()

/** HMAC over raw bytes by WebCrypto, which Node, browsers and workers all have. */
export async function hmac(
  hash: HashName,
  secret: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, body))
}

/** True when both are equal; takes the same time wherever they differ. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  for (let index = 0; index < left.length; index++) difference |= (left[index] ?? 0) ^ (right[index] ?? 0)
  return difference === 0
}

export function bytesOfHex(text: string): Uint8Array | undefined {
  if (text.length > 256 || text.length % 2 === 1 || !/^[0-9a-fA-F]+$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}

export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length > 256 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

export const hexOfBytes = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export const base64OfBytes = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** Bytes over a plain ArrayBuffer, as WebCrypto wants them. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

export function signatureInvalid(provider: string, why: string): ReconError {
  return new ReconError(
    'WEBHOOK_SIGNATURE_INVALID',
    `${provider}: the webhook was not accepted: ${why}. Check the secret and that the raw body is passed on.`,
    { provider },
  )
}

/** The body as JSON, after its signature was verified. @throws ReconError REQUEST_INVALID */
export function webhookJson(provider: string, body: Uint8Array, parse: (text: string) => unknown): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    throw new ReconError('REQUEST_INVALID', `${provider}: the webhook's body is not JSON in UTF-8.`, {
      cause,
      provider,
    })
  }
}
