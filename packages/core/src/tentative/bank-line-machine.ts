import { defineMachine } from '../transition-table.ts'

export const bankLineMachine = defineMachine({
  name: 'bank-line',
  about: 'What the bank says about one of its lines. A line that was replaced or taken back stays readable.',
  initial: 'PENDING',
  alsoInitial: ['POSTED'],
  states: {
    PENDING: 'Told during the day; may change or vanish.',
    POSTED: 'Final.',
    SUPERSEDED: 'Replaced by a posted line with an id of its own.',
    WITHDRAWN: 'Never posted within its window, or taken back by the bank.',
  },
  events: {
    post: 'Posted under the same id',
    supersede: 'Replaced by a posted line',
    withdraw: 'Taken back, or its window passed',
  },
  table: {
    PENDING: { post: 'POSTED', supersede: 'SUPERSEDED', withdraw: 'WITHDRAWN' },
    POSTED: { supersede: 'SUPERSEDED' },
    SUPERSEDED: {},
    WITHDRAWN: { supersede: 'SUPERSEDED' },
  },
})
export type BankLineEvent = keyof typeof bankLineMachine.events
