import { nameSimilarity } from '../references/counterparty-name.ts'
import { referenceTokens } from '../references/reference-tokens.ts'
import type { MatchingContext, MatchingPass } from './matching-context.ts'
import { pairConflict } from './pair-rules.ts'
import { fieldSlots, keyedLineFields, lineTextSlot } from './reference-index.ts'
import { recordStates } from './side-columns.ts'

/** Bits of a link that only says "this is the payment that failed". */
const failedScore = 12
const mostScanned = 400

/** Words banks write on returned items, as whole words of the text. */
const returnWords =
  /(?:^|[^A-Za-z0-9])(?:RETURN|RETURNED|RETURNS|REVERSAL|REVERSED|CHARGEBACK|RUECKLASTSCHRIFT|R\u00DCCKLASTSCHRIFT|RUECKGABE|NSF|UNPAID|BOUNCED|STOPPED|REJECTED|REJECT|RETOURE)(?:$|[^A-Za-z0-9])/i

/** The first two letters of those words, in small letters: a glance that spares most texts the pattern. */
const returnFronts: ReadonlySet<number> = new Set(
  ['re', 'ch', 'ru', 'r\u00FC', 'ns', 'un', 'bo', 'st'].map((front) => frontOf(front, 0)),
)

function frontOf(text: string, at: number): number {
  return ((text.charCodeAt(at) | 32) << 16) | (text.charCodeAt(at + 1) | 32)
}

function saysReturned(text: string): boolean {
  for (let at = 0; at + 1 < text.length; at++) if (returnFronts.has(frontOf(text, at))) return returnWords.test(text)
  return false
}

/** Fields whose equality on two lines says they speak of the same payment; a mandate or a batch does not. */
const paymentSlots = [
  ...(['endToEndId', 'checkNumber', 'customerReference', 'structuredReference', 'bankReference'] as const).map(
    (field) => keyedLineFields.indexOf(field),
  ),
  lineTextSlot,
]

/**
 * Pass 3: lines the bank says failed or were returned (return code, transaction code of returned items), and the payments they
 * undo. Nothing here is ever automatic: the returned line and the payment it returns are both flagged with the entry that was
 * authorized, whether or not the books already hold a reversal.
 */
export const failedPaymentPass: MatchingPass = (context) => {
  const { lines } = context
  const codes = new Set(context.policy.failedPayments.transactionCodes)
  for (let line = 0; line < lines.count; line++) {
    if (lines.state[line] !== recordStates.OPEN || !saysFailed(context, line, codes)) continue
    const original = originalOf(context, line, true)
    flag(context, line, original)
  }
  for (let line = 0; line < lines.count; line++) {
    if (lines.state[line] !== recordStates.OPEN) continue
    const original = undoneBy(context, line)
    if (original !== undefined) flag(context, line, original)
  }
}

function saysFailed(context: MatchingContext, line: number, codes: ReadonlySet<string>): boolean {
  const row = context.lines.rows[line]
  if (row === undefined) return false
  if (row.instrument === 'DIRECT_DEBIT' && !context.policy.failedPayments.directDebits) return false
  if (row.returnCode !== undefined && row.returnCode !== '') return true
  const code = row.transactionCode
  return code !== undefined && (codes.has(code) || returnFamilies.test(code))
}

/** ISO 20022 subfamilies of returned and unpaid items. */
const returnFamilies = /\/(?:RRTN|UPDD|UPCQ|UPCT)$/

/**
 * The earlier line this one takes back: it shares a reference, or its reference stands in the text; otherwise it is the only one of
 * the same payer and size; otherwise, where the bank itself says "returned", the only one of that size whose payer does not differ.
 */
function originalOf(context: MatchingContext, line: number, coded: boolean): number | undefined {
  const named = oppositeByReference(context, line) ?? oppositeByText(context, line)
  if (named !== undefined || quotesPayment(context, line)) return named
  const opposite = oppositeByAmount(context, line)
  const samePayers = opposite.filter((other) => payers(context, line, other) === 'SAME')
  if (samePayers.length > 0) return samePayers.length === 1 ? samePayers[0] : undefined
  const possible = coded ? opposite.filter((other) => payers(context, line, other) === 'UNKNOWN') : []
  return possible.length === 1 ? possible[0] : undefined
}

