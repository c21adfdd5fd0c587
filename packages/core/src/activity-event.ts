import type { IsoInstant } from './records/iso-date.ts'

/**
 * One line of the activity log: what happened to one subject, by whom, when. Written once, never edited, in the same
 * transaction as the change. The store adds its own id, tenant and hash chain. Names and data are in activity-catalogue.ts.
 */
export interface ActivityEvent<Name extends string = string, Data = unknown> {
  readonly name: Name
  readonly at: IsoInstant
  readonly actorId: string
  readonly subject: { readonly kind: string; readonly id: string }
  /** The subject's version after the change; versions have no gaps. */
  readonly version: number
  readonly data: Data
}
