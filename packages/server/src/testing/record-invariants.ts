import { type RawBuilder, sql } from 'kysely'

/** A broken promise: each row of `found` names what breaks it. */
export interface StoredInvariant {
  readonly name: string
  readonly says: string
  /** Selects one text column `found`. */
  readonly found: RawBuilder<unknown>
}

/** Minor units of a canonical amount such as "-0.05". */
const minorOf = (amount: string) => sql.raw(`replace(${amount}, '.', '')::bigint`)

/** N1: every imported record is in exactly one state, and the figures agree wherever they are written. */
const oneState: readonly StoredInvariant[] = [
  ...(['bank_line', 'book_entry'] as const).map((table) => ({
    name: 'N1',
    says: `a ${table} names the active link that holds it, and no other`,
    found: sql`select record.id as found from ${sql.table(`recon.${table}`)} record
      left join recon.link_member member on member.tenant_id = record.tenant_id and member.record_id = record.id
        and member.side = ${sql.lit(table === 'bank_line' ? 'BANK' : 'BOOK')} and member.active
      where record.link_id is distinct from member.link_id`,
  })),
  {
    name: 'N1',
    says: 'a subject belongs to an item and a record that exist',
    found: sql`select subject.side || ' ' || subject.record_id as found from recon.item_subject subject
      left join recon.item item on item.tenant_id = subject.tenant_id and item.id = subject.item_id
      left join recon.bank_line line on subject.side = 'BANK' and line.tenant_id = subject.tenant_id and line.id = subject.record_id
      left join recon.book_entry entry on subject.side = 'BOOK' and entry.tenant_id = subject.tenant_id and entry.id = subject.record_id
      where item.id is null or (line.id is null and entry.id is null)`,
  },
  {
    name: 'N1',
    says: 'an item has the subjects it says',
    found: sql`select item.id as found from recon.item item where
      (select coalesce(array_agg(record_id order by record_id), '{}') from recon.item_subject subject
        where subject.tenant_id = item.tenant_id and subject.item_id = item.id) is distinct from
      (select coalesce(array_agg(id order by id), '{}') from jsonb_array_elements_text(
        item.body -> (case item.perspective when 'BANK' then 'bankLineIds' else 'bookEntryIds' end)) as said (id))`,
  },
  {
    name: 'N1',
    says: "an item's columns say what its content says",
    found: sql`select id as found from recon.item where status <> body ->> 'status' or version <> (body ->> 'version')::int
      or scenario <> body ->> 'scenario' or bucket <> body ->> 'bucket'`,
  },
  {
    name: 'N1',
    says: "an item's amount is the sum of its lines",
    found: sql`select item.id as found from recon.item item join recon.item_subject subject
        on subject.tenant_id = item.tenant_id and subject.item_id = item.id and subject.side = 'BANK'
      join recon.bank_line line on line.tenant_id = item.tenant_id and line.id = subject.record_id
      group by item.tenant_id, item.id having count(distinct line.currency) = 1 and sum(line.amount_minor) <> max(item.amount_minor)`,
  },
  {
    name: 'N1',
    says: 'the kept counts are what there is',
    found: sql`select coalesce(kept.scenario, there.scenario) as found from
      (select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, sum(items) as items
        from recon.item_tally group by 1, 2, 3, 4, 5, 6, 7 having sum(items) <> 0) kept
      full join (select tenant_id, run_id, perspective, scenario, status, bucket, arrived_at, count(*) as items
        from recon.item group by 1, 2, 3, 4, 5, 6, 7) there
      using (tenant_id, run_id, perspective, scenario, status, bucket, arrived_at) where kept.items is distinct from there.items`,
  },
  {
    name: 'N1',
    says: 'an import has the lines and entries it counted',
    found: sql`select id as found from recon.import import where
      bank_lines <> (select count(*) from recon.bank_line line where line.tenant_id = import.tenant_id and line.import_id = import.id)
      or book_entries <> (select count(*) from recon.book_entry entry where entry.tenant_id = import.tenant_id and entry.import_id = import.id)`,
  },
  {
    name: 'N1',
    says: 'what came before a run of everything is in an item or was linked then',
    found: sql`select line.id as found from recon.bank_line line
      join recon.activity stored on stored.tenant_id = line.tenant_id and stored.subject_kind = 'import' and stored.subject_id = line.import_id
      where line.status in ('PENDING', 'POSTED') and line.link_id is null
        and not exists (select from recon.item_subject subject
          where subject.tenant_id = line.tenant_id and subject.side = 'BANK' and subject.record_id = line.id)
        and not exists (select from recon.link_member member
          where member.tenant_id = line.tenant_id and member.side = 'BANK' and member.record_id = line.id)
        and exists (select from recon.run run join recon.activity matched on matched.tenant_id = run.tenant_id and matched.subject_id = run.id
          where run.tenant_id = line.tenant_id and run.perspective = 'BANK' and run.status <> 'FAILED' and run.status <> 'MATCHING'
            and run.client_id is not distinct from line.client_id and (run.statement_id is null or run.statement_id = line.statement_id)
            and run.body #>> '{scope,accounts}' is null and run.body #>> '{scope,from}' is null and run.body #>> '{scope,to}' is null
            and matched.sequence > stored.sequence
            and not exists (select from recon.activity ordered where ordered.tenant_id = run.tenant_id and ordered.subject_id = run.id
              and ordered.sequence < stored.sequence))`,
  },
]

