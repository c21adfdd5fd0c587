import { type CurrencyProof, linkProof, type MatchDecision } from '@recon/core'
import { sql } from 'kysely'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { runRecords } from './run-records.ts'

/** What became of the money of a run as the links stand now: those people made since count like the engine's. */
export async function proveRun(
  unit: UnitOfWork,
  runId: string,
): Promise<{ runId: string; at: string; proofs: readonly CurrencyProof[] }> {
  const { bankLines, bookEntries } = await runRecords(unit, runId)
  const links = await unit.db
    .selectFrom('link')
    .select('body')
    .where('tenant_id', '=', unit.tenantId)
    .where('run_id', '=', runId)
    .where('reversed_at', 'is', null)
    .execute()
  const items = await sql<{ record_id: string; scenario: string; status: string }>`
    select subject.record_id, item.scenario, item.status from recon.item item
      join recon.item_subject subject on subject.tenant_id = item.tenant_id and subject.item_id = item.id
    where item.tenant_id = ${unit.tenantId} and item.run_id = ${runId} and subject.side = 'BANK'`.execute(unit.db)
  const causes = new Map(items.rows.map((row) => [row.record_id, `BANK_${row.scenario}`]))
  const proofs = linkProof({
    bankLines,
    bookEntries,
    links: links.map((row) => {
      const { bankLineIds, bookEntryIds, adjustments = [] } = row.body as MatchDecision
      return { bankLineIds, bookEntryIds, adjustments }
    }),
    bankCause: (line) => causes.get(line.id) ?? 'BANK_UNMATCHED',
    bookCause: () => 'BOOK_OPEN',
  })
  return { runId, at: unit.now, proofs }
}
