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
    proofNow: read('/runs/{runId}/proof/now'),
    cancel: decide('/runs/{runId}/cancellation'),
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
  lab: {
    compare: decide('/lab/comparisons'),
    calibration: read('/lab/calibration'),
  },
  periods: {
    draw: decide('/periods'),
    list: read('/periods'),
    get: read('/periods/{periodId}'),
    act: decide('/periods/{periodId}/actions'),
  },
  insight: {
    scenarios: read('/insight/scenarios'),
  },
  exports: {
    download: read('/exports/{kind}'),
    create: decide('/exports'),
    list: read('/export-jobs'),
    get: read('/export-jobs/{exportId}'),
    attachment: read('/attachments/{attachmentId}'),
    file: read('/files/{token}'),
  },
  clients: {
    save: decide('/clients'),
    list: read('/clients'),
    saveContact: decide('/clients/{clientId}/contacts'),
    contacts: read('/clients/{clientId}/contacts'),
  },
  bookkeeping: {
    state: read('/runs/{runId}/state'),
    unreconciled: read('/runs/{runId}/unreconciled'),
    exceptions: read('/exceptions'),
    rematch: decide('/runs/{runId}/rematch'),
    dispatch: decide('/runs/{runId}/dispatch'),
    resolve: decide('/runs/{runId}/unreconciled/{itemId}/resolution'),
    complete: decide('/runs/{runId}/completion'),
  },
  portal: {
    request: read('/portal/request'),
    answer: decide('/portal/items/{itemId}/answer'),
    beginUpload: decide('/portal/uploads'),
    uploadPart: decide('/portal/uploads/{attachmentId}/parts/{offset}'),
    upload: read('/portal/uploads/{attachmentId}'),
    signOut: decide('/portal/sign-out'),
  },
  outbox: {
    list: read('/outbox'),
    resend: decide('/outbox/{messageId}/resend'),
  },
  settings: {
    get: read('/settings'),
    save: decide('/settings'),
  },
  collections: {
    saveCreditor: decide('/creditors'),
    creditors: read('/creditors'),
    place: decide('/placements'),
    placements: read('/placements'),
    placement: read('/placements/{placementId}'),
    recordPayment: decide('/placements/{placementId}/payments'),
    reverse: decide('/placements/{placementId}/reversals'),
    reinstate: decide('/placements/{placementId}/reinstatements'),
    act: decide('/placements/{placementId}/actions'),
    remittances: read('/remittances'),
    moveRemittance: decide('/remittances/{remittanceId}/transfer'),
    syncLog: read('/sync-log'),
    syncEntry: read('/sync-log/{mappingId}'),
    drifts: read('/drifts'),
    retryWriteback: decide('/sync-log/{mappingId}'),
    checkDrift: decide('/placements/{placementId}/drift-check'),
    explainDrift: decide('/drifts/{driftId}/explanation'),
    adjust: decide('/statement-adjustments'),
    closeStatement: decide('/creditor-statements'),
    statements: read('/creditor-statements'),
  },
  treasury: {
    save: decide('/transactables'),
    list: read('/transactables'),
    summary: read('/treasury/summary'),
    get: read('/transactables/{transactableId}'),
    match: decide('/treasury/matches'),
    link: decide('/transactables/{transactableId}/links'),
    move: decide('/transactables/{transactableId}/events'),
    lines: read('/treasury/lines'),
  },
  sources: {
    create: decide('/deposit-sources'),
    list: read('/deposit-sources'),
    get: read('/deposit-sources/{sourceId}'),
    upload: decide('/deposit-sources/{sourceId}/uploads'),
    act: decide('/deposit-sources/{sourceId}/actions'),
  },
  webhooks: {
    save: decide('/webhook-endpoints'),
    list: read('/webhook-endpoints'),
    catalogue: read('/webhook-catalogue'),
    deliveries: read('/webhook-deliveries'),
    resend: decide('/webhook-deliveries/{deliveryId}/resend'),
    receive: decide('/webhooks/{provider}/{tenantId}'),
  },
  jobs: {
    parked: read('/jobs/parked'),
    redrive: decide('/jobs/redrive'),
    events: read('/events'),
  },
} as const

export type Routes = typeof routes

export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly decides: boolean
}