/** The line names an entry of its own size: whatever it takes back would carry that reference too. */
function quotesPayment(context: MatchingContext, line: number): boolean {
  const { lines, entries, references } = context
  const size = Math.abs(lines.amount[line] ?? 0)
  return references
    .quotes(line)
    .some((quote) => quote.strength === 'STRONG' && Math.abs(entries.amount[quote.entry] ?? 0) === size)
}

function oppositeByAmount(context: MatchingContext, line: number): readonly number[] {
  const { lines, linesByAmount, policy } = context
  const [first, last] = linesByAmount.equal(lines.currency[line] ?? 0, -(lines.amount[line] ?? 0))
  const day = lines.day[line] ?? 0
  const found: number[] = []
  const start = linesByAmount.fromDay(first, last, day - policy.failedPayments.windowDays)
  for (let at = start; at < last && at - start < mostScanned; at++) {
    const other = linesByAmount.order[at] ?? 0
    if ((lines.day[other] ?? 0) > day) break
    if (isOpposite(context, line, other)) found.push(other)
  }
  return found
}

/** A line whose own reference stands as a whole token in the text of the returned one: `RETURN OF PAY-77`. */
function oppositeByText(context: MatchingContext, line: number): number | undefined {
  const { lines, references, policy } = context
  const text = lines.rows[line]?.references.remittanceText
  if (text === undefined) return undefined
  const { starts, items } = references.linePostings
  for (const token of referenceTokens(text, policy.references.minimumDigits)) {
    const key = references.keyIds.find(token.canonical)
    if (key < 0 || references.dull[key] === 1) continue
    for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
      const other = Math.floor((items[at] ?? 0) / fieldSlots)
      if (isOpposite(context, line, other)) return other
    }
  }
  return undefined
}

function payers(context: MatchingContext, line: number, other: number): 'SAME' | 'UNKNOWN' | 'DIFFERENT' {
  const { lines, names } = context
  const first = lines.name[line] ?? -1
  const second = lines.name[other] ?? -1
  if (first < 0 || second < 0) return 'UNKNOWN'
  return first === second || nameSimilarity(names[first] ?? '', names[second] ?? '') >= 0.9 ? 'SAME' : 'DIFFERENT'
}

function oppositeByReference(context: MatchingContext, line: number): number | undefined {
  const { lines, references } = context
  const { starts, items } = references.linePostings
  let best: number | undefined
  for (const slot of paymentSlots) {
    const column = slot === lineTextSlot ? references.lineTextKeys : references.lineKeys[slot]
    const key = column?.[line] ?? -1
    if (key < 0 || references.dull[key] === 1) continue
    const first = starts[key] ?? 0
    const last = starts[key + 1] ?? 0
    if (last - first < 2) continue
    for (let at = first; at < last; at++) {
      const other = Math.floor((items[at] ?? 0) / fieldSlots)
      if (!isOpposite(context, line, other)) continue
      if (best === undefined || (lines.day[other] ?? 0) > (lines.day[best] ?? 0)) best = other
    }
  }
  return best
}

/** An open earlier line of the same account and size that moved the other way, within the window. */
function isOpposite(context: MatchingContext, line: number, other: number): boolean {
  const { lines, policy } = context
  const amount = lines.amount[line] ?? 0
  const days = (lines.day[line] ?? 0) - (lines.day[other] ?? 0)
  return (
    amount !== 0 &&
    lines.amount[other] === -amount &&
    lines.currency[other] === lines.currency[line] &&
    lines.account[other] === lines.account[line] &&
    lines.state[other] === recordStates.OPEN &&
    days >= 0 &&
    days <= policy.failedPayments.windowDays
  )
}

/** A line without any code that takes an earlier one back: same reference, opposite amount; or the text says so and the payer agrees. */
function undoneBy(context: MatchingContext, line: number): number | undefined {
  const row = context.lines.rows[line]
  if (row?.instrument === 'SWEEP') return undefined
  const byReference = oppositeByReference(context, line)
  if (byReference !== undefined) {
    const sameDay = context.lines.day[line] === context.lines.day[byReference]
    return sameDay && line < byReference && !saysReturned(row?.references.remittanceText ?? '')
      ? undefined
      : byReference
  }
  const text = row?.references.remittanceText
  return text !== undefined && saysReturned(text) ? originalOf(context, line, false) : undefined
}

