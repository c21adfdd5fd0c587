const mostRows = 10_000

interface PageOf<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
}

/** Every page of a list, up to ten thousand rows: what a person looks through, not an archive. */
export async function allPages<Row, Page extends PageOf<Row>>(
  load: (cursor: string | undefined) => Promise<Page & PageOf<Row>>,
): Promise<{ readonly rows: readonly Page['rows'][number][]; readonly last: Page; readonly more: boolean }> {
  const rows: Page['rows'][number][] = []
  let last = await load(undefined)
  rows.push(...last.rows)
  while (last.nextCursor !== null && rows.length < mostRows) {
    last = await load(last.nextCursor)
    rows.push(...last.rows)
  }
  return { rows, last, more: last.nextCursor !== null }
}
