import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { sha256 } from '../store/digest.ts'
import type { Store } from '../store/store.ts'
import type { ReconHarness } from './recon-harness.ts'

/**
 * Records of many accounts, made inside the database: per account, lines that match by reference, by a reference with leading
 * zeros, that have two entries, or none. `lines` counts both sides together.
 */
export async function fillAccounts(store: Store, tenantId: string, lines: number, accounts: number): Promise<void> {
  const each = Math.floor(lines / 2 / accounts)
  for (let account = 0; account < accounts; account++) {
    const place = sql`${sql.lit(tenantId)}, null::text, 'import-1', 'ACC-' || ${sql.lit(account)}`
    const id = sql`${sql.lit(account)} || '-' || n`
    const amount = sql`(-100 * (n % 900 + 1) - ${sql.lit(account)})`
    const money = sql`jsonb_build_object('currency', 'USD', 'amount', to_char(${amount}::numeric / 100, 'FM999999990.00'))`
    const reference = sql`'PAY' || ${sql.lit(account + 10)} || (100000 + n)`
    await sql`insert into recon.bank_line (tenant_id, client_id, import_id, account, id, currency, amount_minor, date, status,
        search_text, body_hash, body)
      select ${place}, 'B' || ${id}, 'USD', ${amount}, date '2026-11-01' + n % 20, 'POSTED', '', md5(n::text),
        jsonb_build_object('id', 'B' || ${id}, 'account', 'ACC-' || ${sql.lit(account)}, 'status', 'POSTED', 'instrument', 'WIRE',
          'bookingDate', (date '2026-11-01' + n % 20)::text, 'amount', ${money},
          'references', jsonb_build_object('endToEndId', (case n % 5 when 1 then '000' else '' end) || ${reference}))
      from generate_series(1, ${sql.lit(each)}) as n`.execute(store.db)
    await sql`insert into recon.book_entry (tenant_id, client_id, import_id, account, id, currency, amount_minor, date, kind, closed,
        search_text, body_hash, body)
      select ${place}, 'L' || ${id} || again, 'USD', ${amount}, date '2026-11-01' + n % 20, 'GL_ENTRY', false, '', md5(n::text),
        jsonb_build_object('id', 'L' || ${id} || again, 'account', 'ACC-' || ${sql.lit(account)}, 'kind', 'GL_ENTRY',
          'instrument', 'WIRE', 'date', (date '2026-11-01' + n % 20)::text, 'amount', ${money},
          'references', jsonb_build_object('paymentReference', ${reference}))
      from generate_series(1, ${sql.lit(each)}) as n, unnest(case n % 50 when 3 then array['', '-again'] else array[''] end) as again
      where n % 50 <> 4`.execute(store.db)
  }
  await sql`analyze recon.bank_line`.execute(store.db)
  await sql`analyze recon.book_entry`.execute(store.db)
}

/** Orders a run of everything open that workers match in parts; its id. */
export async function orderPartedRun(harness: ReconHarness, tenantId: string): Promise<string> {
  const run = await harness.client({ tenantId }).runs.create({ policy: 'cash-management', wait: false })
  assert.ok(run.ok)
  return run.value.id
}

/** What a run came to, without ids and times of its own: equal for equal results. */
export async function runOutcome(
  store: Store,
  tenantId: string,
): Promise<{ digest: string; items: number; status: string }> {
  const items = await sql<{ row: string }>`
    select concat_ws(' ', id, scenario, status, bucket, amount_minor, body #>> '{decision,id}', body #>> '{decision,matchId}',
      (select string_agg(m ->> 'id', ',') from jsonb_array_elements(body -> 'matches') as found (m))) as row
    from recon.item where tenant_id = ${tenantId} order by id`.execute(store.db)
  const run = await store.db
    .selectFrom('run')
    .select(['stats', 'proofs', 'status'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  const content = [...items.rows.map((row) => row.row), JSON.stringify([run.stats, run.proofs])]
  return { digest: sha256(content.join('\n')), items: items.rows.length, status: run.status }
}
