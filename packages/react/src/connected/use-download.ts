import { useCallback } from 'react'
import type { CashDeskMessages } from '../messages/messages.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { failureText } from './use-desk.ts'

/** Fetches a CSV export with the client's own authentication and hands it to the browser as a file. */
export function useDownload() {
  const { client, announce } = useConnection()
  const { messages } = useRecon()
  return useCallback(
    async (kind: keyof CashDeskMessages['fileName'], runId: string | undefined) => {
      try {
        const response = await client.exports.download({ kind, ...(runId === undefined ? {} : { runId }) })
        saveFile(await response.blob(), messages.cashDesk.fileName[kind])
      } catch (error) {
        announce({ words: messages.frame.refused(failureText(error)), tone: 'danger' })
      }
    },
    [client, announce, messages],
  )
}

function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
