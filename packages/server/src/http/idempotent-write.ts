import { ReconError } from '@recon/core'
import { sql } from 'kysely'
import type { UnitOfWork } from '../store/unit-of-work.ts'

/** An answer as it goes over the wire: kept byte for byte, so that a repeat gets the same. */
export interface WireAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const keyPattern = /^[\x21-\x7e]{1,200}$/

/** @throws ReconError REQUEST_INVALID when a write carries no usable key */
export function idempotencyKey(request: Request): string {
  const key = request.headers.get('idempotency-key')
  if (key !== null && keyPattern.test(key)) return key
  throw new ReconError(
    'REQUEST_INVALID',
    'A write needs an Idempotency-Key header of 1 to 200 visible ASCII characters, the same for every repeat of the request.',
    { place: 'idempotency-key' },
  )
}

/**
 * Runs a write at most once per key, in the transaction of its effects: the key and the answer are stored with them or not at
 * all. A repeat gets the stored answer; the key with another request is refused; a repeat while the first runs is told so.
 * @throws ReconError IDEMPOTENCY_CONFLICT, IDEMPOTENCY_IN_FLIGHT
 */
export async function idempotentWrite(
  unit: UnitOfWork,
  key: string,
  requestHash: string,
  work: () => Promise<WireAnswer>,
): Promise<WireAnswer & { replayed: boolean }> {
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${unit.tenantId}\n${key}`}, 0)) as free`.execute(unit.db)
  if (lock.rows[0]?.free !== true) {
    throw new ReconError(
      'IDEMPOTENCY_IN_FLIGHT',
      'The first request with this key is still running. Repeat in a moment.',
    )
  }
  const known = await unit.db
    .selectFrom('idempotency')
    .selectAll()
    .where('tenant_id', '=', unit.tenantId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (known !== undefined) {
    if (known.request_hash !== requestHash) {
      throw new ReconError('IDEMPOTENCY_CONFLICT', 'This key was used for another request. Use a new key.', {
        place: 'idempotency-key',
      })
    }
    return { status: known.status, contentType: known.content_type, body: known.body, replayed: true }
  }
  const answer = await work()
  await unit.db
    .insertInto('idempotency')
    .values({
      tenant_id: unit.tenantId,
      key,
      request_hash: requestHash,
      status: answer.status,
      content_type: answer.contentType,
      body: answer.body,
      created_at: unit.now,
    })
    .execute()
  return { ...answer, replayed: false }
}
