import type { csvExportKinds } from '@recon/client'
import { fxJournalReport } from '../reports/fx-journal-report.ts'
import { itemReport } from '../reports/item-report.ts'
import type { ItemFilter, ItemReader } from '../use-cases/item-filter.ts'

/** A CSV download. The rows are read inside the request's transaction, so the file is of one moment. */
export async function csvResponse(
  reader: ItemReader,
  kind: (typeof csvExportKinds)[number],
  filter: ItemFilter,
): Promise<Response> {
  const scope: ItemFilter = {
    ...(filter.runId === undefined ? {} : { runId: filter.runId }),
    ...(filter.from === undefined ? {} : { from: filter.from }),
    ...(filter.to === undefined ? {} : { to: filter.to }),
  }
  const parts = kind === 'fx-journal' ? fxJournalReport(reader, scope) : itemReport(reader, kind, scope)
  const lines: string[] = []
  for await (const part of parts) lines.push(part)
  return new Response(lines.join(''), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${kind}-${reader.now.slice(0, 10)}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
