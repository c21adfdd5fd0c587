import { defaultQuery, type QueueFilterName, queueFilters, type TransactionQuery } from '@recon/react'
import { CashDesk } from '@recon/react/connected'
import { useMemo } from 'react'
import { InnerLink } from './navigation.tsx'
import { useSearchParameter } from './use-route.ts'

function isFilter(name: string | null): name is QueueFilterName {
  return (queueFilters as readonly (string | null)[]).includes(name)
}

/** The cash management desk with its filter and search kept in the address. */
export function CashScreen({ filter, title }: { readonly filter: QueueFilterName; readonly title?: string }) {
  const [chosen, choose] = useSearchParameter('filter')
  const [search, setSearch] = useSearchParameter('search')
  const query = useMemo<TransactionQuery>(
    () => ({ ...defaultQuery, filter: isFilter(chosen) ? chosen : filter, search: search ?? '' }),
    [chosen, filter, search],
  )
  return (
    <CashDesk
      {...(title === undefined ? {} : { title })}
      query={query}
      onQueryChange={(next) => {
        choose(next.filter === filter ? null : next.filter)
        setSearch(next.search)
      }}
      actions={
        <InnerLink to="/cash/import" className="wb-button">
          Import files
        </InnerLink>
      }
    />
  )
}
