import type { RunState } from '@recon/client'
import { ReconError, type UnreconciledItem } from '@recon/core'
import type { FileStorage } from '../files/file-storage.ts'
import type { JobSystem } from '../jobs/job-system.ts'
import type { Sealer } from '../outbox/sealed-secret.ts'
import { attachmentRow } from '../portal/attachment-rows.ts'
import { endSession, type PortalVisitor } from '../portal/portal-session-store.ts'
import type { PortalSetup } from '../portal/portal-setup.ts'
import { loadContacts, loadStatementRun, statementRunState } from '../portal/statement-run.ts'
import { uploadLimits } from '../portal/upload-limits.ts'
import { completeRun } from '../use-cases/complete-run.ts'
import { dispatchRun } from '../use-cases/dispatch-run.ts'
import { listOutbox, resendMail } from '../use-cases/list-outbox.ts'
import { rematchRun } from '../use-cases/match-statement.ts'
import { exportJob, findReport, listReports, orderReport } from '../use-cases/order-report.ts'
import type { PlanRun } from '../use-cases/plan-run.ts'
import { answerItem, readPortalRequest } from '../use-cases/portal-request.ts'
import { listParkedJobs, redriveJob } from '../use-cases/redrive-jobs.ts'
import { resolveItem, unreconciledRows } from '../use-cases/resolve-item.ts'
import { listClients, saveClient, saveContact } from '../use-cases/save-client.ts'
import { loadFirmSettings, saveSettings } from '../use-cases/save-settings.ts'
import { beginUpload, findUpload, type UploadSetup, uploadPart } from '../use-cases/upload-file.ts'
import type { Call, Handlers } from './handlers.ts'
import { readBody } from './read-request.ts'
import { readSignedFile, signFile } from './signed-file.ts'

export interface FirmServices {
  readonly planRun: PlanRun
  readonly portal: () => PortalSetup
  readonly sealer: Sealer
  readonly storage: FileStorage
  readonly uploads: UploadSetup
  readonly jobs: () => Promise<JobSystem>
  readonly mount: string
}

type FirmHandlers = Pick<Handlers, 'clients' | 'bookkeeping' | 'portal' | 'outbox' | 'settings'>
type JobHandlers = Pick<Handlers['jobs'], 'parked' | 'redrive'>
type ExportHandlers = Omit<Handlers['exports'], 'download'>

/** The routes of a bookkeeping firm and of its clients. */
export function firmHandlers(services: FirmServices): FirmHandlers {
  return {
    clients: {
      save: ({ unit, input }) => saveClient(unit, input),
      list: ({ unit, input }) => listClients(unit, input),
      saveContact: ({ unit, input }) => saveContact(unit, input),
      contacts: async ({ unit, input }) => {
        const all = await loadContacts(unit, input.clientId)
        return { rows: input.eligible === true ? all.filter((one) => one.active && one.canSubmitIntake) : all }
      },
    },
    bookkeeping: bookkeepingHandlers(services),
    portal: portalHandlers(services),
    outbox: {
      list: ({ unit, input }) => listOutbox(unit, input),
      resend: ({ unit, input }) => resendMail(unit, input),
    },
    settings: {
      get: ({ unit }) => loadFirmSettings(unit),
      save: ({ unit, input }) => saveSettings(unit, input),
    },
  }
}

