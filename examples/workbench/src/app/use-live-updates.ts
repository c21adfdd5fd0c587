import { useConnection } from '@recon/react/connected'
import { useEffect } from 'react'
import { type DeskName, deskHeader } from './desk-client.ts'

const gather = 400
const askAgain = 3000

/**
 * Loads what is shown again whenever the backend says that something changed: a webhook came in, a job ended, somebody else
 * worked. The stream says only that; what changed is read as always.
 */
export function useLiveUpdates(desk: DeskName): void {
  const { store } = useConnection()
  useEffect(() => {
    const end = new AbortController()
    let due: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      due ??= setTimeout(() => {
        due = undefined
        store.refresh('')
      }, gather)
    }
    const listen = async () => {
      const headers = { [deskHeader]: desk, accept: 'text/event-stream' }
      const answer = await fetch('/recon/events', { headers, signal: end.signal })
      const reader = answer.ok ? answer.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        if (part.value.includes('data:')) changed()
      }
    }
    const stay = async () => {
      while (!end.signal.aborted) {
        await listen().catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, askAgain))
      }
    }
    void stay()
    return () => {
      end.abort()
      clearTimeout(due)
    }
  }, [desk, store])
}
