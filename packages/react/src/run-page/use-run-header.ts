import { useRecon } from '../recon-root/recon-context.ts'
import type { RunHeaderProps } from './run-header.tsx'

export type RunHeaderOptions = Pick<
  RunHeaderProps,
  'client' | 'account' | 'periodEnd' | 'status' | 'progress' | 'sent' | 'counters'
>
export const runCounters = ['matches', 'proposed', 'unreconciled', 'responded', 'resolved'] as const

/** The head of a run without markup: its title, what is known of it in words, and its counters. */
export function useRunHeader(options: RunHeaderOptions) {
  const { messages, format } = useRecon()
  const words = messages.run
  const { client, account, periodEnd, status, progress = 0, sent, counters } = options
  const details = [
    account,
    sent ? words.sentTo(sent.to, format.date(sent.at.slice(0, 10))) : null,
    sent ? words.linkValid(format.date(sent.validUntil.slice(0, 10))) : null,
  ]
  return {
    title: periodEnd === undefined ? client : `${client}, ${format.longDate(periodEnd)}`,
    status: words.status[status],
    details: details.filter((detail): detail is string => typeof detail === 'string' && detail !== ''),
    /** While matching: percent done, in words. */
    matching: status === 'MATCHING' ? words.matching(format.percent(progress)) : null,
    counters: runCounters.map((name) => ({ name, label: words.counter[name], count: format.count(counters[name]) })),
  }
}

export type RunHeaderModel = ReturnType<typeof useRunHeader>
