import { type Decision, ReconError } from '@recon/core'
import { useState } from 'react'
import { useRecon } from '../recon-root/recon-context.ts'
import { useConnection } from './client-root.tsx'
import { failureText } from './use-desk.ts'

/**
 * Runs one write at a time of what the backend decides: says what was done, or why it was refused, and loads anew what it
 * changed. True when it was done.
 */
export function useDecidedWrite(refresh: () => void) {
  const { announce } = useConnection()
  const { messages } = useRecon()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const refused = (reason: string) => {
    setRefusal(reason)
    announce({ words: messages.frame.refused(reason), tone: 'danger' })
  }
  const write = async <Value>(
    call: () => Promise<Decision<Value>>,
    done: (value: Value) => string | null,
  ): Promise<boolean> => {
    setPending(true)
    setRefusal(null)
    try {
      const answer = await call()
      if (answer.ok) {
        const words = done(answer.value)
        if (words !== null) announce({ words })
      } else {
        refused(answer.refusal.message)
      }
      refresh()
      return answer.ok
    } catch (error) {
      refused(failureText(error))
      if (ReconError.is(error) && error.code === 'VERSION_CONFLICT') refresh()
      return false
    } finally {
      setPending(false)
    }
  }
  return { pending, refusal, write, clearRefusal: () => setRefusal(null) }
}
