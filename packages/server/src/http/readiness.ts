import { ReconError } from '@recon/core'
import { readSchemaVersion } from '../store/migrate-store.ts'
import type { Store } from '../store/store.ts'
import type { StoreOpening } from '../store-opening.ts'

/** Whether this process can serve: the database answers and has the schema this version expects. */
export async function readiness(opening: StoreOpening): Promise<Response> {
  const checks: { name: string; ok: boolean; message: string }[] = []
  let database: Store['kind'] = 'pglite'
  let schemaVersion: string | null = null
  try {
    const { store } = await opening.ready()
    database = store.kind
    schemaVersion = await readSchemaVersion(store.db)
    checks.push({ name: 'database', ok: true, message: 'answers' })
  } catch (error) {
    checks.push({ name: 'database', ok: false, message: ReconError.is(error) ? error.message : 'does not answer' })
  }
  const ok = checks.every((check) => check.ok)
  return Response.json(
    { status: ok ? 'ready' : 'unavailable', database, schemaVersion, checks },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
