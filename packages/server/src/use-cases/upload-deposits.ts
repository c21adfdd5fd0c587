import { allow, type Decision, missingPermission, moveSource } from '@recon/core'
import type { FeedSource } from '../deposits/fetch-deposits.ts'
import { requireSubject, storeChange } from '../store/subject-rows.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { importRecords, type RejectedRecord } from './import-records.ts'
import type { PlanRun } from './plan-run.ts'
import { startRun } from './start-run.ts'
import { type SourceView, sourceView } from './work-deposit-source.ts'

export interface DepositUpload {
  readonly sourceId: string
  readonly fileName: string
  readonly format?: string
  readonly bankLines: readonly unknown[]
}

export interface UploadedDeposits {
  readonly row: SourceView
  readonly bankLines: number
  readonly known: number
  readonly rejected: readonly Omit<RejectedRecord, 'collection'>[]
  readonly runId: string | null
}

/**
 * A person brings the deposits of a source as a file. It works while the bank's password is refused, too: the money is there, and
 * the source keeps saying what is wrong with it.
 */
export async function uploadDeposits(
  unit: UnitOfWork,
  input: DepositUpload,
  planRun: PlanRun,
): Promise<Decision<UploadedDeposits>> {
  const missing = missingPermission(unit.actor, 'source.refresh', 'PAYMENTS_DESK')
  if (missing) return { ok: false, refusal: missing }
  const source = await requireSubject<FeedSource>(unit, 'deposit_source', input.sourceId)
  const { bankLines, fileName, format } = input
  const stored = await importRecords(unit, { bankLines, fileName, ...(format === undefined ? {} : { format }) })
  if (!stored.ok) return stored
  const policy = source.reconcileUniqueMatches ? 'payments-desk-automatic' : 'payments-desk'
  const run =
    stored.value.bankLines === 0
      ? undefined
      : await startRun(unit, { name: `Upload of ${fileName}`.slice(0, 200) }, planRun(policy))
  const moved = moveSource(source, 'fetched', { now: unit.now, actorId: unit.actor.id })
  const fresh = moved.ok ? (moved.value.subject as FeedSource) : source
  if (moved.ok) await storeChange(unit, 'deposit_source', source, { ...moved.value, subject: fresh })
  return allow({
    row: sourceView(fresh, unit.now),
    bankLines: stored.value.bankLines,
    known: stored.value.known,
    rejected: stored.value.rejected.map(({ collection: _collection, ...one }) => one),
    runId: run?.ok === true ? run.value.id : null,
  })
}
