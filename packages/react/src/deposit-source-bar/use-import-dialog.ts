import { useCallback, useEffect, useRef, useState } from 'react'
import type { MappingDraft } from '../mapping-editor/mapping-draft.ts'
import type { MappingTarget, TableLook, TableMapping } from '../mapping-editor/table-mapping.ts'
import { type MappingMemory, type TableMappingModel, useTableMapping } from '../mapping-editor/use-table-mapping.ts'
import type { ImportPreview } from './import-preview.tsx'

/**
 * How a file is read and imported: the host's readers (@recon/formats fits as it is) behind three functions. A mapping of
 * undefined means the file's own canonical columns. Keep the identity of the source stable.
 */
export interface ImportSource {
  /** What the rows are; bank lines where absent. */
  readonly target?: MappingTarget
  /** `previewTable`: the first rows and a proposal with its reasons. Nothing is guessed per row. */
  readonly look: (file: File, target: MappingTarget) => Promise<TableLook>
  /** Where corrected mappings are kept, one per source; without it none is. */
  readonly memory?: MappingMemory
  /** `parseBankFile` or `parseLedgerFile`: what the rows become. */
  readonly preview: (file: File, mapping: TableMapping | undefined) => Promise<ImportPreview>
  readonly run: (
    file: File,
    mapping: TableMapping | undefined,
    progress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<void>
}

interface Shown {
  readonly file: File
  readonly mapping: TableMapping | undefined
  readonly preview: ImportPreview
  /** The choices it was read with; null for those the file came with. */
  readonly draft: MappingDraft | null
}

export interface ImportDialogModel {
  readonly file: File | null
  readonly mapping: TableMappingModel
  readonly preview: ImportPreview | null
  readonly reading: boolean
  /** Columns were chosen that the preview does not show yet. */
  readonly stale: boolean
  readonly failure: string | null
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly choose: (file: File) => void
  readonly read: (mapping: TableMapping) => void
  /** Null while there is nothing to import as it is shown. */
  readonly run: (() => void) | null
  readonly close: () => void
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A file on its way in: looked at, read as proposed or as corrected, imported. Of two readings the later one counts. */
export function useImportDialog(source: ImportSource, onClose: () => void): ImportDialogModel {
  const { look, memory, preview: previewOf, target = 'bank' } = source
  const [file, setFile] = useState<File | null>(null)
  const [shown, setShown] = useState<Shown | null>(null)
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [progress, setProgress] = useState<ImportDialogModel['progress']>(null)
  const stop = useRef<AbortController | null>(null)
  const turn = useRef(0)
  const mapping = useTableMapping({ file, target, look, memory })
  const start = mapping.state === 'READY' ? mapping.start : null
  const canonical = mapping.state === 'READY' && mapping.look.canonicalHeader !== undefined

  const readWith = useCallback(
    (from: File, given: TableMapping | undefined, draft: MappingDraft | null) => {
      const mine = ++turn.current
      setReading(true)
      setFailure(null)
      previewOf(from, given)
        .then((preview) => {
          if (mine === turn.current) setShown({ file: from, mapping: given, preview, draft })
        })
        .catch((error: unknown) => {
          if (mine !== turn.current) return
          setShown(null)
          setFailure(wordsOf(error))
        })
        .finally(() => {
          if (mine === turn.current) setReading(false)
        })
    },
    [previewOf],
  )
  useEffect(() => {
    if (file === null || start === null) return
    // Without canonical columns or a proposal there is nothing to read by until a person chooses.
    if (start.mapping === undefined && !canonical) return
    readWith(file, start.mapping, null)
  }, [file, start, canonical, readWith])

  const close = () => {
    stop.current?.abort()
    turn.current++
    setFile(null)
    setShown(null)
    setReading(false)
    setProgress(null)
    setFailure(null)
    onClose()
  }
  const run = async ({ file: from, mapping: given, preview }: Shown) => {
    const controller = new AbortController()
    stop.current = controller
    setFailure(null)
    setProgress({ done: 0, total: preview.total })
    try {
      await source.run(from, given, (done, total) => setProgress({ done, total }), controller.signal)
      close()
    } catch (error) {
      if (!controller.signal.aborted) setFailure(wordsOf(error))
    } finally {
      setProgress(null)
    }
  }
  const current = shown !== null && shown.file === file ? shown : null
  const ready = mapping.state === 'READY' ? mapping : null
  const stale =
    current !== null && ready !== null && (current.draft === null ? ready.changed : current.draft !== ready.draft)
  const importable = current !== null && !stale && !reading && current.preview.total > 0
  return {
    file,
    mapping,
    preview: current?.preview ?? null,
    reading,
    stale,
    failure,
    progress,
    choose: (next) => {
      turn.current++
      setShown(null)
      setFailure(null)
      setFile(next)
    },
    read: (given) => {
      if (file !== null && ready !== null) readWith(file, given, ready.draft)
    },
    run: importable ? () => void run(current) : null,
    close,
  }
}
