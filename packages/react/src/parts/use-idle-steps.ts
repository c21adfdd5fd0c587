import { useEffect } from 'react'

/** Runs steps of preparation between frames until there is nothing left to prepare. Where there is no idle time, never. */
export function useIdleSteps(prepared: { readonly warm: (hasTime: () => boolean) => boolean }): void {
  useEffect(() => {
    if (typeof requestIdleCallback === 'undefined') return
    let handle = 0
    const step = (deadline: IdleDeadline) => {
      if (prepared.warm(() => deadline.timeRemaining() > 3)) handle = requestIdleCallback(step)
    }
    handle = requestIdleCallback(step)
    return () => cancelIdleCallback(handle)
  }, [prepared])
}
