import { useCallback, useEffect, useSyncExternalStore } from 'react'

/** How far the workbench's time is ahead of the machine's: the simulator controls move it on. */
let ahead = 0
const listeners = new Set<() => void>()

export function setAhead(milliseconds: number): void {
  // what the answers took on their way does not matter
  if (Math.abs(milliseconds - ahead) < 1000) return
  ahead = milliseconds
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The clock the screens go by; another function whenever the workbench's time is moved. */
export function useWorkbenchTime(): () => number {
  const moved = useSyncExternalStore(subscribe, () => ahead)
  useEffect(() => {
    fetch('/workbench/simulators/clock')
      .then((answer) => answer.json())
      .then((state: { readonly ahead: number }) => setAhead(state.ahead))
      .catch(() => undefined)
  }, [])
  return useCallback(() => Date.now() + moved, [moved])
}
