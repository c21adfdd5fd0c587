import { addGroup, mayShareGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { fieldSlots, keyedEntryFields } from './reference-index.ts'
import { hasTolerance, totalsAgree } from './tolerant-sums.ts'

const givenScore = 16
const mostLooked = 200

/**
 * Groups the books give and the bank does not name: entries of one batch id whose total is one line's amount, within the policy's
 * tolerance, or short of it by a card processor's fee. Proposed only where exactly one line fits.
 */
export const givenGroups: MatchingPass = (context) => {
  const { references, policy } = context
  if (!policy.groups.oneToMany) return
  const slot = keyedEntryFields.indexOf('batchId')
  const batches = new Map<number, number[]>()
  const column = references.entryKeys[slot] ?? new Int32Array(0)
  for (let entry = 0; entry < column.length; entry++) {
    const key = column[entry] ?? -1
    if (key < 0 || !context.entryOpen(entry)) continue
    const batch = batches.get(key)
    if (batch === undefined) batches.set(key, [entry])
    else batch.push(entry)
  }
  for (const [key, batch] of [...batches].sort((left, right) => (left[1][0] ?? 0) - (right[1][0] ?? 0))) {
    if (batch.length < 2 || namedByLine(context, key)) continue
    const fitting = fittingLines(context, batch)
    const line = fitting[0]
    if (line === undefined || fitting.length !== 1) continue
    const difference = sumOf(context.entries.amount, batch) - (context.lines.amount[line] ?? 0)
    addGroup(context, {
      lines: [line],
      entries: batch,
      reason:
        difference > 0 && !hasTolerance(context)
          ? { code: 'GROUP_FEE_NETTED', params: { entries: batch.length, fee: difference } }
          : { code: 'GROUP_BATCH_TOTAL', params: { entries: batch.length } },
      score: difference === 0 ? givenScore : givenScore / 2,
      solutions: 1,
      explicit: false,
    })
  }
}

function namedByLine(context: MatchingContext, key: number): boolean {
  const { starts, items } = context.references.linePostings
  for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
    if (context.lineOpen(Math.floor((items[at] ?? 0) / fieldSlots))) return true
  }
  return false
}

/** Open lines whose amount the batch explains: equal first; otherwise within the tolerance; otherwise net of a card fee. */
function fittingLines(context: MatchingContext, batch: readonly number[]): readonly number[] {
  const { entries, lines, linesByAmount } = context
  const first = batch[0] ?? 0
  const currency = entries.currency[first] ?? 0
  const total = sumOf(entries.amount, batch)
  const may = (line: number): boolean =>
    context.lineOpen(line) &&
    lines.currency[line] === currency &&
    batch.every(
      (entry) =>
        mayShareGroup(context, line, entry, context.policy.groups.dateWindow) &&
        context.demands(line, entry) === undefined,
    )
  const [from, to] = linesByAmount.equal(currency, total)
  const exact = [...linesByAmount.order.subarray(from, Math.min(to, from + mostLooked))].filter(may)
  if (exact.length > 0) return exact
  const near: number[] = []
  const reach = Math.abs(total) * 0.3 + 1
  let looked = 0
  for (let at = linesByAmount.from(currency, total - reach); at < lines.count && looked < mostLooked; at++) {
    const line = linesByAmount.order[at] ?? 0
    const amount = lines.amount[line] ?? 0
    if (lines.currency[line] !== currency || amount > total + reach) break
    looked++
    if (agrees(context, line, amount, total, currency) && may(line)) near.push(line)
  }
  return near
}

function agrees(context: MatchingContext, line: number, amount: number, total: number, currency: number): boolean {
  if (hasTolerance(context)) return totalsAgree(context, amount, total, currency)
  return context.lines.rows[line]?.instrument === 'CARD' && nettedFee(context, amount, total, currency) !== undefined
}
