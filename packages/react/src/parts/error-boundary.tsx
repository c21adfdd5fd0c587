import { Component, type ErrorInfo, type ReactNode } from 'react'

export interface ErrorBoundaryProps {
  readonly children: ReactNode
  readonly fallback: (error: unknown, retry: () => void) => ReactNode
  readonly onError?: ((error: unknown, info: ErrorInfo) => void) | undefined
  /** A change of this value tries again: the row got new data. */
  readonly resetKey?: unknown
}

interface ErrorBoundaryState {
  readonly error: { readonly value: unknown } | null
  readonly resetKey: unknown
}

/** Keeps a broken row or screen from taking its neighbours down. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(value: unknown): Partial<ErrorBoundaryState> {
    return { error: { value } }
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError?.(error, info)
  }

  readonly retry = (): void => this.setState({ error: null })

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : this.props.fallback(this.state.error.value, this.retry)
  }
}
