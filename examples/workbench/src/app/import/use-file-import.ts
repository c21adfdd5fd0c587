import type { Client } from '@recon/client'
import { type ColumnMapping, previewTable } from '@recon/formats'
import { tableSourceKey } from '@recon/react'
import { useCallback, useRef, useState } from 'react'
import { columnMemory } from './column-memory.ts'
import { type DroppedFile, type FileSide, isTable, likelySide, problemOf, readDropped } from './dropped-file.ts'
import { storeFile } from './store-file.ts'

export interface ImportEntry {
  readonly key: number
  readonly source: File
  readonly side: FileSide
  /** CSV or XLSX: its columns can be chosen. */
  readonly table: boolean
  readonly dropped: DroppedFile
}

export type ImportStep =
  | { readonly step: 'choosing' }
  | { readonly step: 'storing'; readonly share: number; readonly name: string }
  | { readonly step: 'matching' }
  | { readonly step: 'done'; readonly added: number; readonly known: number; readonly rejected: readonly string[] }
  | { readonly step: 'failed'; readonly message: string }

/** What a person saved for files with this header. A file that is no table has none. */
async function rememberedMapping(file: File, side: FileSide): Promise<ColumnMapping | undefined> {
  if (!(await isTable(file))) return undefined
  try {
    const kept = columnMemory.load(tableSourceKey(side, await previewTable(file, { target: side, rows: 60 })))
    return kept?.target === side ? kept : undefined
  } catch {
    // Whatever is wrong with the file is said when it is read.
    return undefined
  }
}

/** Files on their way in: read in the browser, looked at, stored, matched. */
export function useFileImport(client: Client, policy: 'cash-management' | 'payments-desk', onMatched: () => void) {
  const [entries, setEntries] = useState<readonly ImportEntry[]>([])
  const [step, setStep] = useState<ImportStep>({ step: 'choosing' })
  const nextKey = useRef(1)
  const reading = useRef(new Map<number, AbortController>())

  const change = useCallback((key: number, part: Partial<ImportEntry>) => {
    setEntries((current) => current.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)))
  }, [])

  const read = useCallback(
    async (key: number, source: File, side: FileSide, given?: ColumnMapping) => {
      reading.current.get(key)?.abort()
      const controller = new AbortController()
      reading.current.set(key, controller)
      const { name } = source
      change(key, { side, dropped: { state: 'reading', name, share: 0, records: 0 } })
      try {
        const mapping = given ?? (await rememberedMapping(source, side))
        const file = await readDropped(source, side, {
          ...(mapping === undefined ? {} : { mapping }),
          signal: controller.signal,
          onProgress: (share, records) => change(key, { dropped: { state: 'reading', name, share, records } }),
        })
        if (!controller.signal.aborted) change(key, { dropped: { state: 'read', name, file } })
      } catch (error) {
        if (!controller.signal.aborted) change(key, { dropped: { state: 'refused', name, problem: problemOf(error) } })
      }
    },
    [change],
  )

  const add = useCallback(
    async (files: readonly File[]) => {
      setStep({ step: 'choosing' })
      for (const source of files) {
        const key = nextKey.current++
        const side = await likelySide(source)
        const dropped: DroppedFile = { state: 'reading', name: source.name, share: 0, records: 0 }
        const table = await isTable(source)
        setEntries((current) => [...current, { key, source, side, table, dropped }])
        void read(key, source, side)
      }
    },
    [read],
  )

  const remove = useCallback((key: number) => {
    reading.current.get(key)?.abort()
    setEntries((current) => current.filter((entry) => entry.key !== key))
  }, [])

  const ready = entries.flatMap(({ dropped }) => (dropped.state === 'read' ? [dropped.file] : []))
  const busy = step.step === 'storing' || step.step === 'matching'
  const store = async () => {
    let added = 0
    let known = 0
    const rejected: string[] = []
    try {
      for (const file of ready) {
        setStep({ step: 'storing', share: 0, name: file.name })
        const stored = await storeFile(client, file, (share) => setStep({ step: 'storing', share, name: file.name }))
        added += stored.added
        known += stored.known
        rejected.push(...stored.rejected)
      }
      setStep({ step: 'matching' })
      const run = await client.runs.create({ policy, wait: true }, { timeout: 300_000 })
      if (!run.ok) throw new Error(run.refusal.message)
      setEntries([])
      setStep({ step: 'done', added, known, rejected })
      onMatched()
    } catch (error) {
      setStep({ step: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }

  return {
    entries,
    step,
    add,
    remove,
    readAs: (entry: ImportEntry, side: FileSide, mapping?: ColumnMapping) =>
      void read(entry.key, entry.source, side, mapping),
    /** Null while nothing is ready, or while something is still being read or stored. */
    store: ready.length > 0 && !busy && entries.every(({ dropped }) => dropped.state !== 'reading') ? store : null,
  }
}
