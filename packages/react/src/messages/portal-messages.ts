/** Words of the client's page: for people who have never seen accounting software. */
export interface PortalMessages {
  readonly from: (firm: string, client: string) => string
  readonly title: (count: number) => string
  readonly intro: (period: string | null, total: string) => string
  readonly firmNote: (firm: string) => string
  readonly answered: (done: number, total: number) => string
  readonly saved: string
  readonly savedJustNow: string
  readonly saving: string
  readonly offline: string
  readonly conflictSomewhere: string
  readonly refusedSomewhere: string
  readonly unkept: string
  readonly addDocument: string
  readonly addAnother: string
  readonly takePhoto: string
  readonly dropHere: string
  readonly noDocument: string
  readonly hasDocument: string
  readonly change: string
  readonly whatWasIt: string
  readonly choose: string
  readonly note: string
  readonly noteHint: string
  readonly noteOptional: string
  readonly missingNote: string
  readonly missingFile: string
  readonly missingCategory: string
  readonly asks: (firm: string) => string
  readonly uploading: (done: string, total: string) => string
  readonly uploaded: (size: string) => string
  readonly uploadFailed: string
  readonly uploadRefused: string
  readonly tooLarge: (limit: string) => string
  readonly wrongType: string
  readonly remove: (file: string) => string
  readonly conflictTitle: string
  readonly conflictHint: string
  readonly mine: string
  readonly theirs: string
  readonly keepMine: string
  readonly keepTheirs: string
  readonly noText: string
  readonly send: (count: number) => string
  readonly nothingToSend: string
  readonly sent: string
  readonly sentSummaryDocument: (files: number) => string
  readonly sentSummaryNone: (note: string) => string
  readonly settled: string
  readonly doneTitle: string
  readonly doneAll: (firm: string) => string
  readonly doneSome: (left: number, until: string) => string
  readonly back: string
  readonly until: (date: string) => string
  readonly gone: Readonly<Record<'EXPIRED' | 'REPLACED' | 'SIGNED_OUT' | 'FAILED', { title: string; body: string }>>
  readonly payment: (date: string, amount: string) => string
}
