import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, isoDateSchema } from './money-schema.ts'

/** CSV files that are small enough to be written while the browser waits. Larger reports are jobs. */
export const csvExportKinds = ['exceptions', 'escalations', 'flagged', 'fx-journal'] as const

export const exportContract = {
  download: endpoint({
    summary: 'A CSV file (UTF-8, RFC 4180); text cells cannot start a formula, amounts stay numbers.',
    audience: 'STAFF',
    params: z.strictObject({ kind: z.enum(csvExportKinds) }),
    query: z.strictObject({
      runId: idSchema.exactOptional(),
      from: isoDateSchema.exactOptional(),
      to: isoDateSchema.exactOptional(),
    }),
    produces: 'text/csv; charset=utf-8',
  }),
}
