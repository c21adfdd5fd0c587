import { ReconError } from '@recon/core'
import type { FileStorage } from '../files/file-storage.ts'
import { storageKey } from '../files/folder-storage.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'

export interface FileGrant {
  readonly tenantId: string
  readonly kind: 'upload' | 'report'
  readonly id: string
  readonly fileName: string
  readonly contentType: string
}

const validMinutes = 10

/** An address of one file for ten minutes, under the mount: whoever has it may read the file, and nothing else. */
export function signFile(grant: FileGrant, now: string, sealer: Sealer): string {
  const expires = Date.parse(now) + validMinutes * 60_000
  const { tenantId, kind, id, fileName, contentType } = grant
  const content = Buffer.from(JSON.stringify([tenantId, kind, id, fileName, contentType, expires])).toString(
    'base64url',
  )
  return `/files/${content}.${sealer.sign(content)}`
}

/** @throws ReconError NOT_FOUND for an address that is forged, cut or expired: all look the same */
export async function readSignedFile(
  token: string,
  now: string,
  sealer: Sealer,
  storage: FileStorage,
): Promise<Response> {
  const [content = '', signature = '', ...rest] = token.split('.')
  const unknown = new ReconError('NOT_FOUND', 'This address is not valid any more. Ask for a new one.')
  if (rest.length > 0 || !sealer.verify(content, signature)) throw unknown
  const fields: unknown = JSON.parse(Buffer.from(content, 'base64url').toString('utf8'))
  const [tenantId, kind, id, fileName, contentType, expires] = fields as [
    string,
    'upload' | 'report',
    string,
    string,
    string,
    number,
  ]
  if (Date.parse(now) >= expires) throw unknown
  const bytes = await storage.read(storageKey(tenantId, kind, id))
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': contentType,
      'content-disposition': disposition(fileName),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    },
  })
}

/** RFC 6266: a plain name for old readers, the real one encoded; nothing in it can end the header or turn text round. */
export function disposition(fileName: string): string {
  const safe = [...fileName.normalize('NFC')]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      const turning =
        (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0x200e || code === 0x200f
      return code < 32 || code === 127 || turning || letter === '/' || letter === '\\' ? '_' : letter
    })
    .join('')
    .slice(0, 150)
  const plain = [...safe].map((letter) => (/[A-Za-z0-9._ -]/.test(letter) ? letter : '_')).join('')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(safe).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`
}
