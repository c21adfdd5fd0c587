type PathTemplate = `/${string}`

const read = <Path extends PathTemplate>(path: Path) => ({ method: 'GET', path, decides: false }) as const
/** A write whose rules may refuse: the client gives a Decision, the wire a problem with code REFUSED. */
const decide = <Path extends PathTemplate>(path: Path) => ({ method: 'POST', path, decides: true }) as const

/**
 * Every route of the host backend, under its mount point (`/recon`): data without schemas, so that a browser bundle that
 * calls the backend does not carry the validation library. The schemas are in contract.ts under the same names.
 */
export const routes = {
  system: {
    health: read('/health'),
    ready: read('/ready'),
    openapi: read('/openapi.json'),
    session: read('/session'),
  },
  imports: {
    create: decide('/imports'),
    list: read('/imports'),
  },
  records: {
    bankLines: read('/bank-lines'),
    bookEntries: read('/book-entries'),
    explain: decide('/explain'),
  },
  runs: {
    create: decide('/runs'),
    list: read('/runs'),
    get: read('/runs/{runId}'),
    proof: read('/runs/{runId}/proof'),
  },
  items: {
    list: read('/items'),
    get: read('/items/{itemId}'),
    act: decide('/items/{itemId}/actions'),
    actOnMany: decide('/items/actions'),
  },
  activity: {
    list: read('/activity'),
    previewUndo: read('/activity/{eventId}/undo'),
    undo: decide('/activity/{eventId}/undo'),
    verify: read('/activity/verification'),
  },
  insight: {
    scenarios: read('/insight/scenarios'),
  },
  exports: {
    download: read('/exports/{kind}'),
  },
} as const

export type Routes = typeof routes

export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly decides: boolean
}
