import { useState } from 'react'
import { plainWords } from '../messages/reason-messages.ts'
import { useRecon } from '../recon-root/recon-context.ts'
import type { ActivityEntry } from './activity-log.tsx'

const step = 200

/** The log without markup: the newest entries first, more on request, and each event in words. */
export function useActivityLog(entries: readonly ActivityEntry[]) {
  const { messages } = useRecon()
  const [limit, setLimit] = useState(step)
  const left = Math.max(0, entries.length - limit)
  return {
    shown: left === 0 ? entries : entries.slice(0, limit),
    left,
    showMore: left === 0 ? null : () => setLimit(limit + step),
    wordsOf: ({ name }: ActivityEntry) => messages.activity.event[name] ?? plainWords(name.split('.').at(-1) ?? name),
  }
}

export type ActivityLogModel = ReturnType<typeof useActivityLog>
