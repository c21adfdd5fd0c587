import { createHash } from 'node:crypto'
import type { Client } from '@recon/client'
import type { MatchConfirmation } from '@recon/core'
import {
  buildReconciliationImport,
  type FusionRow,
  type oracleFusion,
  readFusionExport,
  readLedgerEntries,
  readStatementLines,
} from '@recon/providers/oracle-fusion'

type Fusion = ReturnType<typeof oracleFusion>
type Group = MatchConfirmation['groups'][number]

/** What an export of Fusion brought. */
export interface FusionImport {
  readonly kind: 'STATEMENT_LINES' | 'LEDGER_ENTRIES'
  readonly stored: number
  readonly known: number
  /** Rows that could not be read, by line, and records that were refused. */
  readonly problems: readonly string[]
  /** Ids of everything that was read. */
  readonly ids: readonly string[]
}

/** A file that was sent, with the job that works on it. */
export interface FusionSending {
  readonly jobId: string
  readonly sentAt: string
  readonly references: readonly string[]
  state: 'ACCEPTED' | 'DONE' | 'FAILED'
  message: string
}

const has = (rows: readonly FusionRow[], column: string) => rows.some((row) => row.cells.has(column))

function monthFirst(rows: readonly FusionRow[], column: string): boolean {
  return rows.some((row) => (row.cells.get(column) ?? '').includes('/'))
}

/** Reads one export (CSV, XLSX or the XML of a report) and stores its records; what it holds is told by its columns. */
export async function importFusionExport(client: Client, bytes: Uint8Array, fileName: string): Promise<FusionImport> {
  const rows = await readFusionExport(bytes)
  const lines = has(rows, 'FLOW_INDICATOR')
  const dateFormat = monthFirst(rows, lines ? 'BOOKING_DATE' : 'TRANSACTION_DATE') ? 'MM/DD/YYYY' : 'YYYY-MM-DD'
  const options = { currency: 'USD', dateFormat } as const
  const reading = lines ? readStatementLines(rows, options) : readLedgerEntries(rows, options)
  const records = lines ? { bankLines: [...reading.rows] } : { bookEntries: [...reading.rows] }
  const stored = await client.imports.create({ fileName, format: 'oracle-fusion', ...records })
  if (!stored.ok) throw new Error(stored.refusal.message)
  return {
    kind: lines ? 'STATEMENT_LINES' : 'LEDGER_ENTRIES',
    stored: stored.value.bankLines + stored.value.bookEntries,
    known: stored.value.known,
    problems: [
      ...reading.warnings.map((warning) => warning.message),
      ...stored.value.rejected.map((rejected) => rejected.message),
    ],
    ids: reading.rows.map((row) => row.id),
  }
}

/** Matches what is open of one bank account. */
export async function matchFusionAccount(client: Client, account: string): Promise<void> {
  const run = { name: `Oracle Fusion ${account}`, policy: 'cash-management' as const, accounts: [account], wait: true }
  const answer = await client.runs.create(run)
  if (!answer.ok) throw new Error(answer.refusal.message)
}

const isLine = (id: string): boolean => id.startsWith('BS:')

type ItemRow = Awaited<ReturnType<Client['items']['list']>>['rows'][number]

/** The records of an item's link, where it was made here: what Fusion reconciled by itself is not told back. */
function ownLink({ item, bookEntries }: ItemRow): Omit<Group, 'reference'> | undefined {
  const link = item.decision ?? item.matches.find((match) => match.status === 'AUTO')
  if (link === undefined || link.bankLineIds.length === 0 || !link.bankLineIds.every(isLine)) return undefined
  const linked = bookEntries.filter((entry) => link.bookEntryIds.includes(entry.id))
  if (linked.length > 0 && linked.every((entry) => entry.sourceStatus === 'RECONCILED')) return undefined
  return { bankLineIds: link.bankLineIds, bookEntryIds: link.bookEntryIds }
}

/** Links made here that Fusion does not know yet. A reference is used once: a group that was left behind gets another one. */
export async function unsentGroups(client: Client, sendings: readonly FusionSending[]): Promise<readonly Group[]> {
  const groups: Group[] = []
  let cursor: string | undefined
  do {
    const page = await client.items.list({
      queue: 'RECONCILED',
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const row of page.rows) {
      const link = ownLink(row)
      if (link === undefined) continue
      const digest = createHash('sha256').update([...link.bankLineIds, ...link.bookEntryIds].sort().join(' '))
      const key = `RECON-${digest.digest('hex').slice(0, 32)}`
      const before = sendings.filter(({ references }) => references.some((reference) => reference.startsWith(key)))
      if (before.some(({ state }) => state !== 'FAILED')) continue
      groups.push({ reference: `${key}-${before.length + 1}`, ...link })
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return groups
}

/** The file a person uploads in Fusion by hand. */
export function reconciliationFile(groups: readonly Group[]): { readonly name: string; readonly bytes: Uint8Array } {
  return { name: 'CeExternalReconInt.zip', bytes: buildReconciliationImport({ groups }, 'CeExternalReconInt.csv').zip }
}

/** Sends the same file by the integration service; Fusion works on it later. */
export async function sendToFusion(fusion: Fusion, groups: readonly Group[], now: string): Promise<FusionSending> {
  const idempotencyKey = `recon-${now.replaceAll(/[^\d]/g, '')}`
  const receipt = await fusion.writeback.confirmMatches?.({ idempotencyKey, groups })
  if (receipt === undefined) throw new Error('The Fusion provider takes no confirmations.')
  const references = groups.map(({ reference }) => reference)
  return { jobId: receipt.externalId, sentAt: now, references, state: 'ACCEPTED', message: '' }
}

/** Asks Fusion how the jobs that are under way stand. */
export async function followJobs(fusion: Fusion, sendings: readonly FusionSending[]): Promise<void> {
  for (const sending of sendings.filter(({ state }) => state === 'ACCEPTED')) {
    const outcome = await fusion.writeback.readOutcome?.(sending.jobId)
    if (outcome === undefined) continue
    sending.state = outcome.state
    sending.message = outcome.state === 'FAILED' ? outcome.message : ''
  }
}
