/** How many bytes may be kept. */
export interface UploadRoom {
  readonly fileBytes: number
  /** All files of one contact for one request. */
  readonly contactBytes: number
  /** All files of one client of the firm, over all its requests. */
  readonly clientBytes: number
}

const megabyte = 1024 * 1024

/** What a contact may upload. Types are checked by content, not by name. */
export const uploadLimits = {
  fileBytes: 25 * megabyte,
  contactBytes: 250 * megabyte,
  clientBytes: 2048 * megabyte,
  partBytes: 4 * megabyte,
  contentTypes: ['application/pdf', 'image/png', 'image/jpeg', 'image/heic', 'text/csv', 'text/plain'],
}
/** Files of one contact and run, at most. */
export const mostFiles = 500
