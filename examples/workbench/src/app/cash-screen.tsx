import {
  defaultQuery,
  EmptyState,
  LoadingRows,
  type QueueFilterName,
  queueFilters,
  type TransactionQuery,
} from '@recon/react'
import { CashDesk } from '@recon/react/connected'
import { useMemo } from 'react'
import { useWords } from './language-choice.tsx'
import { InnerLink } from './navigation.tsx'
import { useDeskRun } from './use-desk-run.ts'
import { useSearchParameter } from './use-route.ts'

function isFilter(name: string | null): name is QueueFilterName {
  return (queueFilters as readonly (string | null)[]).includes(name)
}

/** The cash management desk with its filter and search kept in the address. */
export function CashScreen(props: {
  readonly filter: QueueFilterName
  readonly title?: string
  readonly from?: 'FILES' | 'FUSION'
}) {
  const { filter, title, from = 'FILES' } = props
  const words = useWords()
  const run = useDeskRun(from)
  const [chosen, choose] = useSearchParameter('filter')
  const [search, setSearch] = useSearchParameter('search')
  const query = useMemo<TransactionQuery>(
    () => ({ ...defaultQuery, filter: isFilter(chosen) ? chosen : filter, search: search ?? '' }),
    [chosen, filter, search],
  )
  if (run === undefined) return <LoadingRows />
  if (run === null && from === 'FUSION') {
    return (
      <EmptyState
        title="Nothing of Fusion yet."
        hint="Read an export of yours, or the sample that comes with the workbench."
      />
    )
  }
  return (
    <CashDesk
      {...(title === undefined ? {} : { title })}
      {...(run === null ? {} : { runId: run })}
      query={query}
      onQueryChange={(next) => {
        choose(next.filter === filter ? null : next.filter)
        setSearch(next.search)
      }}
      actions={
        from === 'FUSION' ? undefined : (
          <InnerLink to="/cash/import" className="wb-button">
            {words.pages.import}
          </InnerLink>
        )
      }
    />
  )
}
