import { defineMachine } from '../transition-table.ts'

export const clientResponseMachine = defineMachine({
  name: 'client-response',
  about: 'The answer of a client to one item, from the first saved letter to what staff made of it.',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Saved while it is written; staff do not act on it.',
    SUBMITTED: 'Given; staff decide.',
    IN_EXCEPTION: 'Given, and a senior accountant decides.',
    PUSHED_BACK: 'Not enough: a follow-up question is with the client.',
    APPLIED: 'Applied to the books.',
    SET_ASIDE: 'Staff resolved the item another way.',
  },
  events: {
    save: 'Saved while writing; an answer once given is changed by giving it again',
    submit: 'Given to staff',
    routeToSenior: 'Given, at or above the materiality threshold',
    escalate: 'Moved to the exception queue by staff',
    apply: 'Applied',
    pushBack: 'Pushed back with a question',
    setAside: 'The item was resolved by staff',
    reopen: 'The resolution was undone',
  },
  table: {
    DRAFT: { save: 'DRAFT', submit: 'SUBMITTED', routeToSenior: 'IN_EXCEPTION', setAside: 'SET_ASIDE' },
    SUBMITTED: {
      submit: 'SUBMITTED',
      routeToSenior: 'IN_EXCEPTION',
      escalate: 'IN_EXCEPTION',
      apply: 'APPLIED',
      pushBack: 'PUSHED_BACK',
      setAside: 'SET_ASIDE',
    },
    IN_EXCEPTION: {
      submit: 'SUBMITTED',
      routeToSenior: 'IN_EXCEPTION',
      apply: 'APPLIED',
      pushBack: 'PUSHED_BACK',
      setAside: 'SET_ASIDE',
    },
    PUSHED_BACK: { save: 'DRAFT', submit: 'SUBMITTED', routeToSenior: 'IN_EXCEPTION', setAside: 'SET_ASIDE' },
    APPLIED: { reopen: 'SUBMITTED' },
    SET_ASIDE: { reopen: 'SUBMITTED' },
  },
  guards: {
    submit: [
      { fact: 'answered', must: 'BE_TRUE', code: 'ANSWER_MISSING', says: 'Choose one of the two answers.' },
      { fact: 'supported', must: 'BE_TRUE', code: 'SUPPORT_MISSING', says: 'Upload a document, or write a note.' },
      { fact: 'categorized', must: 'BE_TRUE', code: 'CATEGORY_MISSING', says: 'Choose a category.' },
    ],
    routeToSenior: [
      { fact: 'answered', must: 'BE_TRUE', code: 'ANSWER_MISSING', says: 'Choose one of the two answers.' },
      { fact: 'supported', must: 'BE_TRUE', code: 'SUPPORT_MISSING', says: 'Upload a document, or write a note.' },
      { fact: 'categorized', must: 'BE_TRUE', code: 'CATEGORY_MISSING', says: 'Choose a category.' },
    ],
  },
})
export type ClientResponseStatus = keyof typeof clientResponseMachine.states
