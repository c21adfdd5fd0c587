/** A row that could not be read: nothing of it was loaded, everything of it is here. */
export interface RejectedRow {
  readonly line: number
  readonly code: string
  readonly message: string
  /** The row as received. */
  readonly raw: string
}
