import { matchLines } from '../match-lines.ts'
import { treasury } from '../presets/treasury.ts'
import type { BankLine } from '../records/bank-line.ts'
import type { IsoDate } from '../records/iso-date.ts'
import type { ChangeEvent } from '../subject-change.ts'
import { supersedeLine } from '../tentative/supersession.ts'
import { linkTransactable, type Transactable } from '../tentative/transactable.ts'
import { accepted } from './accepted.ts'
import { treasuryWorld } from './treasury-world.ts'

/** What is known at the end of one day. */
export interface TreasuryMoment {
  readonly date: IsoDate
  /** Every line ever told of; those that were replaced carry that status. */
  readonly bankLines: readonly BankLine[]
  readonly transactables: readonly Transactable[]
  readonly events: readonly ChangeEvent[]
}

/** The treasury world through the engine and the rules: Friday with its pending lines, then Monday with the posted ones. */
export function treasuryHistory(): { readonly friday: TreasuryMoment; readonly monday: TreasuryMoment } {
  const { day, nextDay, intraday, priorDay, transactables } = treasuryWorld
  const start: TreasuryMoment = { date: day, bankLines: [], transactables, events: [] }
  const friday = nextMoment(start, day, intraday)
  return { friday, monday: nextMoment(friday, nextDay, priorDay) }
}

function nextMoment(before: TreasuryMoment, date: IsoDate, told: readonly BankLine[]): TreasuryMoment {
  const bankLines = [...before.bankLines.map((line) => replacedBy(line, told)), ...told]
  const lineOf = new Map(bankLines.map((line) => [line.id, line]))
  const live = bankLines.filter((line) => line.status !== 'SUPERSEDED')
  const run = matchLines({ bankLines: live, bookEntries: treasuryWorld.bookEntries }, treasury)
  const linked = new Map<string, readonly string[]>()
  for (const match of run.matches) {
    if (match.status !== 'AUTO') continue
    for (const id of match.bookEntryIds) linked.set(id, match.bankLineIds)
  }
  const changes = before.transactables.map((subject) => {
    const lines = (linked.get(subject.id) ?? []).flatMap((id) => lineOf.get(id) ?? [])
    const same = lines.map((line) => line.id).join() === subject.bankLineIds.join()
    const input = { now: `${date}T12:00:00Z`, actorId: 'SYSTEM' }
    return same ? { subject, events: [] } : accepted(linkTransactable(subject, lines, input))
  })
  const events = [...before.events, ...changes.flatMap((change) => change.events)]
  return { date, bankLines, transactables: changes.map((change) => change.subject), events }
}

function replacedBy(line: BankLine, told: readonly BankLine[]): BankLine {
  const successor = told.find((one) => one.supersedes === line.id)
  return successor === undefined ? line : accepted(supersedeLine(line, successor)).superseded
}
