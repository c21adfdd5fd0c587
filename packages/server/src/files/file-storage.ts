/**
 * Where bytes are kept: a folder by default, an object store through this same interface. Keys are ours (`tenant/kind/id`),
 * never a person's file name.
 */
export interface FileStorage {
  /** Writes `bytes` at `offset` of the object, which is as long as `offset` before. */
  readonly append: (key: string, offset: number, bytes: Uint8Array) => Promise<void>
  /** Replaces the whole object. */
  readonly write: (key: string, bytes: Uint8Array) => Promise<void>
  readonly read: (key: string) => Promise<Uint8Array>
  readonly remove: (key: string) => Promise<void>
}

/** Looks at a stored file before anybody sees it. `clean: false` quarantines it; a scanner that fails keeps it unseen. */
export type ScanFile = (file: {
  readonly bytes: Uint8Array
  readonly contentType: string
}) => Promise<{ clean: boolean; reason?: string }>
