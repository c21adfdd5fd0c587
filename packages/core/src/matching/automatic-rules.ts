import { isCreditorReference, isQrReference } from '../references/check-digits.ts'
import { mayBeNext, nearlyEqual } from '../references/near-reference.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import type { Reason } from './evidence.ts'
import type { IdentifierCandidate } from './identifier-candidates.ts'
import type { IdentifierBridge } from './match-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { withinWindow } from './pair-rules.ts'
import { entryReference, fieldSlots, keyedEntryFields } from './reference-index.ts'
import { recordStates } from './side-columns.ts'

/** Steps that weaken a reference: what is left must be long enough to stand alone. */
const longEnough: Readonly<Record<string, number>> = {
  'text-token': 5,
  prefix: 4,
  'check-digit': 5,
  'rail-truncation': 10,
  'split-reference': 10,
}
const mostScanned = 60

export interface AutomaticRefusal {
  readonly reason: Reason
  /** Entries that look like the same payment entered again. */
  readonly rivals?: readonly number[]
}

/**
 * Why a pair that stands alone under its identifier must not be linked automatically; undefined when it may. The pair has
 * already passed the hard rules. Automatic only if the policy allows the pass and the step, amounts are equal to the minor unit,
 * dates are sane, no reversal and no near-duplicate stands beside the entry.
 */
export function automaticRefusal(
  context: MatchingContext,
  pair: IdentifierCandidate,
  bridge: IdentifierBridge,
  hasOwnLine: (entry: number) => boolean,
): AutomaticRefusal | undefined {
  const { lines, entries, policy } = context
  const { automatic } = policy
  const line = lines.rows[pair.line]
  const entry = entries.rows[pair.entry]
  const exact = pair.by === 'MAP' && bridge.step === undefined
  const refuse = (code: string, params: Reason['params'] = {}): AutomaticRefusal => ({ reason: { code, params } })
  const same = lines.amount[pair.line] === entries.amount[pair.entry]
  const rivals = same ? nearDuplicates(context, pair.entry, hasOwnLine) : []
  if (rivals.length > 0) {
    return {
      reason: { code: 'NEAR_DUPLICATE_ENTRY', params: { entry: entries.rows[rivals[0] ?? 0]?.id ?? '' } },
      rivals,
    }
  }
  if (!automatic.passes.includes(exact ? 'IDENTIFIER_EXACT' : 'IDENTIFIER_NORMALIZED'))
    return refuse('PASS_NOT_AUTOMATIC')
  for (const instrument of [line?.instrument, entry?.instrument]) {
    if (instrument !== undefined && automatic.exceptInstruments.includes(instrument)) {
      return refuse('INSTRUMENT_NOT_AUTOMATIC', { instrument })
    }
  }
  const step = bridge.step
  if (step !== undefined && !automatic.steps.includes(step)) return refuse('STEP_NOT_AUTOMATIC', { step })
  if (bridge.entryField === 'description') return refuse('STEP_NOT_AUTOMATIC', { step: step ?? 'text-token' })
  if (step === 'check-digit' && !isStrongCheck(bridge.line) && !isStrongCheck(bridge.entry)) {
    return refuse('STEP_NOT_AUTOMATIC', { step })
  }
  const length = lettersAndDigits(bridge.line)
  const shortest = Math.max(automatic.minimumIdentifierLength, step === undefined ? 1 : (longEnough[step] ?? 1))
  if (length < shortest) return refuse('IDENTIFIER_SHORT', { length })
  if (!same) return refuse('AMOUNT_WITHIN_TOLERANCE')
  if (lines.amount[pair.line] === 0) return refuse('ZERO_AMOUNT')
  const check = line?.instrument === 'CHECK' || bridge.lineField === 'checkNumber'
  const window = check ? automatic.checkDateWindow : automatic.dateWindow
  if (!withinWindow(window, lines.day[pair.line] ?? 0, entries.day[pair.entry] ?? 0)) return refuse('REFERENCE_STALE')
  const reversal = reversalOf(context, pair.entry)
  if (reversal !== undefined) return refuse('REVERSED_IN_LEDGER', { entry: entries.rows[reversal]?.id ?? '' })
  return undefined
}

function lettersAndDigits(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 128) return text.replace(/[^\p{L}\p{N}]+/gu, '').length
    if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)) count++
  }
  return count
}

/** Two check digits modulo 97, or a QR reference: one in a hundred passes by chance. One Luhn digit passes one in ten. */
function isStrongCheck(value: string): boolean {
  const canonical = canonicalReference(value)
  return isCreditorReference(canonical) || isQrReference(canonical.padStart(27, '0'))
}

