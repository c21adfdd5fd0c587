import type { Client, ItemActionRequest, ItemRow } from '@recon/client'
import { type OfflineChange, type OfflineConflict, readExceptionWorkbook, writeExceptionWorkbook } from '@recon/formats'

type ItemClient = Pick<Client, 'items'>

const pageRows = 200
/** More than a person decides in a spreadsheet. */
const mostRows = 10_000

async function openItems(client: ItemClient): Promise<readonly ItemRow[]> {
  const rows: ItemRow[] = []
  for (let cursor: string | null | undefined; cursor !== null && rows.length < mostRows; ) {
    const page: Awaited<ReturnType<Client['items']['list']>> = await client.items.list({
      queue: 'OPEN',
      counts: false,
      limit: pageRows,
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.rows)
    cursor = page.nextCursor
  }
  return rows
}

/** The open exceptions as a workbook to decide in. */
export async function downloadExceptions(client: ItemClient): Promise<{ bytes: Uint8Array; count: number }> {
  const rows = await openItems(client)
  return { bytes: await writeExceptionWorkbook(rows), count: rows.length }
}

export interface OfflineReading {
  readonly changes: readonly OfflineChange[]
  readonly conflicts: readonly OfflineConflict[]
  readonly untouched: number
}

/** What a corrected workbook would change, against the items as they are now; nothing is decided yet. */
export async function readOffline(client: ItemClient, bytes: Uint8Array): Promise<OfflineReading> {
  const current = new Map((await openItems(client)).map((row) => [row.item.id, row]))
  const { changes, conflicts, untouched } = await readExceptionWorkbook(bytes, current)
  const wanting = changes.filter((change) => actionOf(change) === undefined)
  return {
    changes: changes.filter((change) => actionOf(change) !== undefined),
    conflicts: [
      ...conflicts,
      ...wanting.map(
        ({ itemId, line }): OfflineConflict => ({
          kind: 'CELL_CHANGED',
          itemId,
          line,
          column: 'Note',
          message: 'A flag needs its reason in the column Note.',
        }),
      ),
    ],
    untouched,
  }
}

/** Undefined where a reason is missing. */
function actionOf({ decision, bookEntryIds, note }: OfflineChange): ItemActionRequest | undefined {
  const reason = note === '' ? {} : { reason: note }
  switch (decision) {
    case 'RECONCILE':
      return { action: 'reconcile', bookEntryIds: [...bookEntryIds], ...reason }
    case 'ESCALATE':
      return { action: 'escalate', ...reason }
    case 'UNRECEIVED':
      return { action: 'markUnreceived', ...reason }
    case 'FLAG':
      return note === '' ? undefined : { action: 'flag', reason: note }
  }
}

export interface OfflineOutcome {
  readonly applied: number
  /** The rules said no, or somebody was faster: by the row of the workbook. */
  readonly refused: readonly { readonly line: number; readonly itemId: string; readonly message: string }[]
}

/** Decides item by item, each on the version it was downloaded with. */
export async function applyOffline(
  client: ItemClient,
  changes: readonly OfflineChange[],
  onProgress: (share: number) => void = () => undefined,
): Promise<OfflineOutcome> {
  const refused: { line: number; itemId: string; message: string }[] = []
  let applied = 0
  for (const [index, change] of changes.entries()) {
    const action = actionOf(change)
    if (action === undefined) continue
    const { itemId, version, line } = change
    const answer = await client.items.act({ itemId, version, do: action })
    if (answer.ok) applied += 1
    else refused.push({ line, itemId, message: answer.refusal.message })
    onProgress((index + 1) / changes.length)
  }
  return { applied, refused }
}
