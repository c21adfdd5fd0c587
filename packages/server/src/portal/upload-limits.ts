/** What a contact may upload. Types are checked by content, not by name. */
export const uploadLimits = {
  fileBytes: 25 * 1024 * 1024,
  contactBytes: 250 * 1024 * 1024,
  partBytes: 4 * 1024 * 1024,
  contentTypes: ['application/pdf', 'image/png', 'image/jpeg', 'image/heic', 'text/csv', 'text/plain'],
}
/** Files of one contact and run, at most. */
export const mostFiles = 500
