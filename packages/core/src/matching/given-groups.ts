import { addGroup, mayShareGroup, nettedFee, sumOf } from './group-draft.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { fieldSlots, keyedEntryFields, keyedLineFields, type Postings } from './reference-index.ts'
import type { RecordColumns } from './side-columns.ts'
import { hasTolerance, totalsAgree } from './tolerant-sums.ts'

const givenScore = 16
const mostLooked = 200

/** One side's batches, and the single records of the other side that may carry their totals. */
interface Direction {
  readonly manySide: RecordColumns<unknown>
  readonly oneSide: RecordColumns<unknown>
  readonly keys: Int32Array
  /** Where the other side would name the batch. */
  readonly otherPostings: Postings
  readonly manyOpen: (record: number) => boolean
  readonly oneOpen: (record: number) => boolean
  readonly oneIsLine: boolean
}

/**
 * Groups one side gives and the other does not name: entries of one batch id whose total is one line's amount, or lines of one
 * batch id that add up to one entry; equal, within the policy's tolerance, or net of a card processor's fee. Proposed only where
 * exactly one record fits.
 */
export const givenGroups: MatchingPass = (context) => {
  const { references, policy, lines, entries } = context
  const none = new Int32Array(0)
  const lineOpen = (line: number): boolean => context.lineOpen(line)
  const entryOpen = (entry: number): boolean => context.entryOpen(entry)
  if (policy.groups.oneToMany) {
    closeBatches(context, {
      manySide: entries,
      oneSide: lines,
      keys: references.entryKeys[keyedEntryFields.indexOf('batchId')] ?? none,
      otherPostings: references.linePostings,
      manyOpen: entryOpen,
      oneOpen: lineOpen,
      oneIsLine: true,
    })
  }
  if (policy.groups.manyToOne) {
    closeBatches(context, {
      manySide: lines,
      oneSide: entries,
      keys: references.lineKeys[keyedLineFields.indexOf('batchId')] ?? none,
      otherPostings: references.entryPostings,
      manyOpen: lineOpen,
      oneOpen: entryOpen,
      oneIsLine: false,
    })
  }
}

function closeBatches(context: MatchingContext, direction: Direction): void {
  const { keys, manySide, oneSide, oneIsLine } = direction
  const batches = new Map<number, number[]>()
  for (let record = 0; record < keys.length; record++) {
    const key = keys[record] ?? -1
    if (key < 0 || !direction.manyOpen(record)) continue
    const batch = batches.get(key)
    if (batch === undefined) batches.set(key, [record])
    else batch.push(record)
  }
  for (const [key, batch] of [...batches].sort((left, right) => (left[1][0] ?? 0) - (right[1][0] ?? 0))) {
    if (batch.length < 2 || namedByOther(direction, key)) continue
    const fitting = fittingRecords(context, direction, batch)
    const one = fitting[0]
    if (one === undefined || fitting.length !== 1) continue
    const difference = sumOf(manySide.amount, batch) - (oneSide.amount[one] ?? 0)
    const netted = oneIsLine && difference > 0 && !hasTolerance(context)
    addGroup(context, {
      lines: oneIsLine ? [one] : batch,
      entries: oneIsLine ? batch : [one],
      reason: netted
        ? { code: 'GROUP_FEE_NETTED', params: { entries: batch.length, fee: difference } }
        : { code: 'GROUP_BATCH_TOTAL', params: { entries: batch.length } },
      score: difference === 0 ? givenScore : givenScore / 2,
      solutions: 1,
      explicit: false,
    })
  }
}

function namedByOther(direction: Direction, key: number): boolean {
  const { starts, items } = direction.otherPostings
  for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
    if (direction.oneOpen(Math.floor((items[at] ?? 0) / fieldSlots))) return true
  }
  return false
}

/** Open records whose amount the batch explains: equal first; otherwise within the tolerance; otherwise net of a card fee. */
function fittingRecords(context: MatchingContext, direction: Direction, batch: readonly number[]): readonly number[] {
  const { manySide, oneSide, oneIsLine } = direction
  const order = oneIsLine ? context.linesByAmount : context.entriesByAmount
  const currency = manySide.currency[batch[0] ?? 0] ?? 0
  const total = sumOf(manySide.amount, batch)
  const may = (one: number): boolean =>
    direction.oneOpen(one) &&
    oneSide.currency[one] === currency &&
    batch.every((many) => {
      const [line, entry] = oneIsLine ? [one, many] : [many, one]
      return (
        mayShareGroup(context, line, entry, context.policy.groups.dateWindow) &&
        context.demands(line, entry) === undefined
      )
    })
  const [from, to] = order.equal(currency, total)
  const exact = [...order.order.subarray(from, Math.min(to, from + mostLooked))].filter(may)
  if (exact.length > 0) return exact
  const near: number[] = []
  const reach = Math.abs(total) * 0.3 + 1
  let looked = 0
  for (let at = order.from(currency, total - reach); at < oneSide.count && looked < mostLooked; at++) {
    const one = order.order[at] ?? 0
    const amount = oneSide.amount[one] ?? 0
    if (oneSide.currency[one] !== currency || amount > total + reach) break
    looked++
    if (agrees(context, direction, one, amount, total, currency) && may(one)) near.push(one)
  }
  return near
}

function agrees(
  context: MatchingContext,
  direction: Direction,
  one: number,
  amount: number,
  total: number,
  currency: number,
): boolean {
  if (hasTolerance(context)) {
    const [line, entry] = direction.oneIsLine ? [amount, total] : [total, amount]
    return totalsAgree(context, line, entry, currency)
  }
  const card = direction.oneIsLine && context.lines.rows[one]?.instrument === 'CARD'
  return card && nettedFee(context, amount, total, currency) !== undefined
}
