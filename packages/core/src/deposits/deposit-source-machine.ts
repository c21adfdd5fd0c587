import { defineMachine } from '../transition-table.ts'

export const depositSourceMachine = defineMachine({
  name: 'deposit-source',
  about: 'Where deposits come from: a bank connection that is fetched, or files that are uploaded.',
  initial: 'healthy',
  states: {
    healthy: 'The last fetch worked and is recent.',
    stale: 'Nothing was fetched for longer than it should take.',
    failing: 'The bank does not answer, or answers wrongly; tried again at every tick.',
    credentials_invalid: 'The bank refuses the password: fetching has stopped until somebody updates it.',
    reconnecting: 'New credentials are being tried.',
  },
  events: {
    fetched: 'Deposits were fetched or uploaded',
    fail: 'A fetch failed for a reason that may pass',
    growStale: 'The last successful fetch became too old',
    rejectCredentials: 'The bank refused the credentials',
    updateCredentials: 'A person gave new credentials',
  },
  table: {
    healthy: { fetched: 'healthy', fail: 'failing', growStale: 'stale', rejectCredentials: 'credentials_invalid' },
    stale: { fetched: 'healthy', fail: 'failing', rejectCredentials: 'credentials_invalid' },
    failing: { fetched: 'healthy', fail: 'failing', rejectCredentials: 'credentials_invalid' },
    credentials_invalid: { updateCredentials: 'reconnecting' },
    reconnecting: {
      fetched: 'healthy',
      fail: 'failing',
      rejectCredentials: 'credentials_invalid',
      updateCredentials: 'reconnecting',
    },
  },
  effects: {
    rejectCredentials: [
      { type: 'STOP_FETCHING' },
      { type: 'QUEUE_MAIL', template: 'bank-credentials-invalid', to: 'EVERY_USER' },
      { type: 'EMIT_WEBHOOK', event: 'deposit_source.credentials_invalid' },
    ],
    updateCredentials: [{ type: 'FETCH_NOW' }],
  },
})
export type DepositSourceStatus = keyof typeof depositSourceMachine.states
export type DepositSourceEvent = keyof typeof depositSourceMachine.events
