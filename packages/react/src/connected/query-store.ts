import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'

export interface QueryEntry<Data> {
  readonly data: Data | undefined
  readonly error: unknown
  readonly loading: boolean
}

type Loader<Data> = (signal: AbortSignal, progress: (part: Data) => void) => Promise<Data>

const untouched: QueryEntry<never> = { data: undefined, error: null, loading: false }

/**
 * What the screens of one root have loaded, by key. Two screens that ask for the same key share one request; a later
 * load of a key wins over an earlier one that answers late.
 */
export class QueryStore {
  readonly #entries = new Map<string, QueryEntry<unknown>>()
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #running = new Map<string, AbortController>()
  readonly #loaders = new Map<string, Loader<unknown>>()

  read<Data>(key: string): QueryEntry<Data> {
    return (this.#entries.get(key) ?? untouched) as QueryEntry<Data>
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(key, listeners)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      this.#listeners.delete(key)
    }
  }

  /** Loads unless it is loaded or on its way. */
  ensure<Data>(key: string, loader: Loader<Data>): void {
    this.#loaders.set(key, loader as Loader<unknown>)
    const entry = this.#entries.get(key)
    if (entry === undefined || (entry.error !== null && !entry.loading)) void this.#load(key)
  }

  /** Loads again everything whose key starts with `prefix` and that a screen shows; forgets the rest. */
  refresh(prefix: string): void {
    for (const key of [...this.#entries.keys()].filter((known) => known.startsWith(prefix))) {
      if (this.#listeners.has(key)) void this.#load(key)
      else this.#entries.delete(key)
    }
  }

  /** Changes what is shown at once; the host's answer replaces it later. */
  patch<Data>(key: string, change: (data: Data) => Data): void {
    const entry = this.read<Data>(key)
    if (entry.data !== undefined) this.#set(key, { ...entry, data: change(entry.data) })
  }

  async #load(key: string): Promise<void> {
    const loader = this.#loaders.get(key)
    if (loader === undefined) return
    this.#running.get(key)?.abort()
    const run = new AbortController()
    this.#running.set(key, run)
    const isCurrent = () => this.#running.get(key) === run
    this.#set(key, { ...this.read(key), loading: true, error: null })
    try {
      const first = this.read(key).data === undefined
      const data = await loader(run.signal, (part) => {
        if (first && isCurrent()) this.#set(key, { data: part, error: null, loading: true })
      })
      if (isCurrent()) this.#set(key, { data, error: null, loading: false })
    } catch (error) {
      if (isCurrent()) this.#set(key, { ...this.read(key), error, loading: false })
    }
  }

  #set(key: string, entry: QueryEntry<unknown>): void {
    this.#entries.set(key, entry)
    for (const listener of this.#listeners.get(key) ?? []) listener()
  }
}

export interface Query<Data> extends QueryEntry<Data> {
  readonly reload: () => void
}

/** Loads a key on mount and keeps the component up to date. A null key loads nothing. */
export function useQuery<Data>(store: QueryStore, key: string | null, loader: Loader<Data>): Query<Data> {
  const latest = useRef(loader)
  latest.current = loader
  useEffect(() => {
    if (key !== null) store.ensure<Data>(key, (signal, progress) => latest.current(signal, progress))
  }, [store, key])
  const subscribe = useCallback(
    (listener: () => void) => (key === null ? () => undefined : store.subscribe(key, listener)),
    [store, key],
  )
  const snapshot = () => (key === null ? (untouched as QueryEntry<Data>) : store.read<Data>(key))
  const entry = useSyncExternalStore(subscribe, snapshot, () => untouched as QueryEntry<Data>)
  return useMemo(() => ({ ...entry, reload: () => key !== null && store.refresh(key) }), [entry, key, store])
}
