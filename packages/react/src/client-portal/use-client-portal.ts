import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import {
  AnswerAutosave,
  type AutosaveOptions,
  type DraftStore,
  type LineDraft,
  type SaveAttempt,
  type SaveOutcome,
} from './answer-autosave.ts'
import { deviceDrafts } from './device-drafts.ts'
import { deviceUploads, type UploadMemory } from './device-uploads.ts'
import {
  isComplete,
  type PortalAnswer,
  type PortalAttachment,
  type PortalLine,
  type PortalRequest,
  sameAnswer,
} from './portal-answer.ts'
import { type UploadTransport, uploadFile } from './resumable-upload.ts'

export interface PortalTransport extends UploadTransport {
  readonly save: (attempt: SaveAttempt) => Promise<SaveOutcome>
}

export interface ClientPortalOptions {
  readonly request: PortalRequest
  readonly transport: PortalTransport
  /** Keeps drafts across reloads; localStorage under this page's link where absent. */
  readonly drafts?: DraftStore
  /** Remembers unfinished uploads across reloads; localStorage where absent. */
  readonly uploads?: UploadMemory
  /** Names the request among others on this device. */
  readonly scope?: string
}

/** A file on its way, or one that did not make it. */
export interface FileProgress {
  readonly key: string
  readonly fileName: string
  readonly size: number
  readonly received: number
  readonly failure: 'TOO_LARGE' | 'WRONG_TYPE' | 'FAILED' | 'REFUSED' | null
  readonly cancel: () => void
  /** Sends it again from where it stood; null while it is on its way, or where trying again would not help. */
  readonly retry: (() => void) | null
}

export interface PortalLineModel {
  readonly line: PortalLine
  readonly draft: LineDraft
  readonly files: readonly PortalAttachment[]
  readonly uploads: readonly FileProgress[]
  readonly complete: boolean
  readonly edit: (change: Partial<PortalAnswer>) => void
  readonly addFiles: (files: readonly File[]) => void
  readonly removeFile: (attachmentId: string) => void
  readonly resolve: (choice: 'MINE' | 'THEIRS') => void
}

const plainSchedule: AutosaveOptions['schedule'] = (task, milliseconds) => {
  const timer = setTimeout(task, milliseconds)
  return () => clearTimeout(timer)
}
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** The client's page without markup: drafts that save themselves, files that resume, and what is ready to be sent. */
export function useClientPortal(options: ClientPortalOptions) {
  const { request, transport, drafts, scope = 'portal' } = options
  const memory = useMemo(() => options.uploads ?? deviceUploads(scope), [options.uploads, scope])
  const latest = useRef(transport)
  latest.current = transport
  const autosave = useMemo(
    () =>
      new AnswerAutosave({
        lines: request.lines,
        save: (attempt) => latest.current.save(attempt),
        drafts: drafts ?? deviceDrafts(scope),
        schedule: plainSchedule,
      }),
    [request.lines, drafts, scope],
  )
  useBrowserSignals(autosave)
  const snapshot = useSyncExternalStore(autosave.subscribe, autosave.getSnapshot, autosave.getSnapshot)
  const files = useFiles(request, latest, autosave, memory)
  const lines: PortalLineModel[] = request.lines.flatMap((line) => {
    const draft = snapshot.lines.get(line.id)
    if (draft === undefined) return []
    return [
      {
        line,
        draft,
        files: files.of(line, draft),
        uploads: files.uploads.get(line.id) ?? noUploads,
        complete: isComplete(draft.answer, request.categories) && !repeats(line, draft.answer),
        edit: (change) => autosave.edit(line.id, change),
        addFiles: (added) => files.add(line.id, added),
        removeFile: (id) =>
          autosave.edit(line.id, { attachmentIds: draft.answer.attachmentIds.filter((known) => known !== id) }),
        resolve: (choice) => autosave.resolve(line.id, choice),
      },
    ]
  })
  const ready = lines.filter(
    ({ complete, draft, line }) => complete && !draft.sent && !line.settled && draft.state !== 'CONFLICT',
  )
  const answered = lines.filter(({ complete, line, draft }) => complete || line.settled || draft.sent)
  return {
    lines,
    overall: snapshot.overall,
    online: snapshot.online,
    unkept: lines.some(({ draft }) => draft.unkept),
    answered: answered.length,
    total: lines.length,
    /** How many complete answers were not given to the firm yet. */
    ready: ready.length,
    send:
      ready.length === 0
        ? null
        : () => {
            for (const { line } of ready) autosave.submit(line.id)
          },
    allSent: lines.every(({ draft, line }) => draft.sent || line.settled),
  }
}

