import { useConnection, useQuery } from '@recon/react/connected'

const fusionName = 'Oracle Fusion'

/**
 * The latest run of what a page shows. The cash desk keeps two kinds of days: those of bank files, and those of Fusion's
 * exports. Undefined until it is known, null where there is none.
 */
export function useDeskRun(from: 'FILES' | 'FUSION'): string | null | undefined {
  const { client, store } = useConnection()
  const { data } = useQuery(store, 'runs/all', () => client.runs.list({ limit: 100 }))
  if (data === undefined) return undefined
  const found = data.rows.find((run) => run.name.startsWith(fusionName) === (from === 'FUSION'))
  return found?.id ?? null
}
