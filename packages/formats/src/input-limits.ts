import { ReconError } from '@recon/core'

/**
 * Bounds every reader keeps. A file beyond one of them is refused with INPUT_TOO_LARGE or INPUT_TIMEOUT before it costs
 * more memory or time than stated here; `details.limit` names the bound.
 */
export interface InputLimits {
  /** Bytes of the file as given. */
  readonly maxBytes: number
  /** Bytes after unpacking (XLSX). */
  readonly maxUnpackedBytes: number
  /** Lines, statements, records or rows. */
  readonly maxRecords: number
  /** What one record, statement or booking holds: balances, elements, payments of a batch. */
  readonly maxParts: number
  /** Characters of one physical line or one text node. */
  readonly maxLineLength: number
  /** Characters of one logical record with its continuations. */
  readonly maxRecordLength: number
  /** Nesting of elements. */
  readonly maxDepth: number
  /** Columns of a table. */
  readonly maxColumns: number
  /** Warnings kept; beyond it the file is refused as too broken to report on. */
  readonly maxWarnings: number
  /** Wall-clock time of one parse, in milliseconds. */
  readonly maxMilliseconds: number
}

export const defaultInputLimits: InputLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxUnpackedBytes: 256 * 1024 * 1024,
  maxRecords: 5_000_000,
  maxParts: 200_000,
  maxLineLength: 64 * 1024,
  maxRecordLength: 1024 * 1024,
  maxDepth: 64,
  maxColumns: 512,
  maxWarnings: 10_000,
  maxMilliseconds: 300_000,
}

export function inputLimits(overrides: Partial<InputLimits> = {}): InputLimits {
  return { ...defaultInputLimits, ...overrides }
}

/** @throws ReconError INPUT_TOO_LARGE when `value` is above the bound */
export function withinLimit(limits: InputLimits, limit: keyof InputLimits, value: number, place?: string): void {
  const bound = limits[limit]
  if (value <= bound) return
  throw new ReconError(
    'INPUT_TOO_LARGE',
    `The file goes beyond ${limit} (${bound}). Split the file, or raise limits.${limit} where the input is trusted.`,
    { details: { limit, bound, reason: 'LIMIT_EXCEEDED' }, ...(place === undefined ? {} : { place }) },
  )
}
