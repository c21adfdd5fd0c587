import type { UploadMemory } from './device-uploads.ts'
import type { PortalAttachment } from './portal-answer.ts'

/** How files reach the other side: announced with their hash, sent in parts, resumed where they stand. */
export interface UploadTransport {
  readonly begin: (file: {
    readonly lineId: string
    readonly fileName: string
    readonly contentType: string
    readonly size: number
    readonly sha256: string
  }) => Promise<PortalAttachment>
  /** @throws when the part did not arrive; `state` then says how far the upload is. */
  readonly part: (attachmentId: string, offset: number, bytes: Blob) => Promise<PortalAttachment>
  readonly state: (attachmentId: string) => Promise<PortalAttachment>
}

export interface UploadOptions {
  readonly lineId: string
  readonly file: File
  readonly partBytes: number
  readonly transport: UploadTransport
  readonly signal: AbortSignal
  readonly onProgress: (attachment: PortalAttachment) => void
  readonly wait: (milliseconds: number) => Promise<void>
  /** Where begun uploads are remembered; without it a file begins anew after the page was closed. */
  readonly memory?: UploadMemory
}

const longestTry = 8

/**
 * Sends a file in parts. After a break it asks how far it is and goes on from there; it gives up after eight failures in
 * a row. @throws the last failure, or an AbortError
 */
export async function uploadFile(options: UploadOptions): Promise<PortalAttachment> {
  const { file, lineId, transport, signal, onProgress } = options
  const sha256 = await hashOf(file)
  signal.throwIfAborted()
  let attachment = (await begunBefore(options, sha256)) ?? (await beginUpload(options, sha256))
  onProgress(attachment)
  let failures = 0
  while (attachment.status === 'UPLOADING' && attachment.received < file.size) {
    signal.throwIfAborted()
    const from = attachment.received
    try {
      attachment = await transport.part(attachment.id, from, file.slice(from, from + options.partBytes))
      failures = 0
    } catch (error) {
      failures++
      if (failures >= longestTry) throw error
      await options.wait(Math.min(30_000, 500 * 2 ** failures))
      signal.throwIfAborted()
      attachment = await transport.state(attachment.id).catch(() => attachment)
    }
    onProgress(attachment)
  }
  options.memory?.forget(lineId, sha256)
  return attachment
}

async function beginUpload(
  { lineId, file, transport, memory }: UploadOptions,
  sha256: string,
): Promise<PortalAttachment> {
  const begun = await transport.begin({
    lineId,
    fileName: file.name,
    contentType: file.type || 'application/octet-stream',
    size: file.size,
    sha256,
  })
  if (begun.status === 'UPLOADING') memory?.keep(lineId, sha256, begun.id)
  return begun
}

/** The upload of the same file that a closed page left unfinished; null where there is none, or the other side let it go. */
async function begunBefore(options: UploadOptions, sha256: string): Promise<PortalAttachment | null> {
  const { lineId, file, transport, memory } = options
  const id = memory?.find(lineId, sha256) ?? null
  if (id === null) return null
  const known = await transport.state(id).catch(() => null)
  if (known?.status === 'UPLOADING' && known.size === file.size) return known
  memory?.forget(lineId, sha256)
  return null
}

async function hashOf(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