/** An open entry that takes `entry` back: it says so, or carries the same reference with the opposite amount. */
export function reversalOf(context: MatchingContext, entry: number): number | undefined {
  const { entries, references } = context
  const id = entries.rows[entry]?.id
  const opposite = -(entries.amount[entry] ?? 0)
  const { starts, items } = references.entryPostings
  const fields = references.entryKeys.length
  for (let slot = 0; slot <= fields; slot++) {
    const key = (slot === fields ? references.entryTextKeys : references.entryKeys[slot])?.[entry] ?? -1
    if (key < 0 || references.dull[key] === 1) continue
    for (let at = starts[key] ?? 0; at < (starts[key + 1] ?? 0); at++) {
      const other = Math.floor((items[at] ?? 0) / fieldSlots)
      const same =
        entries.currency[other] === entries.currency[entry] && entries.account[other] === entries.account[entry]
      if (other !== entry && same && entries.amount[other] === opposite) return other
    }
  }
  return context.reversalOf.get(id ?? '')
}

/** Entries that look like `entry` entered again: same amount and counterparty, near in time, nearly the same reference. */
function nearDuplicates(context: MatchingContext, entry: number, hasOwnLine: (entry: number) => boolean): number[] {
  const { entries, entriesByAmount, policy } = context
  const days = policy.duplicates.nearDays
  if (days === null) return []
  const found: number[] = []
  const { order, position } = entriesByAmount
  const day = entries.day[entry] ?? 0
  for (const step of [-1, 1]) {
    for (
      let at = (position[entry] ?? 0) + step, looked = 0;
      at >= 0 && at < order.length && looked < mostScanned;
      at += step, looked++
    ) {
      const other = order[at] ?? 0
      if (entries.amount[other] !== entries.amount[entry] || entries.currency[other] !== entries.currency[entry]) break
      if (Math.abs((entries.day[other] ?? 0) - day) > days) break
      if (entries.state[other] === recordStates.SHUT || entries.state[other] === recordStates.TAKEN) continue
      if (looksTheSame(context, entry, other) && !hasOwnLine(other)) found.push(other)
    }
  }
  return found.sort((left, right) => left - right).slice(0, 5)
}

function looksTheSame(context: MatchingContext, entry: number, other: number): boolean {
  const { entries } = context
  if (entries.account[entry] !== entries.account[other]) return false
  const name = entries.name[entry] ?? -1
  const otherName = entries.name[other] ?? -1
  if (name >= 0 && otherName >= 0 && name !== otherName) return false
  const sameName = name >= 0 && name === otherName
  return nearlyEqualReferences(context, entry, other, sameName) || (sameName && isPaidAgain(context, entry, other))
}

const daysOfAgain = 2
const mostAlike = 4

/** One payee, one uncommon amount, two days: what accounts payable calls a possible double payment, whatever the references. */
function isPaidAgain(context: MatchingContext, entry: number, other: number): boolean {
  const { entries, entriesByAmount } = context
  if (Math.abs((entries.day[entry] ?? 0) - (entries.day[other] ?? 0)) > daysOfAgain) return false
  const [first, last] = entriesByAmount.equal(entries.currency[entry] ?? 0, entries.amount[entry] ?? 0)
  return last - first <= mostAlike
}

/** References that differ by a slip of the keyboard or an ending, or that one of the two lacks although the name agrees. */
function nearlyEqualReferences(context: MatchingContext, entry: number, other: number, sameName: boolean): boolean {
  const { entries, references, policy } = context
  let bothSet = false
  for (const column of [...references.entryKeys.slice(0, 4), references.entryTextKeys]) {
    const left = column[entry] ?? -1
    const right = column[other] ?? -1
    if (left < 0 || right < 0) continue
    bothSet = true
    if (left === right) return true
    const first = references.keys[left] ?? ''
    const second = references.keys[right] ?? ''
    if (nearlyEqual(first, second) && (sameName || !mayBeNext(first, second))) return true
  }
  if (sameName && sharesKey(references.entryKeys, entry, other)) return true
  const named =
    (references.entryTextKeys[other] ?? -1) >= 0 ||
    keyedEntryFields.slice(0, 4).some((field) => entryReference(entries.rows[other], field, policy) !== '')
  return !bothSet && !named && sameName
}

/** The same reference in another field: entered once as a payment, once as a document. */
function sharesKey(columns: readonly Int32Array[], entry: number, other: number): boolean {
  return columns.slice(0, 4).some((column) => {
    const key = column[entry] ?? -1
    return key >= 0 && columns.slice(0, 4).some((otherColumn) => otherColumn[other] === key)
  })
}
