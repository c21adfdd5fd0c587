const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte)

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** Extensions each accepted type may have. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/heic': ['heic', 'heif'],
  'text/csv': ['csv'],
  'text/plain': ['txt', 'text', 'csv'],
}

/**
 * What the bytes are, by their signature; undefined for everything that is not accepted. Text is text only when it is UTF-8
 * without control characters and does not begin like markup.
 */
export function contentTypeOf(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, ascii('%PDF-'))) return looksLikeMarkup(bytes) ? undefined : 'application/pdf'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (startsWith(bytes, ascii('ftyp'), 4) && /hei[cfx]|mif1/.test(latin(bytes.subarray(8, 12)))) return 'image/heic'
  return isPlainText(bytes) ? 'text/plain' : undefined
}

/** Why a file is refused; null for one that is what it says it is. */
export function contentRefused(bytes: Uint8Array, claimed: string, fileName: string): string | null {
  const found = contentTypeOf(bytes)
  const isText = found === 'text/plain' && claimed.startsWith('text/')
  if (found === undefined || (found !== claimed && !isText)) return 'CONTENT_NOT_ACCEPTED'
  const parts = fileName.toLowerCase().split('.')
  const extension = parts.at(-1) ?? ''
  const allowed = extensions[claimed] ?? []
  if (parts.length > 1 && !allowed.includes(extension)) return 'EXTENSION_NOT_ACCEPTED'
  if (found === 'image/png' && pngPixels(bytes) > 60_000_000) return 'IMAGE_TOO_LARGE'
  return null
}

/** Width times height from the header alone: the picture is never unpacked. */
function pngPixels(bytes: Uint8Array): number {
  if (bytes.byteLength < 24) return Number.POSITIVE_INFINITY
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return view.getUint32(16) * view.getUint32(20)
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** A document that is also a web page: what opens it decides what it is. */
function looksLikeMarkup(bytes: Uint8Array): boolean {
  const head = latin(bytes.subarray(0, 1024)).toLowerCase()
  return head.includes('<html') || head.includes('<script') || head.includes('<svg')
}

function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const head = text.slice(0, 2048).trimStart().toLowerCase()
    if (head.startsWith('<') || head.startsWith('mz')) return false
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < 32 && code !== 9 && code !== 10 && code !== 13) return false
    }
    return text.length > 0
  } catch {
    return false
  }
}
