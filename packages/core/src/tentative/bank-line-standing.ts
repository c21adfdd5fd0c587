import { allow, andThen, type Decision, refuse } from '../decision.ts'
import type { BankLine, BankLineStatus } from '../records/bank-line.ts'
import { type ChangeInput, recordBirth, recordChange, type Subject, type SubjectChange } from '../subject-change.ts'
import { transition } from '../transition-table.ts'
import { type BankLineEvent, bankLineMachine } from './bank-line-machine.ts'
import type { Supersession } from './supersession.ts'

/** What the bank says of one of its lines, through time. The line itself is never edited; only this moves. */
export interface BankLineStanding extends Subject {
  readonly status: BankLineStatus
  /** The posted line that took its place. */
  readonly supersededBy?: string
}

/** The bank told of a line: the first event of its history. */
export function toldLine(line: Pick<BankLine, 'id' | 'status'>, input: ChangeInput): SubjectChange<BankLineStanding> {
  return recordBirth({ id: line.id, version: 1, status: line.status }, noteOf('told', input))
}

/** A line that is final under its own id, or that the bank took back. */
export function moveBankLine(
  standing: BankLineStanding,
  event: Exclude<BankLineEvent, 'supersede'>,
  input: ChangeInput,
): Decision<SubjectChange<BankLineStanding>> {
  return andThen(transition(bankLineMachine, standing.status, event, {}), ({ next, effects }) =>
    allow(recordChange(standing, { ...standing, status: next }, { ...noteOf(word[event], input), effects })),
  )
}

/** A line whose place a posted one took (see supersedeLine); by how much the amount changed is in `about`. */
export function replaceBankLine(
  standing: BankLineStanding,
  { superseded, successor, amountChange }: Supersession,
  input: ChangeInput,
): Decision<SubjectChange<BankLineStanding>> {
  if (superseded.id !== standing.id) {
    return refuse('OTHER_LINE', 'The supersession is of another line.', { ids: [standing.id, superseded.id] })
  }
  return andThen(transition(bankLineMachine, standing.status, 'supersede', {}), ({ next, effects }) => {
    const after: BankLineStanding = { ...standing, status: next, supersededBy: successor.id }
    const about = amountChange === undefined ? {} : { about: { amountChange } }
    return allow(recordChange(standing, after, { ...noteOf('superseded', input), ...about, effects }))
  })
}

const word = { post: 'posted', withdraw: 'withdrawn' } as const

function noteOf(what: string, input: ChangeInput) {
  return { name: `treasury.bank_line.${what}`, kind: 'bank_line', actorId: input.actorId, at: input.now }
}
