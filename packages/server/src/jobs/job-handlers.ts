import type { Actor, Provider } from '@recon/core'
import { checkDrift } from '../collections/check-drift.ts'
import { recognizeWrite } from '../collections/recognize-write.ts'
import { sendTransfer } from '../collections/send-transfer.ts'
import { sendWriteback } from '../collections/send-writeback.ts'
import type { FileStorage } from '../files/file-storage.ts'
import { storageKey } from '../files/folder-storage.ts'
import type { MailTransport } from '../outbox/mail-transport.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { type MailRoom, sendMail } from '../outbox/send-mail.ts'
import { remindClient } from '../portal/remind-client.ts'
import { sendDigest } from '../portal/response-digest.ts'
import { type RenderReport, renderOrdered } from '../reports/render-report.ts'
import type { Fault } from '../store/unit-of-work.ts'
import { findReport } from '../use-cases/order-report.ts'
import { sweepTreasury } from '../use-cases/sweep-treasury.ts'
import type { Transact } from '../use-cases/use-cases.ts'
import type { JobHandlers, JobTask } from './job-system.ts'

export interface WorkServices {
  readonly transact: Transact
  readonly sealer: Sealer
  readonly storage: FileStorage
  readonly mail: MailTransport | undefined
  readonly render: RenderReport
  readonly providers: readonly Provider[]
  readonly fault?: Fault
}

export const workerActor: Actor = { id: 'worker', roles: ['SYSTEM'] }

const field = (task: JobTask, name: string): string => {
  const value = task.data[name]
  if (typeof value === 'string') return value
  throw new Error(`The job has no ${name}.`)
}

/** What every queue's jobs do. Each handler may run more than once for one job, and then does nothing the second time. */
export function jobHandlersOf(services: WorkServices): JobHandlers {
  const { transact, sealer, storage, mail, render } = services
  const room: MailRoom | undefined =
    mail === undefined
      ? undefined
      : {
          transport: mail,
          sealer,
          transact: (tenantId, work) => transact(tenantId, workerActor, work),
          attachments: (row) => attachmentsOf(services, row.tenant_id, row.body),
          ...(services.fault === undefined ? {} : { fault: services.fault }),
        }
  return {
    ...(room === undefined
      ? {}
      : {
          'mail-send': async (task) => {
            await sendMail(room, field(task, 'tenantId'), field(task, 'messageId'))
          },
        }),
    writeback: (task) => {
      const books = {
        transact,
        worker: workerActor,
        providers: services.providers,
        ...(services.fault === undefined ? {} : { fault: services.fault }),
      }
      const { tenantId, remittanceId } = task.data
      return typeof remittanceId === 'string'
        ? sendTransfer(books, String(tenantId), remittanceId)
        : sendWriteback(books, field(task, 'tenantId'), field(task, 'mappingId'))
    },
    'drift-check': async (task) => {
      const books = { transact, worker: workerActor, providers: services.providers }
      if (typeof task.data.paymentId !== 'string')
        return checkDrift(books, field(task, 'tenantId'), field(task, 'placementId'))
      await recognizeWrite(books, field(task, 'tenantId'), field(task, 'provider'), task.data.paymentId)
    },
    'report-render': (task) =>
      renderOrdered({ storage, sealer, render, transact }, field(task, 'tenantId'), field(task, 'reportId')),
    reminder: async (task) => {
      const [generation, number] = [Number(task.data.generation), Number(task.data.number)]
      await transact(field(task, 'tenantId'), workerActor, (unit) =>
        remindClient(unit, { runId: field(task, 'runId'), generation, number }, sealer),
      )
    },
    sweep: (task) =>
      transact(field(task, 'tenantId'), workerActor, async (unit) => {
        const { more } = await sweepTreasury(unit)
        if (more) unit.enqueue({ queue: 'sweep', data: task.data })
      }),
    'response-digest': (task) =>
      transact(field(task, 'tenantId'), workerActor, (unit) =>
        sendDigest(unit, field(task, 'runId'), field(task, 'since'), sealer),
      ),
  }
}

async function attachmentsOf({ transact, storage }: WorkServices, tenantId: string, body: unknown) {
  const reportId = (body as { attachReportId?: unknown }).attachReportId
  if (typeof reportId !== 'string') return undefined
  const report = await transact(tenantId, workerActor, (unit) => findReport(unit, reportId))
  if (report.file_name === null || report.content_type === null) return undefined
  const content = await storage.read(storageKey(tenantId, 'report', reportId))
  return [{ fileName: report.file_name, contentType: report.content_type, content }]
}
