import type { UnreconciledItemStatus } from '@recon/core'

export type RunStatusName = 'PENDING' | 'MATCHING' | 'AWAITING_REVIEW' | 'AWAITING_CLIENT' | 'COMPLETE' | 'FAILED'
export type OutboxStatusName = 'PENDING' | 'SENDING' | 'DISPATCHED' | 'UNKNOWN' | 'DEAD' | 'CANCELLED'

/** Words of a statement run: its page, its dispatch and its mails. */
export interface RunMessages {
  readonly status: Readonly<Record<RunStatusName, string>>
  readonly itemStatus: Readonly<Record<UnreconciledItemStatus, string>>
  readonly senior: string
  readonly counter: Readonly<Record<'matches' | 'proposed' | 'unreconciled' | 'responded' | 'resolved', string>>
  readonly sentTo: (name: string, date: string) => string
  readonly linkValid: (date: string) => string
  readonly dispatch: string
  readonly dispatchAgain: string
  readonly rematch: string
  readonly complete: string
  readonly printReport: string
  readonly failed: string
  readonly matching: (share: string) => string
  readonly review: {
    readonly title: string
    readonly position: (index: number, total: number) => string
    readonly confirm: string
    readonly reject: string
    readonly rejectReason: string
    readonly done: string
    readonly doneHint: string
    readonly bank: string
    readonly books: string
  }
  readonly list: {
    readonly title: string
    readonly line: string
    readonly says: string
    readonly notAnswered: string
    readonly notAsked: string
    readonly empty: string
    readonly emptyHint: string
    readonly apply: string
    readonly pushBack: string
    readonly escalate: string
    readonly resolve: string
    readonly reopen: string
    readonly question: string
    readonly reason: string
    readonly journal: string
    readonly uploaded: string
    readonly noSupporting: string
    readonly noResponses: string
    readonly noExceptions: string
    readonly exceptions: string
    readonly responses: string
    readonly openFile: (name: string) => string
    readonly actionsFor: (line: string) => string
  }
  readonly dialog: {
    readonly title: string
    readonly to: string
    readonly nobody: string
    readonly nobodyHint: string
    readonly note: string
    readonly preview: string
    readonly subject: string
    readonly greeting: (name: string) => string
    readonly body: (count: number, total: string) => string
    readonly button: string
    readonly send: string
    readonly sent: (date: string) => string
    readonly leavesHouse: string
  }
  readonly outbox: {
    readonly title: string
    readonly status: Readonly<Record<OutboxStatusName, string>>
    readonly alarm: string
    readonly to: string
    readonly mail: string
    readonly created: string
    readonly sentAt: string
    readonly resend: string
    readonly empty: string
    readonly attempts: (count: number) => string
  }
}
