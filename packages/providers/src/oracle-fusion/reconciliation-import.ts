import { type MatchConfirmation, ReconError } from '@recon/core'
import { strToU8, zipSync } from 'fflate'

const provider = 'oracle-fusion'
const longestReference = 50

/** The columns of the reconciliation import's interface table, in the order of its template. */
const header = ['EXTERNAL_RECON_REFERENCE', 'BANK_ACCOUNT_ID', 'RECON_SOURCE_CODE', 'SOURCE_ID', 'SOURCE_LINE_ID']

export interface ReconciliationImport {
  readonly csv: string
  readonly zip: Uint8Array
  readonly rows: number
}

function refuseImport(message: string): ReconError {
  return new ReconError('REQUEST_INVALID', `oracle-fusion: ${message}`, { provider })
}

/** `BS:account:line`, `GL:header:line`, `AP:id:` and so on, as the readers name records. */
function partsOf(id: string): { readonly source: string; readonly first: string; readonly second: string } {
  const [source = '', first = '', second = ''] = id.split(':')
  if (!/^[A-Z_]{2,10}$/.test(source) || !/^[\w-]{1,40}$/.test(first) || !/^[\w-]{0,40}$/.test(second)) {
    throw refuseImport(`"${id.slice(0, 60)}" is not the id of a Fusion record; use the ids the export was read with.`)
  }
  return { source, first, second }
}

/**
 * The file of the bank statement reconciliation import: one row per line and entry, those of one reconciliation sharing a
 * reference. One to one and n to m look the same. A reference must never be used twice.
 * @throws ReconError REQUEST_INVALID
 */
export function buildReconciliationImport(
  confirmation: Pick<MatchConfirmation, 'groups'>,
  fileName: string,
): ReconciliationImport {
  const rows: string[][] = []
  const references = new Set<string>()
  const records = new Set<string>()
  for (const group of confirmation.groups) {
    if (!/^[\w.-]{1,50}$/.test(group.reference))
      throw refuseImport(
        `the reference "${group.reference.slice(0, 60)}" must have 1 to ${longestReference} letters, digits, dots, dashes or underscores.`,
      )
    if (references.has(group.reference))
      throw refuseImport(`the reference "${group.reference}" is used for two groups.`)
    references.add(group.reference)
    const lines = group.bankLineIds.map(partsOf)
    const accounts = new Set(lines.map((line) => line.first))
    const [account = ''] = accounts
    if (accounts.size !== 1 || lines.some((line) => line.source !== 'BS'))
      throw refuseImport(`group ${group.reference} needs statement lines of exactly one bank account.`)
    if (group.bookEntryIds.length === 0) throw refuseImport(`group ${group.reference} has no ledger entry.`)
    for (const id of [...group.bankLineIds, ...group.bookEntryIds]) {
      if (records.has(id)) throw refuseImport(`"${id}" is in two groups.`)
      records.add(id)
    }
    for (const line of lines) rows.push([group.reference, account, 'BS', line.second, ''])
    for (const entry of group.bookEntryIds.map(partsOf))
      rows.push([group.reference, account, entry.source, entry.first, entry.second])
  }
  const csv = `${[header, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`
  return { csv, zip: zipSync({ [fileName]: strToU8(csv) }), rows: rows.length }
}
