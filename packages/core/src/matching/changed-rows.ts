import { compareIds, indexOfId, inIdOrder } from './id-order.ts'

interface Identified {
  readonly id: string
}

/**
 * Rows in the order of their ids after a change: removed, replaced where the id is known, added where it is not. The same array
 * when nothing changed: ids that were never there, and records sent again as they were, are no change.
 * @throws ReconError RECORD_DUPLICATE_ID when a record is sent twice
 */
export function changedRows<Row extends Identified>(
  rows: readonly Row[],
  sent: readonly Row[],
  removed: readonly string[],
  side: string,
): readonly Row[] {
  const gone = new Set(removed.map((id) => indexOfId(rows, id)).filter((at) => at >= 0))
  const added = inIdOrder(sent, side).filter((row) => {
    const at = indexOfId(rows, row.id)
    return at < 0 || gone.has(at) || !isEqualRecord(rows[at], row)
  })
  if (gone.size === 0 && added.length === 0) return rows
  for (const { id } of added) gone.add(indexOfId(rows, id))
  const merged: Row[] = []
  let next = 0
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as Row
    for (let first = added[next]; first !== undefined && compareIds(first.id, row.id) < 0; first = added[++next])
      merged.push(first)
    if (!gone.has(at)) merged.push(row)
  }
  for (; next < added.length; next++) merged.push(added[next] as Row)
  return merged
}

/** Whether two records say the same, field by field; an absent field is undefined. */
function isEqualRecord(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!isEqualRecord(left[key as keyof typeof left], right[key as keyof typeof right])) return false
  }
  return true
}
