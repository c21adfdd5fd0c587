import type { DraftStore, KeptDraft } from './answer-autosave.ts'

/**
 * Drafts in localStorage, one key per line and tab: two tabs never write over each other's text. The tab's name lives in
 * sessionStorage, so a reload finds its own drafts again. Without storage (private mode, no quota) `keep` says false.
 */
export function deviceDrafts(scope: string): DraftStore {
  const prefix = `recon-draft:${scope}:`
  const tab = tabName()
  const keyOf = (lineId: string) => `${prefix}${lineId}:${tab}`
  return {
    load: () => {
      try {
        const own = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key.endsWith(`:${tab}`))
        return own.flatMap((key) => parsedDraft(localStorage.getItem(key)))
      } catch {
        return []
      }
    },
    keep: (draft) => {
      try {
        localStorage.setItem(keyOf(draft.lineId), JSON.stringify(draft))
        return true
      } catch {
        return false
      }
    },
    forget: (lineId) => {
      try {
        localStorage.removeItem(keyOf(lineId))
      } catch {
        // Nothing was kept there.
      }
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
