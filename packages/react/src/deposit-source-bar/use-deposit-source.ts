import type { DepositSource } from '@recon/core'
import type { Tone } from '../parts/scenario-badge.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

export interface DepositSourceNotice {
  readonly tone: Extract<Tone, 'info' | 'warning' | 'danger'>
  readonly title: string
  readonly body: string | null
  /** Somebody has to act before anything goes on. */
  readonly urgent: boolean
}

/** The source without markup: how fresh its deposits are, in words, and what is wrong with it. */
export function useDepositSource(source: DepositSource, everyMinutes = 15) {
  const { messages, format, now } = useRecon()
  const words = messages.depositSource
  const { lastFetchedAt, lastTriedAt } = source
  const fetches = source.kind === 'FEED' && source.status !== 'credentials_invalid'
  const next = fetches && lastTriedAt !== undefined ? Date.parse(lastTriedAt) + everyMinutes * 60_000 : null
  const fetched =
    lastFetchedAt === undefined
      ? source.kind === 'UPLOAD'
        ? words.uploadOnly
        : words.never
      : words.fetched(now === null ? format.moment(lastFetchedAt) : format.relative(lastFetchedAt, now))
  return {
    fetched,
    /** The exact moment; null where nothing ever came in. */
    fetchedExactly: lastFetchedAt === undefined ? null : words.fetchedExact(format.moment(lastFetchedAt)),
    next: next === null ? null : words.next(format.time(new Date(next).toISOString())),
    notice: noticeOf(source, words, lastFetchedAt === undefined ? '–' : format.moment(lastFetchedAt)),
  }
}

type Words = ReturnType<typeof useRecon>['messages']['depositSource']

function noticeOf({ status }: DepositSource, words: Words, since: string): DepositSourceNotice | null {
  switch (status) {
    case 'healthy':
      return null
    case 'reconnecting':
      return { tone: 'info', title: words.reconnecting, body: null, urgent: false }
    case 'credentials_invalid':
      return { tone: 'danger', title: words.invalid.title, body: words.invalid.body, urgent: true }
    default: {
      const banner = status === 'stale' ? words.stale : words.failing
      return { tone: 'warning', title: banner.title(since), body: banner.body, urgent: false }
    }
  }
}

export type DepositSourceModel = ReturnType<typeof useDepositSource>
