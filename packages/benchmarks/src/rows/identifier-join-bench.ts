import { DuckDBInstance } from '@duckdb/node-api'
import { type IdentifierColumn, joinIdentifiers } from '@recon/core'
import pl from 'nodejs-polars'
import { seededRandom } from '../labelled/seeded-random.ts'
import { comparisonTable, sideBySide } from '../side-by-side.ts'

interface JoinData {
  readonly bankReferences: readonly string[]
  readonly ledgerReferences: readonly string[]
  readonly bankMinor: Int32Array
  readonly ledgerMinor: Int32Array
}

/** Both sides hold the same payments in different order; the bank writes one in eight another way, one in twenty is missing. */
export function joinData(size: number, seed: number): JoinData {
  const random = seededRandom(seed)
  const order = random.shuffle(Array.from({ length: size }, (_, at) => at))
  const reference = (at: number): string => `INV-${2020 + (at % 7)}-${String(at).padStart(8, '0')}`
  const bankReferences = Array.from({ length: size }, (_, at) => {
    const plain = reference(at)
    if (random.chance(0.05)) return `NEW-${at}-7`
    return random.chance(0.125) ? plain.toLowerCase().replaceAll('-', ' ') : plain
  })
  const bankMinor = Int32Array.from({ length: size }, (_, at) => ((at * 7919) % 9_999_991) + 1)
  return {
    bankReferences,
    bankMinor,
    ledgerReferences: order.map(reference),
    ledgerMinor: Int32Array.from(order, (at) => bankMinor[at] ?? 0),
  }
}

export function identifierColumn(references: readonly string[], minor: Int32Array): IdentifierColumn {
  const bytes = new TextEncoder().encode(references.join(''))
  const starts = new Uint32Array(references.length)
  const ends = new Uint32Array(references.length)
  let at = 0
  references.forEach((reference, row) => {
    starts[row] = at
    at += reference.length
    ends[row] = at
  })
  return {
    count: references.length,
    bytes,
    starts,
    ends,
    amounts: Float64Array.from(minor),
    kinds: new Uint16Array(references.length),
  }
}

const canonicalSql =
  "regexp_replace(upper(regexp_replace(ref, '[^A-Za-z0-9]', '', 'g')), '^([A-Z]*)0+([0-9])', '\\1\\2')"
const oneToOneSql = `
  with b as (select id, minor, ${canonicalSql} as key from bank), l as (select id, minor, ${canonicalSql} as key from ledger),
  bu as (select key, min(id) as id, min(minor) as minor from b group by key having count(*) = 1),
  lu as (select key, min(id) as id, min(minor) as minor from l group by key having count(*) = 1)
  select count(*) from (select bu.id as bank, lu.id as ledger from bu join lu on bu.key = lu.key and bu.minor = lu.minor)`

async function duckDb(data: JoinData): Promise<() => Promise<number>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  for (const [table, references, minor] of [
    ['bank', data.bankReferences, data.bankMinor],
    ['ledger', data.ledgerReferences, data.ledgerMinor],
  ] as const) {
    await connection.run(`create table ${table} (id integer, ref varchar, minor integer)`)
    const appender = await connection.createAppender(table)
    references.forEach((reference, id) => {
      appender.appendInteger(id)
      appender.appendVarchar(reference)
      appender.appendInteger(minor[id] ?? 0)
      appender.endRow()
    })
    appender.closeSync()
  }
  return async () => Number((await connection.runAndReadAll(oneToOneSql)).getRows()[0]?.[0] ?? 0)
}

function polars(data: JoinData): () => number {
  const frame = (references: readonly string[], minor: Int32Array) =>
    pl.DataFrame({
      id: pl.Series('id', Array.from(minor.keys()), pl.Int32),
      ref: pl.Series('ref', [...references], pl.Utf8),
      minor: pl.Series('minor', Array.from(minor), pl.Int32),
    })
  const bank = frame(data.bankReferences, data.bankMinor)
  const ledger = frame(data.ledgerReferences, data.ledgerMinor)
  const unique = (side: ReturnType<typeof frame>, id: string) =>
    side
      .lazy()
      .select(
        pl.col('id').alias(id),
        pl.col('minor'),
        pl
          .col('ref')
          .str.replaceAll('[^A-Za-z0-9]', '')
          .str.toUpperCase()
          .str.replace('^([A-Z]*)0+([0-9])', '$1$2')
          .alias('key'),
      )
      .groupBy('key')
      .agg(pl.col(id).first(), pl.col('minor').first(), pl.col(id).count().alias('n'))
      .filter(pl.col('n').eq(pl.lit(1)))
  return () =>
    unique(bank, 'bank')
      .join(unique(ledger, 'ledger'), { on: ['key', 'minor'], how: 'inner' })
      .collectSync().height
}

/** Row 1: the identifier join in memory, normalization included, one-to-one, verified. */
export async function identifierJoinBench(size: number, rounds: number): Promise<string> {
  const data = joinData(size, 1)
  const bank = identifierColumn(data.bankReferences, data.bankMinor)
  const ledger = identifierColumn(data.ledgerReferences, data.ledgerMinor)
  const duck = await duckDb(data)
  const frames = polars(data)
  const comparison = await sideBySide(
    `Identifier join in memory, ${size} x ${size}, normalized, one to one`,
    [
      {
        name: 'recon joinIdentifiers',
        run: () => joinIdentifiers(bank, ledger).reduce((count, row) => count + (row >= 0 ? 1 : 0), 0),
      },
      { name: 'DuckDB 1.5.6, one thread', run: duck },
      { name: 'polars 0.26.1 (all cores)', run: frames },
    ],
    rounds,
  )
  return comparisonTable(comparison)
}
