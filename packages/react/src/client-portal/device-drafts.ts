import type { DraftStore, KeptDraft } from './answer-autosave.ts'

/** A tab that was not heard of for so long is taken for closed: its drafts go to whoever opens the page next. */
const silentTabMilliseconds = 120_000

export interface DeviceDraftOptions {
  /** `localStorage` where absent. A host may give a store of its own with the same methods. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  /** The name of this tab; kept in sessionStorage where absent, so that a reload has the same. */
  readonly tab?: string
  readonly now?: () => number
}

/**
 * Drafts on this device, one key per line and tab: two tabs never write over each other's text. A reload finds its own
 * drafts again; those of a tab that was closed are taken over by the next one, so that nothing a person wrote is left
 * behind. Saving them is still decided by the line's version. Without storage (private mode, no quota) `keep` says false.
 */
export function deviceDrafts(scope: string, options: DeviceDraftOptions = {}): DraftStore {
  const prefix = `recon-draft:${scope}:`
  const tab = options.tab ?? tabName()
  const now = options.now ?? Date.now
  const storage = () => options.storage ?? localStorage
  const keyOf = (lineId: string, of = tab) => `${prefix}${lineId}:${of}`
  const aliveKey = (of: string) => `recon-tab:${scope}:${of}`
  const attempt = (work: () => void): boolean => {
    try {
      work()
      return true
    } catch {
      return false
    }
  }
  const touch = () => attempt(() => storage().setItem(aliveKey(tab), String(now())))
  const isSilent = (other: string) => now() - Number(storage().getItem(aliveKey(other)) ?? 0) > silentTabMilliseconds
  const keys = () => Array.from({ length: storage().length }, (_, index) => storage().key(index) ?? '')

  /** Gives this tab the drafts of closed ones, unless it has its own of that line. */
  const adopt = () => {
    for (const key of keys()) {
      const other = key.slice(key.lastIndexOf(':') + 1)
      if (!key.startsWith(prefix) || other === tab || !isSilent(other)) continue
      const own = keyOf(key.slice(prefix.length, key.lastIndexOf(':')))
      const text = storage().getItem(key)
      if (text !== null && storage().getItem(own) === null) storage().setItem(own, text)
      storage().removeItem(key)
      storage().removeItem(aliveKey(other))
    }
  }
  return {
    load: () => {
      const drafts: KeptDraft[] = []
      attempt(() => {
        touch()
        if (typeof window !== 'undefined') {
          window.addEventListener('pagehide', () => attempt(() => storage().removeItem(aliveKey(tab))), { once: true })
          window.addEventListener('pageshow', touch, { once: true })
        }
        adopt()
        for (const key of keys()) {
          if (key.startsWith(prefix) && key.endsWith(`:${tab}`)) drafts.push(...parsedDraft(storage().getItem(key)))
        }
      })
      return drafts
    },
    keep: (draft) => {
      touch()
      return attempt(() => storage().setItem(keyOf(draft.lineId), JSON.stringify(draft)))
    },
    forget: (lineId) => {
      attempt(() => storage().removeItem(keyOf(lineId)))
    },
  }
}

function tabName(): string {
  try {
    const known = sessionStorage.getItem('recon-tab')
    if (known !== null) return known
    const made = crypto.randomUUID()
    sessionStorage.setItem('recon-tab', made)
    return made
  } catch {
    return 'only'
  }
}

function parsedDraft(text: string | null): readonly KeptDraft[] {
  if (text === null) return []
  try {
    const value: unknown = JSON.parse(text)
    return isKeptDraft(value) ? [value] : []
  } catch {
    return []
  }
}

function isKeptDraft(value: unknown): value is KeptDraft {
  if (typeof value !== 'object' || value === null) return false
  const { lineId, version, answer, submit } = value as Record<string, unknown>
  return (
    typeof lineId === 'string' &&
    typeof version === 'number' &&
    typeof submit === 'boolean' &&
    typeof answer === 'object' &&
    answer !== null &&
    Array.isArray((answer as Record<string, unknown>).attachmentIds)
  )
}
