import { type BankLine, type BookEntry, canonicalJson, defaultPolicy, type MatchRun, matchPolicy } from '@recon/core'
import { sql } from 'kysely'
import {
  entryIdentifiers,
  lineIdentifiers,
  manyReferences,
  referenceHash,
  unknownReference,
} from '../store/reference-hash.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { RunPlan } from './start-run.ts'

/** Open records of one account and currency above which a part is cut by reference hash. */
export const splitAbove = 400_000

export interface BlockScope {
  readonly account: string | null
  readonly currency: string
}

function openOf(unit: UnitOfWork, side: 'bank_line' | 'book_entry', { account, currency }: BlockScope) {
  const live = side === 'bank_line' ? sql`status in ('PENDING', 'POSTED')` : sql`not closed`
  return sql`tenant_id = ${unit.tenantId} and client_id is null and link_id is null and ${live}
    and currency = ${currency} and (${account}::text is null or account = ${account})`
}

/** How many blocks a part should have: one where it is small, where the policy has identifiers of its own, or where hashes are missing. */
export async function blocksOf(
  unit: UnitOfWork,
  scope: BlockScope,
  policy: unknown,
  above = splitAbove,
): Promise<number> {
  const found = await sql<{ count: string; old: string }>`
    select sum(count)::text as count, sum(old)::text as old from (
      select count(*) as count, count(*) filter (where reference_hash = ${unknownReference}) as old
        from recon.bank_line where ${openOf(unit, 'bank_line', scope)}
      union all
      select count(*), count(*) filter (where reference_hash = ${unknownReference})
        from recon.book_entry where ${openOf(unit, 'book_entry', scope)}
    ) as sides`.execute(unit.db)
  const [row] = found.rows
  const count = Number(row?.count ?? 0)
  if (count <= above || Number(row?.old ?? 0) > 0 || !hasDefaultIdentifiers(policy)) return 1
  return Math.min(64, Math.ceil(count / above))
}

/** The columns are hashed by the default identifiers; a policy with others is not cut. */
function hasDefaultIdentifiers(policy: unknown): boolean {
  const { identifiers, references } = matchPolicy(policy as Parameters<typeof matchPolicy>[0])
  return (
    canonicalJson(identifiers) === canonicalJson(defaultPolicy.identifiers) &&
    canonicalJson(references) === canonicalJson(defaultPolicy.references)
  )
}

export interface MatchedBlock {
  readonly result: MatchRun
  readonly records: { readonly bankLines: readonly BankLine[]; readonly bookEntries: readonly BookEntry[] }
}

/**
 * The links of one block that no record outside of it can question: exact by identifier, unambiguous among all records of that
 * identifier. Whatever has several identifiers, or shares one with such a record, or takes part in an earlier pass, is left to the
 * second stage with all that is not linked here.
 */
export async function matchBlock(
  unit: UnitOfWork,
  scope: BlockScope,
  block: { readonly number: number; readonly of: number },
  plan: Pick<RunPlan, 'match'>,
): Promise<MatchedBlock | undefined> {
  const questioned = await questionedHashes(unit, scope)
  const read = async <Row>(side: 'bank_line' | 'book_entry') =>
    (
      await sql<{ reference_hash: number; body: Row }>`
        select reference_hash, body from recon.${sql.raw(side)} where ${openOf(unit, side, scope)}
          and reference_hash > 0 and mod(reference_hash, ${block.of}) = ${block.number} order by id`.execute(unit.db)
    ).rows
      .filter((row) => !questioned.has(row.reference_hash))
      .map((row) => row.body)
  const bankLines = await read<BankLine>('bank_line')
  const bookEntries = await read<BookEntry>('book_entry')
  if (bankLines.length === 0 || bookEntries.length === 0) return undefined
  const sure = plan
    .match({ bankLines, bookEntries })
    .matches.filter((match) => match.status === 'AUTO' && match.pass === 'IDENTIFIER_EXACT' && match.kind === 'UNIQUE')
  if (sure.length === 0) return undefined
  const lines = new Set(sure.flatMap((match) => match.bankLineIds))
  const entries = new Set(sure.flatMap((match) => match.bookEntryIds))
  const records = {
    bankLines: bankLines.filter((line) => lines.has(line.id)),
    bookEntries: bookEntries.filter((entry) => entries.has(entry.id)),
  }
  const result = plan.match(records)
  // Linked among themselves they must be what they were among all: anything else is for the second stage.
  return result.stats.automatic === sure.length && result.openBookEntryIds.length === 0
    ? { result, records }
    : undefined
}

/** Hashes of identifiers that a record with several of them, or one of an earlier pass, has a say in. */
async function questionedHashes(unit: UnitOfWork, scope: BlockScope): Promise<ReadonlySet<number>> {
  const lines = await sql<{ body: BankLine }>`
    select body from recon.bank_line where ${openOf(unit, 'bank_line', scope)} and (reference_hash = ${manyReferences}
      or status = 'PENDING' or body ? 'returnCode' or body ->> 'sourceStatus' = 'RECONCILED' or body ? 'supersedes'
      or body ->> 'instrument' = 'SWEEP')`.execute(unit.db)
  const entries = await sql<{ body: BookEntry }>`
    select body from recon.book_entry where ${openOf(unit, 'book_entry', scope)} and (reference_hash = ${manyReferences}
      or body ? 'reverses' or body ? 'sourceStatus' or body ->> 'instrument' = 'SWEEP')`.execute(unit.db)
  const questioned = new Set<number>()
  for (const { body } of lines.rows) for (const one of lineIdentifiers(body)) questioned.add(referenceHash(one))
  for (const { body } of entries.rows) for (const one of entryIdentifiers(body)) questioned.add(referenceHash(one))
  const named = lines.rows.flatMap(({ body }) => body.sourceEntryIds ?? [])
  const failed = lines.rows.filter(({ body }) => body.returnCode !== undefined).map(({ body }) => body.amount.amount)
  const amounts = [
    ...new Set(failed.flatMap((amount) => [amount, amount.startsWith('-') ? amount.slice(1) : `-${amount}`])),
  ]
  const touched = await sql<{ reference_hash: number }>`
    select reference_hash from recon.book_entry where ${openOf(unit, 'book_entry', scope)} and reference_hash > 0
      and (id = any(${named}::text[]) or body -> 'amount' ->> 'amount' = any(${amounts}::text[]))
    union
    select reference_hash from recon.bank_line where ${openOf(unit, 'bank_line', scope)} and reference_hash > 0
      and body -> 'amount' ->> 'amount' = any(${amounts}::text[])`.execute(unit.db)
  for (const row of touched.rows) questioned.add(row.reference_hash)
  return questioned
}
