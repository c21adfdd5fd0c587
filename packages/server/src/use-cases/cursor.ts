import { ReconError } from '@recon/core'

export interface Cursor {
  readonly value: string
  readonly id: string
}

/** The place after the last row of a page: opaque to callers, bound to its sort order. */
export function writeCursor(sort: string, value: string, id: string): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')
}

/** @throws ReconError REQUEST_INVALID for a cursor that is not ours or of another order */
export function readCursor(text: string | undefined, sort: string): Cursor | undefined {
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === sort) {
      const [, value, id] = parsed as unknown[]
      if (typeof value === 'string' && typeof id === 'string' && id.isWellFormed() && !id.includes('\u0000')) {
        return { value, id }
      }
    }
  } catch {
    // Falls through to the one error for all bad cursors.
  }
  throw new ReconError('REQUEST_INVALID', 'This cursor does not belong to this list. Start again without one.', {
    place: 'cursor',
  })
}
