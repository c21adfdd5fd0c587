import { type Books, isoDate, type Provider, ReconError, type Writeback } from '@recon/core'
import * as z from 'zod'
import { createProviderHttp } from '../http.ts'
import { parseOptions } from '../provider-options.ts'
import { createRateLimit, type ProviderClock, systemClock } from '../rate-limit.ts'
import { createErpIntegration } from './erp-integration.ts'
import { entryOfExternalTransaction, externalTransactionPage } from './external-transaction.ts'
import { readFusionFault } from './oracle-fusion-error.ts'
import { buildReconciliationImport } from './reconciliation-import.ts'

const provider = 'oracle-fusion'

export interface OracleFusionOptions {
  /** The pod, without a path: `https://example.fa.us2.oraclecloud.com`. */
  readonly baseUrl: string
  /** The Authorization header's value: `Basic ...` or `Bearer ...`. Called before each request. */
  readonly authorization: () => Promise<string>
  /** Not confirmed from public documentation: compare with your pod, and set what differs. */
  readonly reconciliationImport?: {
    readonly jobName?: string
    readonly documentAccount?: string
    readonly parameterList?: string
    readonly fileName?: string
  }
  readonly frameworkVersion?: string
  readonly fetch?: typeof fetch
  readonly clock?: ProviderClock
  readonly timeoutMs?: number
}

const optionsSchema = z.strictObject({
  baseUrl: z.url(),
  authorization: z.custom<() => Promise<string>>((value) => typeof value === 'function'),
  reconciliationImport: z
    .strictObject({
      jobName: z.string().optional(),
      documentAccount: z.string().optional(),
      parameterList: z.string().optional(),
      fileName: z.string().optional(),
    })
    .optional(),
  frameworkVersion: z.string().optional(),
  fetch: z.custom<typeof fetch>((value) => typeof value === 'function').optional(),
  clock: z.custom<ProviderClock>((value) => typeof value === 'object' && value !== null).optional(),
  timeoutMs: z.number().int().positive().max(120_000).optional(),
})

const defaults = {
  jobName: 'oracle/apps/ess/financials/cashManagement/bankStatement,ImportExternalReconciliation',
  documentAccount: 'fin/cashManagement/import',
  parameterList: '#NULL',
  fileName: 'CeExternalReconInt.csv',
}

/**
 * Oracle Fusion Cash Management: external cash transactions by REST, and confirmed matches written back as the reconciliation
 * import with its asynchronous job. Statement lines and ledger entries have no REST resource: read their exports with
 * `readFusionExport`, `readStatementLines` and `readLedgerEntries`. There is no interface to undo a reconciliation.
 * @throws ReconError CONFIGURATION_INVALID
 */
export function oracleFusion(
  options: OracleFusionOptions,
): Provider & { readonly books: Books; readonly writeback: Writeback } {
  const settings = parseOptions(provider, optionsSchema, options)
  const clock = settings.clock ?? systemClock
  const given = settings.reconciliationImport ?? {}
  const job = {
    jobName: given.jobName ?? defaults.jobName,
    documentAccount: given.documentAccount ?? defaults.documentAccount,
    parameterList: given.parameterList ?? defaults.parameterList,
    fileName: given.fileName ?? defaults.fileName,
  }
  const http = createProviderHttp({
    provider,
    baseUrl: `${settings.baseUrl.replace(/\/$/, '')}/fscmRestApi/resources/11.13.18.05`,
    fetch: settings.fetch,
    clock,
    timeoutMs: settings.timeoutMs ?? 60_000,
    retries: 3,
    requestIdHeader: 'x-oracle-dms-ecid',
    rateLimit: createRateLimit({ windows: [{ requests: 10, milliseconds: 1000 }], concurrent: 4 }, clock),
    headers: async () => ({
      Authorization: await settings.authorization(),
      'REST-Framework-Version': settings.frameworkVersion ?? '4',
      Accept:
        'application/json, application/vnd.oracle.adf.resourcecollection+json, application/vnd.oracle.adf.error+json',
    }),
    readFault: readFusionFault,
  })
  const integration = createErpIntegration(http, job)
  return {
    name: provider,
    books: {
      fetchEntries: async (request) => {
        const offset = request.cursor ?? '0'
        if (!/^\d{1,9}$/.test(offset))
          throw new ReconError(
            'REQUEST_INVALID',
            `oracle-fusion: "${offset.slice(0, 40)}" is not a cursor of this provider.`,
            { provider },
          )
        const conditions = [
          ...(request.since === undefined ? [] : [`TransactionDate >= '${isoDate(request.since)}'`]),
          ...(request.until === undefined ? [] : [`TransactionDate <= '${isoDate(request.until)}'`]),
        ]
        const query = {
          limit: 499,
          offset,
          onlyData: 'true',
          orderBy: 'ExternalTransactionId',
          q: conditions.length === 0 ? undefined : conditions.join(' and '),
        }
        const { value } = await http.send({
          method: 'GET',
          path: 'cashExternalTransactions',
          query,
          schema: externalTransactionPage,
          repeatable: true,
          signal: request.signal,
        })
        // The server may return fewer rows than asked for: only its own count moves the window.
        const next = value.hasMore ? String(Number(offset) + value.items.length) : undefined
        const live = value.items.filter((item) => !/^void/i.test(item.Status ?? ''))
        return {
          entries: live.map(entryOfExternalTransaction),
          removedEntryIds: value.items
            .filter((item) => !live.includes(item))
            .map((item) => `XT:${item.ExternalTransactionId}:`),
          hasMore: next !== undefined && value.items.length > 0,
          warnings: [],
          ...(next === undefined ? {} : { cursor: next }),
        }
      },
    },
    writeback: {
      confirmMatches: async (confirmation) => {
        const file = buildReconciliationImport(confirmation, job.fileName)
        const sent = await integration.importZip(
          file.zip,
          `${confirmation.idempotencyKey.replaceAll(/[^\w-]/g, '_').slice(0, 80)}.zip`,
          confirmation.signal,
        )
        return {
          state: 'ACCEPTED',
          externalId: sent.jobId,
          ...(sent.requestId === undefined ? {} : { requestId: sent.requestId }),
        }
      },
      readOutcome: (externalId, call) => integration.readOutcome(externalId, call?.signal),
    },
  }
}
