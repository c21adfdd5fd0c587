import { ReconError } from '@recon/core'
import { readBankHeader, readLedgerHeader } from '../csv/canonical-columns.ts'
import type { ColumnMapping } from './column-mapping.ts'
import type { RejectedRow } from './rejected-row.ts'
import { missingColumns, namedColumns } from './row-layout.ts'
import type { TableRow } from './row-reading.ts'

/** What to say of a table in which no row is a header: what was looked for, and what the closest row lacks. */
export function headerMissing(
  target: 'bank' | 'ledger',
  mapping: ColumnMapping | undefined,
  rows: readonly TableRow[],
  rejected: RejectedRow | undefined,
): ReconError {
  const first = rows[0]
  if (first === undefined && rejected !== undefined) {
    return new ReconError('FORMAT_INVALID', `Line ${rejected.line}: ${rejected.message} No other row could be read.`, {
      place: `line ${rejected.line}`,
      details: { reason: rejected.code, line: rejected.line },
    })
  }
  if (first === undefined) {
    return new ReconError('FORMAT_INVALID', 'The file is empty. Ask the sender to send it again.', {
      details: { reason: 'EMPTY_FILE' },
    })
  }
  const closest = mapping
    ? rows.map((row) => missingColumns(mapping, row.fields)).sort((left, right) => left.length - right.length)[0]
    : (target === 'bank' ? readBankHeader(first.fields) : readLedgerHeader(first.fields)).missing
  const names = (closest ?? []).slice(0, 10).map((name) => `"${name}"`)
  const wanted = mapping ? `all ${namedColumns(mapping).length} columns of the mapping` : 'the required columns'
  return new ReconError(
    'FORMAT_INVALID',
    `No row among the first ${rows.length} is a header with ${wanted}; missing: ${names.join(', ')}. Name the columns as documented, or give a mapping.`,
    {
      place: `line ${first.line}`,
      details: { reason: 'FIELD_MISSING', line: first.line, missing: closest ?? [] },
    },
  )
}