/** N2: both sides of an active link are equal, or what differs is written down. N3: no record is in two of them. */
const links: readonly StoredInvariant[] = [
  {
    name: 'N2',
    says: 'an active link balances to the minor unit or carries its difference',
    found: sql`select link.id as found from recon.link link
      cross join lateral (select count(*) as records, count(distinct currency) as currencies, min(currency) as currency,
        sum(amount_minor) as minor from recon.link_member member join recon.bank_line line on line.tenant_id = member.tenant_id
        and line.id = member.record_id where member.tenant_id = link.tenant_id and member.link_id = link.id and member.side = 'BANK') bank
      cross join lateral (select count(*) as records, count(distinct currency) as currencies, min(currency) as currency,
        sum(amount_minor) as minor from recon.link_member member join recon.book_entry entry on entry.tenant_id = member.tenant_id
        and entry.id = member.record_id where member.tenant_id = link.tenant_id and member.link_id = link.id and member.side = 'BOOK') book
      cross join lateral (select coalesce(sum(${minorOf(`adjustment #>> '{amount,amount}'`)}), 0) as minor
        from jsonb_array_elements(link.body -> 'adjustments') as made (adjustment)) adjusted
      where link.state <> 'REVERSED' and (
        (bank.records = 0 or book.records = 0) and link.body ->> 'reference' is null
        or bank.currencies = 1 and book.currencies = 1 and bank.currency = book.currency
          and bank.minor - book.minor <> adjusted.minor)`,
  },
  {
    name: 'N2',
    says: 'a reconciled item has its link, and an active link its reconciled item',
    found: sql`select coalesce(item.id, link.id) as found from (select * from recon.item where status = 'RECONCILED') item
      full join (select * from recon.link where state <> 'REVERSED') link
        on link.tenant_id = item.tenant_id and link.id = item.body #>> '{decision,id}'
      where item.id is null or link.id is null or link.item_id <> item.id`,
  },
  {
    name: 'N2',
    says: "a link's members are active while it is, and are what was decided",
    found: sql`select link.id as found from recon.link link where
      exists (select from recon.link_member member where member.tenant_id = link.tenant_id and member.link_id = link.id
        and member.active <> (link.state <> 'REVERSED'))
      or (link.state = 'REVERSED') <> (link.reversed_at is not null)
      or (select coalesce(array_agg(side || ' ' || record_id order by side || ' ' || record_id), '{}') from recon.link_member member
          where member.tenant_id = link.tenant_id and member.link_id = link.id) is distinct from
        (select coalesce(array_agg(name order by name), '{}') from (
          select 'BANK ' || id as name from jsonb_array_elements_text(link.body -> 'bankLineIds') as line (id)
          union all select 'BOOK ' || id from jsonb_array_elements_text(link.body -> 'bookEntryIds') as entry (id)) said)`,
  },
  {
    name: 'N3',
    says: 'a record is in at most one active link',
    found: sql`select side || ' ' || record_id as found from recon.link_member where active
      group by tenant_id, side, record_id having count(*) > 1`,
  },
  {
    name: 'N3',
    says: 'the database itself sees to it',
    found: sql`select 'link_member_once is missing' as found where not exists (select from pg_indexes
      where schemaname = 'recon' and indexname = 'link_member_once' and indexdef like 'CREATE UNIQUE INDEX%WHERE active')`,
  },
]

/** N1 to N3, as queries over all tenants. */
export const recordInvariants: readonly StoredInvariant[] = [...oneState, ...links]