function bookkeepingHandlers(services: FirmServices): Handlers['bookkeeping'] {
  return {
    state: async ({ unit, input }): Promise<RunState> =>
      statementRunState(unit, await loadStatementRun(unit, input.runId)),
    unreconciled: async ({ unit, input }) => {
      const loaded = await loadStatementRun(unit, input.runId)
      const wanted = loaded.unreconciled.filter(
        (item) =>
          (input.status === undefined || item.status === input.status) &&
          (input.exceptions !== true || item.exception !== undefined),
      )
      return { rows: await unreconciledRows(unit, loaded, wanted) }
    },
    exceptions: async ({ unit }) => {
      const rows = await unit.db
        .selectFrom('unreconciled_item')
        .select('body')
        .where('tenant_id', '=', unit.tenantId)
        .where('exception', '=', true)
        .where('status', '!=', 'RESOLVED')
        .orderBy('updated_at')
        .limit(500)
        .execute()
      return { rows: rows.map((row) => row.body as UnreconciledItem), nextCursor: null }
    },
    rematch: ({ unit, input }) => rematchRun(unit, input, (name) => services.planRun(name)),
    dispatch: ({ unit, input }) => dispatchRun(unit, input, services.portal()),
    resolve: ({ unit, input }) => resolveItem(unit, input, services.sealer),
    complete: ({ unit, input }) => completeRun(unit, input),
  }
}

/** The client whose session the request carries; the router has checked that it stands. */
function visitorOf(call: Call<never> | Call<object>): PortalVisitor {
  if (call.visitor !== undefined) return call.visitor
  throw new ReconError('UNAUTHENTICATED', 'Open the link of the mail again.')
}

function portalHandlers(services: FirmServices): Handlers['portal'] {
  return {
    request: (call) => readPortalRequest(call.unit, visitorOf(call)),
    answer: (call) => answerItem(call.unit, visitorOf(call), call.input),
    beginUpload: (call) => beginUpload(call.unit, visitorOf(call), call.input, services.uploads),
    uploadPart: async (call) => {
      const bytes = await readBody(call.request, uploadLimits.partBytes)
      const { attachmentId, offset } = call.input
      return uploadPart(call.unit, visitorOf(call), { attachmentId, offset: Number(offset), bytes }, services.uploads)
    },
    upload: async (call) => ({
      attachment: attachmentRow(await findUpload(call.unit, visitorOf(call), call.input.attachmentId)),
    }),
    signOut: async (call) => {
      await endSession(call.unit, visitorOf(call).sessionId)
      return { ok: true, value: { ended: true } }
    },
  }
}

export function exportHandlers(services: FirmServices): ExportHandlers {
  const addressOf = (unit: Call<object>['unit'], row: Awaited<ReturnType<typeof findReport>>): string | null =>
    row.status === 'DONE' && row.file_name !== null && row.content_type !== null
      ? services.mount +
        signFile(
          {
            tenantId: unit.tenantId,
            kind: 'report',
            id: row.id,
            fileName: row.file_name,
            contentType: row.content_type,
          },
          unit.now,
          services.sealer,
        )
      : null
  return {
    create: async ({ unit, input }) => ({ ok: true, value: exportJob(await orderReport(unit, input), null) }),
    get: async ({ unit, input }) => {
      const row = await findReport(unit, input.exportId)
      return exportJob(row, addressOf(unit, row))
    },
    list: async ({ unit, input }) => {
      const { rows, nextCursor } = await listReports(unit, input)
      return { rows: rows.map((row) => exportJob(row, addressOf(unit, row))), nextCursor }
    },
    attachment: async ({ unit, input }) => {
      const row = await unit.db
        .selectFrom('attachment')
        .selectAll()
        .where('tenant_id', '=', unit.tenantId)
        .where('id', '=', input.attachmentId)
        .where('status', '=', 'STORED')
        .executeTakeFirst()
      if (row === undefined) throw new ReconError('NOT_FOUND', 'There is no such file.', { place: 'attachmentId' })
      const grant = {
        tenantId: unit.tenantId,
        kind: 'upload',
        id: row.id,
        fileName: row.file_name,
        contentType: row.content_type,
      } as const
      return { url: services.mount + signFile(grant, unit.now, services.sealer) }
    },
    file: ({ input, ambience }) => readSignedFile(input.token, ambience.now(), services.sealer, services.storage),
  }
}

export function jobHandlers(services: FirmServices): JobHandlers {
  return {
    parked: async ({ unit }) => listParkedJobs(unit, await services.jobs()),
    redrive: async ({ unit, input }) => redriveJob(unit, input, await services.jobs()),
  }
}
