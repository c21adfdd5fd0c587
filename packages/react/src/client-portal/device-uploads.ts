/** Remembers uploads that were begun, so that the same file goes on where it stood after the page was closed. */
export interface UploadMemory {
  /** The attachment that was begun for a line and a file with this hash. */
  readonly find: (lineId: string, sha256: string) => string | null
  readonly keep: (lineId: string, sha256: string, attachmentId: string) => void
  readonly forget: (lineId: string, sha256: string) => void
}

/** In localStorage, or in what the host gives. Without storage an upload begins anew: slower, never wrong. */
export function deviceUploads(
  scope: string,
  storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): UploadMemory {
  const keyOf = (lineId: string, sha256: string) => `recon-upload:${scope}:${lineId}:${sha256}`
  const attempt = <Value>(
    work: (store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) => Value,
  ): Value | null => {
    try {
      return work(storage ?? localStorage)
    } catch {
      return null
    }
  }
  return {
    find: (lineId, sha256) => attempt((store) => store.getItem(keyOf(lineId, sha256))),
    keep: (lineId, sha256, attachmentId) => {
      attempt((store) => store.setItem(keyOf(lineId, sha256), attachmentId))
    },
    forget: (lineId, sha256) => {
      attempt((store) => store.removeItem(keyOf(lineId, sha256)))
    },
  }
}
