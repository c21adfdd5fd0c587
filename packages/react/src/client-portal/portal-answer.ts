import type { IsoDate, IsoInstant, Money } from '@recon/core'

export type AnswerKind = 'UPLOADED_SUPPORTING' | 'NO_SUPPORTING'

/** What the client says about one payment. */
export interface PortalAnswer {
  readonly kind?: AnswerKind
  readonly category?: string
  readonly note?: string
  readonly attachmentIds: readonly string[]
}

export interface PortalAttachment {
  readonly id: string
  readonly fileName: string
  readonly size: number
  /** Bytes the other side holds. */
  readonly received: number
  readonly status: 'UPLOADING' | 'STORED' | 'QUARANTINED' | 'REFUSED'
  readonly refusal?: string | null
}

/** One bank line the firm asks about, as of the day it asked. */
export interface PortalLine {
  readonly id: string
  readonly version: number
  readonly date: IsoDate
  readonly amount: Money
  readonly description: string
  readonly answer: PortalAnswer
  /** The answer was given to the firm, not only saved. */
  readonly sent: boolean
  /** A follow-up question of the firm. */
  readonly question?: string
  /** The firm did not take the answer: the line is open until the answer is changed. */
  readonly pushedBack?: boolean
  readonly attachments: readonly PortalAttachment[]
  /** The firm has settled it: nothing more to answer. */
  readonly settled: boolean
}

export interface PortalRequest {
  readonly firmName: string
  readonly logoUrl?: string | null
  readonly clientLegalName: string
  readonly contactName: string
  readonly periodStart?: IsoDate | null
  readonly periodEnd?: IsoDate | null
  readonly expiresAt: IsoInstant
  readonly note?: string | null
  /** What a payment may be tagged with; none is asked for when empty. */
  readonly categories: readonly string[]
  readonly lines: readonly PortalLine[]
  readonly limits: {
    readonly fileBytes: number
    readonly partBytes: number
    readonly contentTypes: readonly string[]
  }
}

export const noAnswer: PortalAnswer = { attachmentIds: [] }

/** Nothing is missing that the firm needs: a file, or a reason why there is none; and a category where one is asked for. */
export function isComplete(answer: PortalAnswer, categories: readonly string[]): boolean {
  const given =
    answer.kind === 'UPLOADED_SUPPORTING'
      ? answer.attachmentIds.length > 0
      : answer.kind === 'NO_SUPPORTING' && (answer.note ?? '').trim() !== ''
  return given && (categories.length === 0 || (answer.category ?? '') !== '')
}

export function sameAnswer(left: PortalAnswer, right: PortalAnswer): boolean {
  return (
    left.kind === right.kind &&
    (left.category ?? '') === (right.category ?? '') &&
    (left.note ?? '') === (right.note ?? '') &&
    left.attachmentIds.length === right.attachmentIds.length &&
    left.attachmentIds.every((id) => right.attachmentIds.includes(id))
  )
}