function flag(context: MatchingContext, line: number, original: number | undefined): void {
  const row = context.lines.rows[line]
  const code = row?.returnCode ?? row?.transactionCode ?? ''
  const entries = authorizedEntries(context, line, original)
  addFlag(context, line, entries, { code: 'PAYMENT_FAILED', params: { returnCode: code } })
  if (original === undefined) return
  addFlag(context, original, entries, {
    code: 'PAYMENT_RETURNED_LATER',
    params: { line: row?.id ?? '', returnCode: code },
  })
}

function addFlag(
  context: MatchingContext,
  line: number,
  entries: readonly number[],
  reason: { readonly code: string; readonly params: Readonly<Record<string, string | number>> },
): void {
  if (entries.length === 0) {
    context.add({
      lines: [line],
      entries: [],
      pass: 'FAILED_PAYMENT',
      status: 'FLAGGED',
      kind: 'UNIQUE',
      reason,
      score: 0,
      finding: 'RETURNED',
    })
    return
  }
  for (const entry of entries.slice(0, 1)) context.returnedEntries.add(entry)
  entries.slice(0, 5).forEach((entry, rank) => {
    context.add({
      lines: [line],
      entries: [entry],
      pass: 'FAILED_PAYMENT',
      status: 'FLAGGED',
      kind: 'UNIQUE',
      reason,
      score: failedScore - rank,
      finding: 'RETURNED',
      alternative: rank > 0,
    })
  })
}

/** Entries of the failed payment: named by either line and equal in size, whatever the sign; otherwise equal and of one name. */
function authorizedEntries(context: MatchingContext, line: number, original: number | undefined): readonly number[] {
  const { lines, entries, references } = context
  const size = Math.abs(lines.amount[line] ?? 0)
  const named = new Set<number>()
  for (const speaker of original === undefined ? [line] : [line, original]) {
    for (const quote of references.quotes(speaker)) {
      if (entries.state[quote.entry] === recordStates.SHUT || quote.strength === 'WEAK') continue
      if (Math.abs(entries.amount[quote.entry] ?? 0) === size && entries.currency[quote.entry] === lines.currency[line])
        named.add(quote.entry)
    }
  }
  const wanted = original === undefined ? (lines.amount[line] ?? 0) : (lines.amount[original] ?? 0)
  const subject = original ?? line
  const byDistance = (left: number, right: number): number =>
    Number((entries.amount[right] ?? 0) === wanted) - Number((entries.amount[left] ?? 0) === wanted) ||
    Math.abs((entries.day[left] ?? 0) - (lines.day[subject] ?? 0)) -
      Math.abs((entries.day[right] ?? 0) - (lines.day[subject] ?? 0)) ||
    left - right
  if (named.size > 0) return [...named].sort(byDistance)
  return sameNameEntries(context, subject, original === undefined ? [wanted, -wanted] : [wanted]).sort(byDistance)
}

function sameNameEntries(context: MatchingContext, line: number, amounts: readonly number[]): number[] {
  const { lines, entries, entriesByAmount, policy } = context
  const name = lines.name[line] ?? -1
  const found: number[] = []
  if (name < 0) return found
  for (const amount of amounts) {
    const [first, last] = entriesByAmount.equal(lines.currency[line] ?? 0, amount)
    const start = entriesByAmount.fromDay(first, last, (lines.day[line] ?? 0) - policy.failedPayments.windowDays)
    for (let at = start; at < last && at - start < mostScanned; at++) {
      const entry = entriesByAmount.order[at] ?? 0
      if ((entries.day[entry] ?? 0) > (lines.day[line] ?? 0) + 10) break
      const conflict = pairConflict(context, line, entry)
      if (
        entries.name[entry] === name &&
        entries.state[entry] === recordStates.OPEN &&
        (conflict === undefined || conflict === 'OPPOSITE_SIGN')
      )
        found.push(entry)
    }
  }
  return found
}
