import type { Client, ExportJob } from '@recon/client'
import { useEffect, useRef, useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { useQuery } from './query-store.ts'
import { useDecidedWrite } from './use-decided-write.ts'
import { failureText, queryState } from './use-desk.ts'

type Ordered = Parameters<Client['exports']['create']>[0]
const asksEvery = 1000
const noJobs: readonly ExportJob[] = []

/** Reports of a run, or of the tenant: ordered here, written by a worker, offered as a download when they are done. */
export function useReports({ runId }: { readonly runId?: string | undefined }) {
  const { client, store, announce } = useConnection()
  const { messages } = useRecon()
  const key = `reports/${runId ?? 'all'}`
  const list = useQuery(store, key, () => client.exports.list(runId === undefined ? {} : { runId }))
  const { pending, write } = useDecidedWrite(list.reload)
  const [awaited, setAwaited] = useState<string | null>(null)
  const rows = list.data?.rows ?? noJobs
  const working = pending || rows.some(isUnfinished)
  const done = rows.find((job) => job.id === awaited && !isUnfinished(job))
  useRepeated(working, list.reload)

  useEffect(() => {
    if (done === undefined) return
    setAwaited(null)
    if (done.url === null) announce({ words: messages.frame.refused(done.failure ?? done.status), tone: 'danger' })
    else follow(done.url)
  }, [done, announce, messages])

  return {
    rows,
    state: queryState(list),
    working,
    /** Orders a report; the browser downloads it as soon as it is written. */
    order: (kind: Ordered['kind'], params: NonNullable<Ordered['params']>) =>
      write(
        () => client.exports.create({ kind, params }),
        (job) => {
          setAwaited(job.id)
          return null
        },
      ),
    /** A fresh address of a report: the one in the list lives ten minutes. */
    download: async (job: ExportJob) => {
      try {
        const { url } = await client.exports.get({ exportId: job.id })
        if (url !== null) follow(url)
      } catch (error) {
        announce({ words: messages.frame.refused(failureText(error)), tone: 'danger' })
      }
    },
  }
}

function isUnfinished({ status }: ExportJob): boolean {
  return status === 'QUEUED' || status === 'RENDERING'
}

function follow(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.rel = 'noopener'
  link.download = ''
  link.click()
}

function useRepeated(wanted: boolean, ask: () => void): void {
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => latest.current(), asksEvery)
    return () => clearInterval(timer)
  }, [wanted])
}
