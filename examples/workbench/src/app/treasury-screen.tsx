import { type StatementLine, TransactionStatement } from '@recon/react'
import { useConnection, useQuery } from '@recon/react/connected'
import { useMemo } from 'react'
import { PageHead } from './page-head.tsx'

/** The treasury's transactions: tentative while the bank line is pending, reconciled once it is posted. */
export function TreasuryScreen() {
  const { client, store } = useConnection()
  const { data, error, reload } = useQuery(store, 'treasury/lines', () => client.treasury.lines({ limit: 200 }))
  const lines = useMemo<readonly StatementLine[]>(
    () =>
      (data?.rows ?? []).map((row) => ({
        line: row.line,
        certainty: row.certainty,
        matchedWith: row.matchedWith.map(({ label, id }) => `${label} (${id})`),
        ...(row.supersededBy === null ? {} : { supersededBy: row.supersededBy }),
      })),
    [data],
  )
  const failed = error === null ? null : error instanceof Error ? error.message : String(error)
  return (
    <>
      <PageHead title="Transactions" />
      <TransactionStatement
        lines={lines}
        state={
          failed !== null
            ? { kind: 'failed', message: failed, retry: reload }
            : { kind: data === undefined ? 'loading' : 'ready' }
        }
      />
    </>
  )
}
