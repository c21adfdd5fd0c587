import { useEffect, useMemo, useState } from 'react'
import { draftOf, type MappingDraft, type MappingProblem, mappingOf, problemsOf } from './mapping-draft.ts'
import {
  type MappingTarget,
  type TableColumn,
  type TableLook,
  type TableMapping,
  tableColumns,
  tableSourceKey,
} from './table-mapping.ts'

/** Where mappings are kept, one per source. `key` is made of the header; what is stored is the mapping as plain JSON. */
export interface MappingMemory {
  /** Undefined when there is none, or it no longer reads. */
  readonly load: (key: string) => TableMapping | undefined | Promise<TableMapping | undefined>
  readonly save: (key: string, mapping: TableMapping) => void | Promise<void>
  readonly forget: (key: string) => void | Promise<void>
}

export interface TableMappingOptions {
  /** Null while nothing is chosen. */
  readonly file: File | null
  readonly target: MappingTarget
  /** `previewTable` of @recon/formats. Keep its identity stable. */
  readonly look: (file: File, target: MappingTarget) => Promise<TableLook>
  /** Keep its identity stable. */
  readonly memory?: MappingMemory | undefined
}

/** What a file begins with. Another object after every look and every way back to the proposal. */
export interface MappingStart {
  /** Saved by a person, else proposed; undefined where the canonical columns or nothing at all was found. */
  readonly mapping: TableMapping | undefined
  /** Whether it was saved for this source before. */
  readonly remembered: boolean
}

/** A file being looked at. `mapping` is null while `problems` says why. */
export interface TableMappingReady {
  readonly state: 'READY'
  readonly look: TableLook
  readonly columns: readonly TableColumn[]
  readonly draft: MappingDraft
  readonly problems: readonly MappingProblem[]
  readonly mapping: TableMapping | null
  readonly start: MappingStart
  /** Whether anything was chosen since the start. */
  readonly changed: boolean
  readonly change: (part: Partial<MappingDraft>) => void
  /** Keeps the mapping for the next file of this source. */
  readonly save: () => Promise<void>
  /** Back to the proposal, and what was saved is forgotten. */
  readonly reset: () => Promise<void>
}

export type TableMappingModel =
  | { readonly state: 'IDLE' }
  | { readonly state: 'LOOKING' }
  | { readonly state: 'FAILED'; readonly message: string }
  | TableMappingReady

interface Found {
  readonly file: File
  readonly target: MappingTarget
  readonly look: TableLook
  readonly start: MappingStart
  readonly draft: MappingDraft
}

function foundWith(file: File, target: MappingTarget, look: TableLook, saved: TableMapping | undefined): Found {
  const canonical = look.canonicalHeader !== undefined
  const mapping = saved ?? (canonical ? undefined : proposed(look))
  return {
    file,
    target,
    look,
    start: { mapping, remembered: saved !== undefined },
    draft: draftOf(saved ?? proposed(look), target),
  }
}

const proposed = ({ proposal }: TableLook) => (proposal.ok ? proposal.mapping : undefined)

/** Which column is what: proposed, remembered or corrected. The proposal itself comes from the host's reader. */
export function useTableMapping(options: TableMappingOptions): TableMappingModel {
  const { file, target, look, memory } = options
  const [found, setFound] = useState<Found | null>(null)
  const [draft, setDraft] = useState<MappingDraft | null>(null)
  const [failure, setFailure] = useState<{ readonly file: File; readonly message: string } | null>(null)
  useEffect(() => {
    if (file === null) return
    let left = false
    const find = async () => {
      const seen = await look(file, target)
      const kept = await memory?.load(tableSourceKey(target, seen))
      const saved = kept?.target === target ? kept : undefined
      if (left) return
      setFailure(null)
      const next = foundWith(file, target, seen, saved)
      setFound(next)
      setDraft(next.draft)
    }
    find().catch((error: unknown) => {
      if (!left) setFailure({ file, message: error instanceof Error ? error.message : String(error) })
    })
    return () => {
      left = true
    }
  }, [file, target, look, memory])
  return useMemo((): TableMappingModel => {
    if (file === null) return { state: 'IDLE' }
    if (failure?.file === file) return { state: 'FAILED', message: failure.message }
    if (found === null || draft === null || found.file !== file || found.target !== target) return { state: 'LOOKING' }
    const mapping = mappingOf(draft)
    const key = tableSourceKey(target, found.look)
    return {
      state: 'READY',
      look: found.look,
      columns: tableColumns(found.look),
      draft,
      problems: problemsOf(draft),
      mapping,
      start: found.start,
      changed: draft !== found.draft,
      change: (part) => setDraft({ ...draft, ...part }),
      save: async () => {
        if (mapping !== null) await memory?.save(key, mapping)
      },
      reset: async () => {
        const next = foundWith(file, target, found.look, undefined)
        setFound(next)
        setDraft(next.draft)
        await memory?.forget(key)
      },
    }
  }, [file, target, found, draft, failure, memory])
}
