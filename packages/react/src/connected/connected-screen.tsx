import { type Desk, missingPermission } from '@recon/core'
import type { ReactNode } from 'react'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { FailedState, LoadingRows, RefusedState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'
import { useActor } from './use-actor.ts'

/** What every connected screen stands in: a part that breaks says so, and the host's page goes on. */
export function ConnectedScreen({ children }: { readonly children: ReactNode }) {
  const { messages } = useRecon()
  return (
    <ErrorBoundary fallback={(_, retry) => <FailedState message={messages.frame.screenFailed} retry={retry} />}>
      {children}
    </ErrorBoundary>
  )
}

/**
 * Says whom a desk is for instead of showing it to somebody else. The backend is the fence; this only spares a person a screen
 * on which nothing may be done.
 */
export function DeskDoor({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  const { actor, error } = useActor()
  if (actor === null) return error === null ? <LoadingRows /> : children
  const missing = missingPermission(actor, 'item.view', desk)
  return missing === null ? children : <RefusedState message={missing.message} />
}
