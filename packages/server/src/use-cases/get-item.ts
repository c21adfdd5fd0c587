import type { ActivityEventRow, ItemRow } from '@recon/client'
import { ReconError } from '@recon/core'
import type { ItemReader } from './item-filter.ts'
import { listActivity } from './list-activity.ts'
import { fillItemRows } from './load-item-rows.ts'

const recordsInDetail = 5000

/** One item with all its records and its history, newest first. */
export async function getItem(reader: ItemReader, itemId: string): Promise<ItemRow & { history: ActivityEventRow[] }> {
  const row = await reader.db
    .selectFrom('item')
    .selectAll()
    .where('tenant_id', '=', reader.tenantId)
    .where('id', '=', itemId)
    .executeTakeFirst()
  const [item] = row === undefined ? [] : await fillItemRows(reader, [row], recordsInDetail)
  if (item === undefined) throw new ReconError('NOT_FOUND', 'There is no such item.', { place: 'itemId' })
  const history = await listActivity(reader, { subjectKind: 'review_item', subjectId: itemId, limit: 200 })
  return { ...item, history: history.rows }
}
