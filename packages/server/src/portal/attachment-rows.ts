import type { Selectable } from 'kysely'
import type { AttachmentTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'

export interface AttachmentRow {
  readonly id: string
  readonly itemId: string
  readonly fileName: string
  readonly contentType: string
  readonly size: number
  readonly received: number
  readonly status: 'UPLOADING' | 'STORED' | 'QUARANTINED' | 'REFUSED'
  readonly sha256: string
  readonly refusal: string | null
}

export function attachmentRow(row: Selectable<AttachmentTable>): AttachmentRow {
  return {
    id: row.id,
    itemId: row.item_id,
    fileName: row.file_name,
    contentType: row.content_type,
    size: Number(row.size),
    received: Number(row.received),
    status: row.status as AttachmentRow['status'],
    sha256: row.sha256,
    refusal: row.refusal,
  }
}

/** Files of a run, oldest first. */
export async function attachmentsOf(unit: UnitOfWork, runId: string): Promise<AttachmentRow[]> {
  const rows = await unit.db
    .selectFrom('attachment')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(attachmentRow)
}
