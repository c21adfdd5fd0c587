import { type BankLine, type BookEntry, canonicalReference } from '@recon/core'

/** Several identifiers, which may hash apart. */
export const manyReferences = 0
/** A row from before hashes were kept. */
export const unknownReference = -1

/** The identifiers that link by themselves, whatever the instrument. */
export function lineIdentifiers({ references }: BankLine): string[] {
  return canonical([references.endToEndId, references.checkNumber, references.structuredReference])
}

export function entryIdentifiers({ references }: BookEntry): string[] {
  const { paymentReference, transactionNumber, documentNumber, checkNumber } = references
  return canonical([paymentReference, transactionNumber, documentNumber, checkNumber])
}

function canonical(values: readonly (string | undefined)[]): string[] {
  const given = values.flatMap((value) =>
    value === undefined || value.trim() === '' ? [] : [canonicalReference(value)],
  )
  return [...new Set(given)]
}

/** FNV-1a of an identifier, from 1 up. */
export function referenceHash(identifier: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < identifier.length; at++) hash = Math.imul(hash ^ identifier.charCodeAt(at), 0x01000193)
  return hash >>> 1 || 1
}

/** What the column of a record says: its one identifier hashed, several, or null for none. */
export function recordHash(identifiers: readonly string[]): number | null {
  const [only] = identifiers
  return only === undefined ? null : identifiers.length > 1 ? manyReferences : referenceHash(only)
}
