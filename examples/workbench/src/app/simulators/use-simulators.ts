import type { QueryStore } from '@recon/react/connected'
import { useEffect, useState } from 'react'
import { setAhead } from '../use-workbench-time.ts'

/** What the outside world of a desk looks like now; its shape depends on the desk. */
export interface SimulatorState {
  readonly now: string
  /** How far that is ahead of the machine's clock, in milliseconds. */
  readonly ahead: number
  readonly facts: Readonly<Record<string, unknown>> | null
}

export interface Performed {
  readonly done: boolean
  readonly said: string
}

/** Lets the outside world do something. */
export async function perform(desk: string, action: string, input: object): Promise<Performed> {
  const answer = await fetch(`/workbench/simulators/${desk}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const body: { readonly words?: string; readonly refused?: string } = await answer.json().catch(() => ({}))
  return { done: answer.ok, said: body.words ?? body.refused ?? 'The workbench did not answer.' }
}

/** Shows what was done at once; what jobs do later comes by the live updates. */
export function refreshAfter(store: QueryStore): void {
  store.refresh('')
}

export function useSimulators(desk: string, open: boolean): SimulatorState | null {
  const [state, setState] = useState<SimulatorState | null>(null)
  useEffect(() => {
    if (!open) return
    let shown = true
    const load = () =>
      fetch(`/workbench/simulators/${desk}`)
        .then((answer) => answer.json())
        .then((next: SimulatorState) => {
          if (!shown) return
          setState(next)
          setAhead(next.ahead)
        })
        .catch(() => undefined)
    void load()
    const timer = setInterval(load, 1500)
    return () => {
      shown = false
      clearInterval(timer)
    }
  }, [desk, open])
  return open ? state : null
}