/** An answer the firm did not take, still as it was. */
function repeats(line: PortalLine, answer: PortalAnswer): boolean {
  return line.pushedBack === true && sameAnswer(answer, line.answer)
}

export type ClientPortalModel = ReturnType<typeof useClientPortal>
const noUploads: readonly FileProgress[] = []

function useBrowserSignals(autosave: AnswerAutosave): void {
  useEffect(() => {
    autosave.start()
    const tell = () => autosave.setOnline(navigator.onLine)
    const flush = () => document.visibilityState === 'hidden' && autosave.flush()
    tell()
    window.addEventListener('online', tell)
    window.addEventListener('offline', tell)
    document.addEventListener('visibilitychange', flush)
    return () => {
      window.removeEventListener('online', tell)
      window.removeEventListener('offline', tell)
      document.removeEventListener('visibilitychange', flush)
      autosave.stop()
    }
  }, [autosave])
}

function useFiles(
  request: PortalRequest,
  transport: { readonly current: PortalTransport },
  autosave: AnswerAutosave,
  memory: UploadMemory,
) {
  const [uploads, setUploads] = useState<ReadonlyMap<string, readonly FileProgress[]>>(new Map())
  const [stored, setStored] = useState<ReadonlyMap<string, PortalAttachment>>(new Map())
  const put = useCallback((lineId: string, key: string, next: FileProgress | null) => {
    setUploads((all) => {
      const others = (all.get(lineId) ?? []).filter((one) => one.key !== key)
      return new Map(all).set(lineId, next === null ? others : [...others, next])
    })
  }, [])

  const addOne = async (lineId: string, file: File) => {
    const key = `${file.name}-${file.size}-${Math.random()}`
    const stop = new AbortController()
    const cancel = () => {
      stop.abort()
      put(lineId, key, null)
    }
    const base: FileProgress = {
      key,
      fileName: file.name,
      size: file.size,
      received: 0,
      failure: null,
      cancel,
      retry: null,
    }
    const { limits } = request
    if (file.size > limits.fileBytes) return put(lineId, key, { ...base, failure: 'TOO_LARGE' })
    if (!accepts(limits.contentTypes, file.type)) return put(lineId, key, { ...base, failure: 'WRONG_TYPE' })
    put(lineId, key, base)
    try {
      const attachment = await uploadFile({
        lineId,
        file,
        partBytes: limits.partBytes,
        transport: transport.current,
        signal: stop.signal,
        onProgress: ({ received }) => put(lineId, key, { ...base, received }),
        wait,
        memory,
      })
      if (attachment.status === 'REFUSED') return put(lineId, key, { ...base, failure: 'REFUSED' })
      setStored((all) => new Map(all).set(attachment.id, attachment))
      put(lineId, key, null)
      const known = autosave.getSnapshot().lines.get(lineId)?.answer.attachmentIds ?? []
      autosave.edit(lineId, { kind: 'UPLOADED_SUPPORTING', attachmentIds: [...known, attachment.id] })
    } catch {
      const retry = () => {
        put(lineId, key, null)
        void addOne(lineId, file)
      }
      if (!stop.signal.aborted) put(lineId, key, { ...base, failure: 'FAILED', retry })
    }
  }

  return {
    uploads,
    add: (lineId: string, added: readonly File[]) => {
      for (const file of added) void addOne(lineId, file)
    },
    of: (line: PortalLine, draft: LineDraft): readonly PortalAttachment[] =>
      draft.answer.attachmentIds.flatMap((id) => {
        const found = stored.get(id) ?? line.attachments.find((attachment) => attachment.id === id)
        return found === undefined ? [] : [found]
      }),
  }
}

/** An empty list accepts everything; `image/*` accepts every image. The other side checks the bytes themselves. */
function accepts(types: readonly string[], type: string): boolean {
  if (types.length === 0 || type === '') return true
  return types.some((known) => known === type || (known.endsWith('/*') && type.startsWith(known.slice(0, -1))))
}
