import { compareIds, indexOfId } from './id-order.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { fieldSlots } from './reference-index.ts'
import { type RecordColumns, recordStates, recordTraits } from './side-columns.ts'

/** Bits of a link the source system itself made. */
const sourceScore = 30

/**
 * Pass 1: links the source system already made are taken over as they are. A reconciled line names its entries, or the one
 * entry with its reference and amount is found; a line without any stays reconciled and alone. Where only the entry says so
 * (bank formats cannot), it takes the one line with its reference and amount. Entries the source has reconciled with lines of
 * another day are used up.
 */
export const sourceConfirmedPass: MatchingPass = (context) => {
  const { lines, entries } = context
  for (let line = 0; line < lines.count; line++) {
    if (!isReconciled(lines, line) || lines.state[line] !== recordStates.OPEN) continue
    const ids = lines.rows[line]?.sourceEntryIds ?? []
    const linked = [...new Set(ids)]
      .sort(compareIds)
      .map((id) => indexOfId(entries.rows, id))
      .filter((entry) => entry >= 0 && entries.state[entry] !== recordStates.TAKEN)
    const found = linked.length > 0 ? linked.sort((left, right) => left - right) : equalReference(context, line)
    context.add({
      lines: [line],
      entries: found,
      pass: 'SOURCE_CONFIRMED',
      status: 'AUTO',
      kind: found.length > 1 ? 'GROUP' : 'UNIQUE',
      reason: { code: found.length === 0 ? 'SOURCE_CONFIRMED_ALONE' : 'SOURCE_CONFIRMED' },
      score: sourceScore,
    })
  }
  takeReconciledEntries(context)
  for (let entry = 0; entry < entries.count; entry++) {
    if (isReconciled(entries, entry) && entries.state[entry] === recordStates.OPEN) {
      entries.state[entry] = recordStates.SHUT
    }
  }
}

function isReconciled({ traits }: RecordColumns<unknown>, record: number): boolean {
  return ((traits[record] ?? 0) & recordTraits.RECONCILED) > 0
}

/** Links each entry the source has reconciled with the one line that fits it and that the source says nothing about. */
function takeReconciledEntries(context: MatchingContext): void {
  const { lines, entries } = context
  if (!entries.traits.some((traits) => (traits & recordTraits.RECONCILED) > 0)) return
  const linesOf = new Map<number, number[]>()
  for (let line = 0; line < lines.count; line++) {
    if (lines.state[line] !== recordStates.OPEN || ((lines.traits[line] ?? 0) & recordTraits.STATED) > 0) continue
    const [entry] = equalReference(context, line)
    if (entry === undefined || !isReconciled(entries, entry)) continue
    const fitting = linesOf.get(entry)
    if (fitting === undefined) linesOf.set(entry, [line])
    else fitting.push(line)
  }
  for (const [entry, fitting] of [...linesOf].sort((left, right) => left[0] - right[0])) {
    if (fitting.length !== 1) continue
    context.add({
      lines: fitting,
      entries: [entry],
      pass: 'SOURCE_CONFIRMED',
      status: 'AUTO',
      kind: 'UNIQUE',
      reason: { code: 'SOURCE_CONFIRMED' },
      score: sourceScore,
    })
  }
}

/** The one open entry that shares a reference with the line and has its amount. */
function equalReference(context: MatchingContext, line: number): number[] {
  const { lines, entries, references } = context
  const found = new Set<number>()
  for (const column of references.lineKeys) {
    const key = column[line] ?? -1
    if (key < 0 || references.dull[key] === 1) continue
    const { starts, items } = references.entryPostings
    for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
      const entry = Math.floor((items[at] ?? 0) / fieldSlots)
      const same = entries.amount[entry] === lines.amount[line] && entries.currency[entry] === lines.currency[line]
      if (same && entries.state[entry] === recordStates.OPEN) found.add(entry)
    }
  }
  return found.size === 1 ? [...found] : []
}
