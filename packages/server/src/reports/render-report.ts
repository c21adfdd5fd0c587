import { type Actor, ReconError } from '@recon/core'
import type { FileStorage } from '../files/file-storage.ts'
import { storageKey } from '../files/folder-storage.ts'
import { queueMail } from '../outbox/queue-mail.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { sha256 } from '../store/digest.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { ItemFilter } from '../use-cases/item-filter.ts'
import type { RemittanceFilter } from '../use-cases/list-remittances.ts'
import { findReport } from '../use-cases/order-report.ts'
import { loadFirmSettings } from '../use-cases/save-settings.ts'
import { fxJournalReport } from './fx-journal-report.ts'
import { itemReport } from './item-report.ts'
import { remittanceReport } from './remittance-report.ts'
import { readRunReport, runReportCsv, runReportPdf } from './run-report.ts'
import { statementReport } from './statement-report.ts'

export interface RenderedFile {
  readonly fileName: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

type Params = Readonly<Record<string, unknown>>
export type RenderReport = (unit: UnitOfWork, kind: string, params: Params) => Promise<RenderedFile>

const csv = 'text/csv; charset=utf-8'
const pdf = 'application/pdf'

async function gather(parts: AsyncIterable<string>): Promise<Uint8Array> {
  const lines: string[] = []
  for await (const part of parts) lines.push(part)
  return new TextEncoder().encode(lines.join(''))
}

function filterOf(params: Params): ItemFilter {
  const named = (name: string) => (typeof params[name] === 'string' ? { [name]: params[name] } : {})
  return { ...named('runId'), ...named('from'), ...named('to') }
}

function remittanceFilterOf(params: Params): RemittanceFilter {
  const named = (name: string) => (typeof params[name] === 'string' ? { [name]: params[name] } : {})
  return { ...named('creditorId'), ...named('placementId'), ...named('status'), ...named('from'), ...named('to') }
}

/** The bytes of a report of a kind. @throws ReconError REQUEST_INVALID for an unknown kind */
export const renderReport: RenderReport = async (unit, kind, params) => {
  const day = unit.now.slice(0, 10)
  switch (kind) {
    case 'exceptions':
    case 'escalations':
    case 'flagged':
      return {
        fileName: `${kind}-${day}.csv`,
        contentType: csv,
        bytes: await gather(itemReport(unit, kind, filterOf(params))),
      }
    case 'fx-journal':
      return {
        fileName: `fx-journal-${day}.csv`,
        contentType: csv,
        bytes: await gather(fxJournalReport(unit, filterOf(params))),
      }
    case 'remittances':
      return {
        fileName: `remittances-${day}.csv`,
        contentType: csv,
        bytes: await gather(remittanceReport(unit, remittanceFilterOf(params))),
      }
    case 'creditor-statement-pdf': {
      const { fileName, bytes } = await statementReport(unit, params)
      return { fileName, contentType: pdf, bytes }
    }
    case 'run-report-csv':
    case 'run-report-pdf': {
      const report = await readRunReport(unit, String(params.runId))
      const name = `reconciliation-${report.loaded.run.id}`
      return kind === 'run-report-pdf'
        ? { fileName: `${name}.pdf`, contentType: pdf, bytes: runReportPdf(report) }
        : { fileName: `${name}.csv`, contentType: csv, bytes: new TextEncoder().encode(runReportCsv(report)) }
    }
    default:
      throw new ReconError('REQUEST_INVALID', `There is no report of kind "${kind.slice(0, 40)}".`, { place: 'kind' })
  }
}

export interface ReportRoom {
  readonly storage: FileStorage
  readonly sealer: Sealer
  readonly render: RenderReport
  readonly transact: <Result>(
    tenantId: string,
    actor: Actor,
    work: (unit: UnitOfWork) => Promise<Result>,
  ) => Promise<Result>
}

const worker: Actor = { id: 'reports', roles: ['SYSTEM'] }

/** Renders one ordered report to the storage. Done already: nothing to do, so a repeat of the job is harmless. */
export async function renderOrdered(room: ReportRoom, tenantId: string, reportId: string): Promise<void> {
  const order = await room.transact(tenantId, worker, async (unit) => {
    const row = await findReport(unit, reportId)
    if (row.status === 'DONE') return undefined
    await setReport(unit, reportId, { status: 'RENDERING', progress: 0.1, failure: null })
    return row
  })
  if (order === undefined) return
  try {
    const file = await room.transact(tenantId, worker, (unit) => room.render(unit, order.kind, order.params as Params))
    await room.storage.write(storageKey(tenantId, 'report', reportId), file.bytes)
    await room.transact(tenantId, worker, async (unit) => {
      await setReport(unit, reportId, {
        status: 'DONE',
        progress: 1,
        file_name: file.fileName,
        content_type: file.contentType,
        size: BigInt(file.bytes.byteLength),
        sha256: sha256(file.bytes),
        finished_at: unit.now,
      })
      if ((order.params as Params).mail === true)
        await mailReport(room, unit, String((order.params as Params).runId), reportId)
      unit.announce(`export:${reportId}`)
    })
  } catch (error) {
    const failure = error instanceof Error ? error.message.slice(0, 300) : 'unknown'
    await room.transact(tenantId, worker, (unit) => setReport(unit, reportId, { status: 'FAILED', failure }))
    throw error
  }
}

interface ReportChange {
  readonly status: string
  readonly progress?: number
  readonly file_name?: string
  readonly content_type?: string
  readonly size?: bigint
  readonly sha256?: string
  readonly failure?: string | null
  readonly finished_at?: string
}

async function setReport(unit: UnitOfWork, reportId: string, change: ReportChange): Promise<void> {
  await unit.db
    .updateTable('report')
    .set(change)
    .where('tenant_id', '=', unit.tenantId)
    .where('id', '=', reportId)
    .execute()
}

async function mailReport(room: ReportRoom, unit: UnitOfWork, runId: string, reportId: string): Promise<void> {
  const firm = await loadFirmSettings(unit)
  const report = await readRunReport(unit, runId)
  const { run, client } = report.loaded
  for (const recipient of firm.notify) {
    await queueMail(
      unit,
      {
        template: 'reconciliation-report',
        recipient,
        subject: `Reconciliation complete: ${client.legalName}`,
        runId,
        params: {
          clientName: client.legalName,
          statement: run.statementId,
          period: `${run.periodStart} to ${run.periodEnd}`,
          matched: report.lines.filter((line) => line.entryIds.length > 0).length,
          resolved: report.loaded.unreconciled.length,
          attachReportId: reportId,
        },
      },
      room.sealer,
    )
  }
}
