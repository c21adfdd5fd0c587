import { indexOfId } from './id-order.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { fieldSlots } from './reference-index.ts'
import { recordStates, recordTraits } from './side-columns.ts'

/**
 * Pass 2: a posted line replaces the pending one it grew from: by the bank's pointer, by an equal reference, or by amount and
 * name within the window. Amount alone never (we-promise/sure#2013). The pending line keeps its record, takes no part any more,
 * and shows in its successor's item.
 */
export const supersessionPass: MatchingPass = (context) => {
  const { lines } = context
  const pending: number[] = []
  for (let line = 0; line < lines.count; line++) {
    if (isPending(context, line) && lines.state[line] === recordStates.OPEN) pending.push(line)
  }
  byPointer(context)
  if (pending.length === 0) return
  const claims = new Map<number, number[]>()
  for (const line of pending) {
    if (lines.state[line] !== recordStates.OPEN) continue
    const successor = onlySuccessor(context, line)
    if (successor !== undefined) claims.set(successor, [...(claims.get(successor) ?? []), line])
  }
  for (const [successor, claimants] of [...claims].sort((left, right) => left[0] - right[0])) {
    const only = claimants[0]
    if (claimants.length === 1 && only !== undefined) replace(context, only, successor)
  }
}

function isPending({ lines }: MatchingContext, line: number): boolean {
  return ((lines.traits[line] ?? 0) & recordTraits.PENDING) > 0
}

function replace(context: MatchingContext, old: number, successor: number): void {
  context.lines.state[old] = recordStates.SHUT
  context.companionOf[old] = successor
  context.notes.set(old, { code: 'SUPERSEDED_BY', params: { line: context.lines.rows[successor]?.id ?? '' } })
}

function byPointer(context: MatchingContext): void {
  const { lines } = context
  for (let line = 0; line < lines.count; line++) {
    if (((lines.traits[line] ?? 0) & recordTraits.POINTS) === 0) continue
    const pointer = lines.rows[line]?.supersedes
    if (pointer === undefined || pointer === lines.rows[line]?.id) continue
    const old = indexOfId(lines.rows, pointer)
    if (old < 0 || lines.rows[old]?.status === 'POSTED' || context.companionOf[old] !== -1) continue
    replace(context, old, line)
  }
}

function onlySuccessor(context: MatchingContext, pending: number): number | undefined {
  const byReference = successorsByReference(context, pending)
  const found = byReference.length > 0 ? byReference : successorsByName(context, pending)
  return found.length === 1 ? found[0] : undefined
}

function maySucceed(context: MatchingContext, pending: number, line: number): boolean {
  const { lines, policy } = context
  const days = (lines.day[line] ?? 0) - (lines.day[pending] ?? 0)
  return (
    line !== pending &&
    lines.state[line] === recordStates.OPEN &&
    lines.rows[line]?.status === 'POSTED' &&
    lines.rows[line]?.supersedes === undefined &&
    lines.currency[line] === lines.currency[pending] &&
    lines.account[line] === lines.account[pending] &&
    (lines.amount[line] ?? 0) > 0 === (lines.amount[pending] ?? 0) > 0 &&
    days >= 0 &&
    days <= policy.supersession.windowDays
  )
}

function successorsByReference(context: MatchingContext, pending: number): number[] {
  const { lines, references, policy } = context
  const found = new Set<number>()
  const amount = lines.amount[pending] ?? 0
  const slack = Math.abs(amount) * Number(policy.supersession.amountFraction)
  const columns = [...references.lineKeys, references.lineTextKeys]
  columns.forEach((column, field) => {
    const key = column[pending] ?? -1
    if (key < 0 || references.dull[key] === 1) return
    const { starts, items } = references.linePostings
    for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
      const item = items[at] ?? 0
      const line = Math.floor(item / fieldSlots)
      if (item % fieldSlots !== field || !maySucceed(context, pending, line)) continue
      if (Math.abs((lines.amount[line] ?? 0) - amount) <= slack) found.add(line)
    }
  })
  return [...found]
}

function successorsByName(context: MatchingContext, pending: number): number[] {
  const { lines, linesByAmount } = context
  const name = lines.name[pending] ?? -1
  if (name < 0) return []
  const [first, last] = linesByAmount.equal(lines.currency[pending] ?? 0, lines.amount[pending] ?? 0)
  const found: number[] = []
  for (let at = linesByAmount.fromDay(first, last, lines.day[pending] ?? 0); at < last && found.length < 2; at++) {
    const line = linesByAmount.order[at] ?? 0
    if ((lines.day[line] ?? 0) - (lines.day[pending] ?? 0) > context.policy.supersession.windowDays) break
    if (lines.name[line] === name && maySucceed(context, pending, line)) found.push(line)
  }
  return found
}
