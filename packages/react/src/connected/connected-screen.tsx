import type { ReactNode } from 'react'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { FailedState } from '../parts/screen-state.tsx'
import { useRecon } from '../recon-root/recon-context.ts'

/** What every connected screen stands in: a part that breaks says so, and the host's page goes on. */
export function ConnectedScreen({ children }: { readonly children: ReactNode }) {
  const { messages } = useRecon()
  return (
    <ErrorBoundary fallback={(_, retry) => <FailedState message={messages.frame.screenFailed} retry={retry} />}>
      {children}
    </ErrorBoundary>
  )
}
