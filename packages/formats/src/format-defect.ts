/**
 * What can be wrong with a file, one code each. `tolerable` defects load under `{ tolerate: [code] }` with a warning of
 * the same code; the others leave nothing that could be loaded safely.
 */
export const formatDefects = {
  // structure
  EMPTY_FILE: { tolerable: false },
  NO_STATEMENT: { tolerable: false },
  TRUNCATED: { tolerable: true },
  STRUCTURE_INVALID: { tolerable: false },
  RECORD_UNKNOWN: { tolerable: true },
  RECORD_MISPLACED: { tolerable: true },
  RECORD_JOINED: { tolerable: true },
  FIELD_MISSING: { tolerable: true },
  FIELD_INVALID: { tolerable: true },
  CONTROL_CHARACTER: { tolerable: true },
  CHARSET_INVALID: { tolerable: true },
  NAMESPACE_UNKNOWN: { tolerable: true },
  VERSION_UNSUPPORTED: { tolerable: true },
  ENTITY_DECLARED: { tolerable: false },
  // values
  AMOUNT_INVALID: { tolerable: false },
  AMOUNT_SIGNED: { tolerable: true },
  CURRENCY_INVALID: { tolerable: false },
  CURRENCY_MISMATCH: { tolerable: true },
  DATE_INVALID: { tolerable: true },
  DATE_ORDER_UNKNOWN: { tolerable: false },
  CODE_UNKNOWN: { tolerable: true },
  DIRECTION_UNKNOWN: { tolerable: false },
  CHECK_DIGIT_WRONG: { tolerable: true },
  ROW_INVALID: { tolerable: true },
  DUPLICATE_ID: { tolerable: true },
  DUPLICATE_STATEMENT: { tolerable: true },
  // control figures
  CONTROL_TOTAL_WRONG: { tolerable: true },
  CONTROL_COUNT_WRONG: { tolerable: true },
  CONTROL_HASH_WRONG: { tolerable: true },
  BALANCE_MISSING: { tolerable: true },
  BALANCE_MISMATCH: { tolerable: true },
  BALANCE_CHAIN_BROKEN: { tolerable: true },
  PAGE_MISSING: { tolerable: true },
} as const satisfies Record<string, { tolerable: boolean }>

export type FormatDefectCode = keyof typeof formatDefects

export interface DefectFacts {
  /** Says what was found and what to do. The code, line and expectation are added by the caller's error. */
  readonly message: string
  /** Physical line, from 1. */
  readonly line?: number
  readonly expected?: string
  readonly found?: string
}
