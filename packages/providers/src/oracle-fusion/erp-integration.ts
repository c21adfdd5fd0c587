import { ReconError, type WritebackOutcome } from '@recon/core'
import { strFromU8, unzipSync } from 'fflate'
import * as z from 'zod'
import type { ProviderHttp } from '../http.ts'
import { base64OfBytes } from '../webhook-signature.ts'
import { readFusionExport } from './fusion-export.ts'

const provider = 'oracle-fusion'

/** Numbers arrive as their text; Fusion writes ids sometimes as text itself. */
const requested = z.object({ ReqstId: z.string() })
const jobStatus = z.object({
  items: z.array(z.object({ ReqstId: z.string().nullish(), RequestStatus: z.string().nullish() })).min(1),
})
const jobDocuments = z.object({ items: z.array(z.object({ DocumentContent: z.string().nullish() })) })

export interface ImportJob {
  readonly jobName: string
  readonly documentAccount: string
  readonly parameterList: string
}

type Signal = AbortSignal | undefined

export interface ErpIntegration {
  readonly importZip: (
    zip: Uint8Array,
    fileName: string,
    signal: Signal,
  ) => Promise<{ readonly jobId: string; readonly requestId: string | undefined }>
  /** Follows the job to its end and reads what it says about each row. */
  readonly readOutcome: (jobId: string, signal: Signal) => Promise<WritebackOutcome>
}

const path = 'erpintegrations'
const largestOutput = 32 * 1024 * 1024

export function createErpIntegration(http: ProviderHttp, job: ImportJob): ErpIntegration {
  return {
    importZip: async (zip, fileName, signal) => {
      const json = {
        OperationName: 'importBulkData',
        DocumentContent: base64OfChunks(zip),
        ContentType: 'zip',
        FileName: fileName,
        DocumentAccount: job.documentAccount,
        JobName: job.jobName,
        ParameterList: job.parameterList,
        CallbackURL: '#NULL',
        NotificationCode: '10',
      }
      // There is no idempotency key here: an import that may have arrived is not sent again without a person's decision.
      const sent = await http.send({ method: 'POST', path, json, schema: requested, repeatable: false, signal })
      return { jobId: sent.value.ReqstId, requestId: sent.requestId }
    },
    readOutcome: async (jobId, signal) => {
      if (!/^\d{1,20}$/.test(jobId))
        throw new ReconError('REQUEST_INVALID', `oracle-fusion: "${jobId.slice(0, 30)}" is not a job id.`, { provider })
      const query = { finder: `ESSJobStatusRF;requestId=${jobId}` }
      const { value } = await http.send({ method: 'GET', path, query, schema: jobStatus, repeatable: true, signal })
      const status = (value.items[0]?.RequestStatus ?? '').toUpperCase()
      if (running.has(status)) return { state: 'ACCEPTED' }
      const failed = await failedRows(http, jobId, signal)
      if (status === 'SUCCEEDED' && failed.length === 0) return { state: 'DONE', externalId: jobId }
      const message =
        failed.length > 0
          ? failed
              .map((row) => row.message)
              .slice(0, 5)
              .join('; ')
          : `the job ended as ${status === '' ? 'unknown' : status}`
      return { state: 'FAILED', message, failedIds: [...new Set(failed.map((row) => row.reference))] }
    },
  }
}

const running = new Set(['WAIT', 'READY', 'RUNNING', 'BLOCKED', 'PAUSED', 'COMPLETED', 'HOLD', 'PENDING_VALIDATION'])

function base64OfChunks(bytes: Uint8Array): string {
  const parts: string[] = []
  const size = 3 * 8192
  for (let at = 0; at < bytes.length; at += size) parts.push(base64OfBytes(bytes.subarray(at, at + size)))
  return parts.join('')
}

/** A job may succeed and still have left rows behind: the output's PROCESS_ERROR_MESSAGE names them. */
async function failedRows(
  http: ProviderHttp,
  jobId: string,
  signal: Signal,
): Promise<{ readonly reference: string; readonly message: string }[]> {
  const query = { finder: `ESSExecutionDetailsRF;requestId=${jobId},fileType=OUT` }
  const { value } = await http.send({ method: 'GET', path, query, schema: jobDocuments, repeatable: true, signal })
  const content = value.items[0]?.DocumentContent
  if (!content) return []
  const files = unzipSync(
    Uint8Array.from(atob(content), (character) => character.charCodeAt(0)),
    { filter: (file) => file.name.endsWith('.csv') && file.originalSize <= largestOutput },
  )
  const failed = []
  for (const bytes of Object.values(files)) {
    if (!strFromU8(bytes.subarray(0, 4096)).includes('PROCESS_ERROR_MESSAGE')) continue
    for (const row of await readFusionExport(bytes)) {
      const message = row.cells.get('PROCESS_ERROR_MESSAGE') ?? ''
      if (message !== '') failed.push({ reference: row.cells.get('EXTERNAL_RECON_REFERENCE') ?? '', message })
    }
  }
  return failed
}
