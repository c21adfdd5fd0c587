/** A record with optional fields that may still be undefined. */
export type MaybeFields<Record> = { [Field in keyof Record]: Record[Field] | undefined }

/** The record without its undefined and empty-text fields: absent facts are absent keys. */
export function presentFields<Record extends object>(fields: MaybeFields<Record>): Record {
  const present: Partial<Record> = {}
  for (const field in fields) {
    const value = fields[field]
    if (value !== undefined && value !== '') present[field] = value
  }
  return present as Record
}
