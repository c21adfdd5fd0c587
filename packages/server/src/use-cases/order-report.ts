import type { ExportJob } from '@recon/client'
import { ReconError } from '@recon/core'
import type { Selectable } from 'kysely'
import type { ReportTable } from '../store/tables.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { readCursor, writeCursor } from './cursor.ts'

export interface ReportOrder {
  readonly kind: ExportJob['kind']
  readonly params?: Readonly<Record<string, unknown>>
}

/** Orders a report: a row people can follow, and the job that renders it, in one transaction. */
export async function orderReport(unit: UnitOfWork, order: ReportOrder): Promise<Selectable<ReportTable>> {
  const params = order.params ?? {}
  const runId = typeof params.runId === 'string' ? params.runId : null
  const row = await unit.db
    .insertInto('report')
    .values({
      tenant_id: unit.tenantId,
      id: unit.newId(),
      kind: order.kind,
      params: JSON.stringify(params),
      status: 'QUEUED',
      progress: 0,
      file_name: null,
      content_type: null,
      size: null,
      sha256: null,
      failure: null,
      run_id: runId,
      created_at: unit.now,
      created_by: unit.actor.id,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  unit.enqueue({ queue: 'report-render', data: { tenantId: unit.tenantId, reportId: row.id } })
  return row
}

export function exportJob(row: Selectable<ReportTable>, url: string | null): ExportJob {
  return {
    id: row.id,
    kind: row.kind as ExportJob['kind'],
    status: row.status as ExportJob['status'],
    progress: row.progress,
    fileName: row.file_name,
    size: row.size === null ? null : Number(row.size),
    sha256: row.sha256,
    failure: row.failure,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    url,
  }
}

/** @throws ReconError NOT_FOUND */
export async function findReport(unit: UnitOfWork, reportId: string): Promise<Selectable<ReportTable>> {
  const row = await unit.db
    .selectFrom('report')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', reportId)
    .executeTakeFirst()
  if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such export.', { place: 'exportId' })
  return row
}

/** Reports, newest first. */
export async function listReports(
  unit: UnitOfWork,
  query: { readonly runId?: string; readonly cursor?: string; readonly limit?: number },
): Promise<{ rows: Selectable<ReportTable>[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50
  let reports = unit.db
    .selectFrom('report')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit + 1)
  if (query.runId !== undefined) reports = reports.where('run_id', '=', query.runId)
  const cursor = readCursor(query.cursor, 'report')
  if (cursor !== undefined) {
    reports = reports.where((where) =>
      where.or([
        where('created_at', '<', cursor.value),
        where.and([where('created_at', '=', cursor.value), where('id', '>', cursor.id)]),
      ]),
    )
  }
  const found = await reports.execute()
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    nextCursor: found.length > limit && last !== undefined ? writeCursor('report', last.created_at, last.id) : null,
  }
}
