import type { ItemRow } from '@recon/client'
import type { BankLine, BookEntry } from '@recon/core'
import { type StatementLine, TransactionStatement } from '@recon/react'
import { useConnection, useDesk, useQuery } from '@recon/react/connected'
import { useMemo } from 'react'
import { PageHead } from '../page-head.tsx'

/** Which transactables each line is matched with by itself, and how sure that is. */
function statementLines(lines: readonly BankLine[], rows: readonly ItemRow[]): readonly StatementLine[] {
  const matched = new Map<string, BookEntry[]>()
  for (const { item, bookEntries } of rows) {
    const link = item.matches.find((match) => match.status === 'AUTO')
    const ids = item.decision?.bankLineIds ?? link?.bankLineIds ?? []
    const own = bookEntries.filter((entry) => item.bookEntryIds.includes(entry.id))
    for (const id of ids) matched.set(id, [...(matched.get(id) ?? []), ...own])
  }
  const successors = new Map(lines.flatMap((line) => (line.supersedes ? [[line.supersedes, line.id] as const] : [])))
  return lines.map((line) => {
    const supersededBy = successors.get(line.id)
    const shown = supersededBy === undefined ? line : { ...line, status: 'SUPERSEDED' as const }
    const entries = supersededBy === undefined ? (matched.get(line.id) ?? []) : []
    const certainty = entries.length === 0 ? 'UNRECONCILED' : line.status === 'PENDING' ? 'TENTATIVE' : 'RECONCILED'
    return {
      line: shown,
      certainty,
      matchedWith: entries.map((entry) => `${entry.counterparty?.name ?? entry.id} (${entry.id})`),
      ...(supersededBy === undefined ? {} : { supersededBy }),
    }
  })
}

/** The treasury's transactions: tentative while the bank line is pending, reconciled once it is posted. */
export function TreasuryScreen() {
  const { client, store } = useConnection()
  const desk = useDesk({})
  const { data } = useQuery(store, 'items/lines', () => client.records.bankLines({ limit: 500 }))
  const lines = useMemo(() => statementLines(data?.rows ?? [], desk.rows), [data, desk.rows])
  const tentative = lines.filter((line) => line.certainty === 'TENTATIVE').length
  const reconciled = lines.filter((line) => line.certainty === 'RECONCILED').length
  return (
    <>
      <PageHead
        title="Transactions"
        note={`Operating 4471 · ${reconciled} reconciled, ${tentative} tentatively: these follow when the bank posts them`}
      />
      <TransactionStatement lines={lines} state={desk.state} />
    </>
  )
}
