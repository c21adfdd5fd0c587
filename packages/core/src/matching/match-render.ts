import { currencyExponent } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { withLazyEvidence } from './lazy-evidence.ts'
import type { Adjustment, Match } from './match.ts'
import type { MatchDraft } from './match-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { recordTraits, safeMinorUnits } from './side-columns.ts'

/** Minor units as a canonical decimal string of the currency. */
export function renderMinor(minor: number, currency: string): string {
  const exponent = currency === '' ? 2 : currencyExponent(currency)
  const negative = minor < 0
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const sign = negative && minor !== 0 ? '-' : ''
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

export function minorMoney(minor: number, currency: string): Money {
  return { amount: renderMinor(minor, currency), currency }
}

const separatorCode = 1
const digitCodes = Array.from('0123456789abcdefghijklmnopqrstuvwxyz', (digit) => digit.charCodeAt(0))
/** The letter every id begins with, and two numbers of seven digits to base 36; written anew for each id. */
const idCodes: number[] = ['m'.charCodeAt(0), ...new Array<number>(14).fill(0)]

/**
 * The id of a link: derived from its records alone, so the same link has the same id in every run. 64 bits of two independent
 * multiplicative hashes, read code unit by code unit, as 14 characters.
 */
export function matchId(bankLineIds: readonly string[], bookEntryIds: readonly string[]): string {
  let first = 0x811c9dc5
  let second = 0x1b873593
  for (let side = 0; side < 2; side++) {
    const ids = side === 0 ? bankLineIds : bookEntryIds
    for (let member = 0; member <= ids.length; member++) {
      // Each id ends in a separator, and each side in one more.
      const id = ids[member]
      const length = id === undefined ? 0 : id.length
      for (let at = 0; at <= length; at++) {
        const code = id === undefined || at === length ? separatorCode : id.charCodeAt(at)
        first = Math.imul(first ^ code, 0x01000193)
        second = Math.imul(second ^ code, 0x5bd1e995)
        second ^= second >>> 13
      }
    }
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b)
  for (let digit = 0, rest = first >>> 0; digit < 7; digit++, rest = Math.floor(rest / 36))
    idCodes[7 - digit] = digitCodes[rest % 36] ?? 0
  for (let digit = 0, rest = second >>> 0; digit < 7; digit++, rest = Math.floor(rest / 36))
    idCodes[14 - digit] = digitCodes[rest % 36] ?? 0
  return String.fromCharCode.apply(undefined, idCodes)
}

/** The probability of `bits`: 1 / (1 + 2^-bits). */
export function confidenceOf(bits: number): number {
  return Math.round(1e6 / (1 + 2 ** -bits)) / 1e6
}

interface Difference {
  readonly minor: number
  readonly currency: string
}

/** Lines minus entries in the currency both sides can be compared in; original amounts where the booked currencies differ. */
function differenceOf(context: MatchingContext, draft: MatchDraft): Difference {
  const { lines, entries, currencies } = context
  const line = draft.lines[0] ?? 0
  const entry = draft.entries[0]
  const currency = currencies[lines.currency[line] ?? -1] ?? 'XXX'
  let minor = 0
  for (const each of draft.lines) minor += lines.amount[each] ?? 0
  const bank = minor
  for (const each of draft.entries) minor -= entries.amount[each] ?? 0
  if (entry === undefined) return { minor: 0, currency }
  const entryCurrency = currencies[entries.currency[entry] ?? -1] ?? 'XXX'
  if (context.policy.currency === 'IGNORE') return { minor, currency }
  if (entryCurrency === currency || draft.lines.length > 1 || draft.entries.length > 1) return { minor, currency }
  const lineOriginal = lines.rows[line]?.originalAmount
  const entryOriginal = entries.rows[entry]?.originalAmount
  if (entryOriginal?.currency === currency)
    return { minor: bank - safeMinorUnits(entryOriginal, 'originalAmount'), currency }
  if (lineOriginal?.currency === entryCurrency) {
    return {
      minor: safeMinorUnits(lineOriginal, 'originalAmount') - (entries.amount[entry] ?? 0),
      currency: entryCurrency,
    }
  }
  return { minor: 0, currency }
}

const noAdjustments: readonly Adjustment[] = []
const zeros = new Map<string, Money>()

/** Most links leave nothing: one object per currency says so. */
function sharedMoney(minor: number, currency: string): Money {
  if (minor !== 0) return minorMoney(minor, currency)
  let zero = zeros.get(currency)
  if (zero === undefined) {
    zero = Object.freeze(minorMoney(0, currency))
    zeros.set(currency, zero)
  }
  return zero
}

function adjustmentsOf(draft: MatchDraft, difference: Difference): readonly Adjustment[] {
  if (draft.adjustments !== undefined) {
    return draft.adjustments.map(({ kind, minor }) => ({
      kind,
      amount: minorMoney(kind === 'FX' ? difference.minor : minor, difference.currency),
    }))
  }
  if (difference.minor === 0 || draft.reason.code !== 'AMOUNT_WITHIN_TOLERANCE') return noAdjustments
  return [{ kind: 'TOLERANCE', amount: minorMoney(difference.minor, difference.currency) }]
}

function idsOf(rows: readonly { readonly id: string }[], indexes: readonly number[]): readonly string[] {
  return indexes.length === 1 ? [rows[indexes[0] ?? 0]?.id ?? ''] : indexes.map((index) => rows[index]?.id ?? '')
}

/**
 * The links of a run, rendered when asked for: item by item, so that a link lies near its item in memory, whatever the order in
 * which the passes found it.
 */
export class RenderedMatches {
  readonly #context: MatchingContext
  readonly #matches: (Match | undefined)[]
  constructor(context: MatchingContext) {
    this.#context = context
    this.#matches = new Array(context.drafts.length)
  }

  /** The link of a draft; undefined for a draft without an entry. */
  of(draft: number): Match | undefined {
    const known = this.#matches[draft]
    if (known !== undefined) return known
    const found = this.#context.drafts[draft]
    if (found === undefined || found.entries.length === 0) return undefined
    const match = renderMatch(this.#context, found)
    this.#matches[draft] = match
    return match
  }

  /** All links, in the order of their drafts. */
  all(): readonly Match[] {
    const found: Match[] = []
    for (let draft = 0; draft < this.#matches.length; draft++) {
      const match = this.of(draft)
      if (match !== undefined) found.push(match)
    }
    return found
  }
}

/** The draft as a link of the public surface. Its evidence is built when first read. */
export function renderMatch(context: MatchingContext, draft: MatchDraft): Match {
  const { lines, entries } = context
  const bankLineIds = idsOf(lines.rows, draft.lines)
  const bookEntryIds = idsOf(entries.rows, draft.entries)
  const difference = differenceOf(context, draft)
  let pending = 0
  for (const line of draft.lines) pending |= (lines.traits[line] ?? 0) & recordTraits.PENDING
  const link: Omit<Match, 'evidence'> = {
    id: matchId(bankLineIds, bookEntryIds),
    bankLineIds,
    bookEntryIds,
    kind: draft.kind,
    status: draft.status,
    certainty: pending > 0 ? 'TENTATIVE' : 'POSTED',
    pass: draft.pass,
    confidence: confidenceOf(draft.score),
    difference: sharedMoney(difference.minor, difference.currency),
    adjustments: adjustmentsOf(draft, difference),
    reason: draft.reason,
  }
  const match = withLazyEvidence(link, context, draft)
  const { solutions, allocations, runnerUp } = draft
  if (solutions !== undefined) Object.assign(match, { solutions })
  if (allocations !== undefined) {
    Object.assign(match, {
      allocations: allocations.map(({ entry, minor }) => ({
        bookEntryId: entries.rows[entry]?.id ?? '',
        amount: minorMoney(minor, difference.currency),
      })),
    })
  }
  if (runnerUp !== undefined) {
    Object.assign(match, {
      runnerUp: {
        bankLineIds: idsOf(lines.rows, runnerUp.lines),
        bookEntryIds: idsOf(entries.rows, runnerUp.entries),
        margin: runnerUp.margin,
      },
    })
  }
  return match
}
