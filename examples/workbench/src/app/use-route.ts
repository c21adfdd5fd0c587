import { useCallback, useSyncExternalStore } from 'react'

export interface Route {
  readonly path: string
  readonly search: URLSearchParams
}

const moved = 'workbench:moved'

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  window.addEventListener(moved, listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener(moved, listener)
  }
}

const currentAddress = () => window.location.pathname + window.location.search

/** Goes to an address of the workbench; `replace` leaves no step for the back button. */
export function goTo(address: string, replace = false): void {
  if (address === currentAddress()) return
  if (replace) window.history.replaceState(null, '', address)
  else window.history.pushState(null, '', address)
  window.dispatchEvent(new Event(moved))
}

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, currentAddress)
  const [path = '/', search = ''] = address.split('?', 2)
  return { path, search: new URLSearchParams(search) }
}

/** One search parameter of the address, so that a reload and a bookmark show the same. */
export function useSearchParameter(name: string): readonly [string | null, (value: string | null) => void] {
  const { path, search } = useRoute()
  const text = search.toString()
  const change = useCallback(
    (value: string | null) => {
      const next = new URLSearchParams(text)
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
      const query = next.toString()
      goTo(query === '' ? path : `${path}?${query}`, true)
    },
    [text, path, name],
  )
  return [search.get(name), change]
}
