import type { Money } from '../money/money.ts'
import type { BankLine } from '../records/bank-line.ts'
import { dayNumber } from '../records/iso-date.ts'
import { nameSimilarity, normalizedName } from '../references/counterparty-name.ts'
import { compareIds } from './id-order.ts'
import type { AmountTolerance, DateWindow } from './match-policy.ts'
import { withinTolerance, withinWindow } from './pair-rules.ts'
import { safeMinorUnits } from './side-columns.ts'

/** A line as an import brings it, with what the bank says about its identity. */
export interface ImportedLine {
  readonly line: Omit<BankLine, 'amount'> & { readonly amount?: Money }
  /** The bank's own id of the transaction, unique within one feed. */
  readonly bankId?: string
  /** The bank id of the pending transaction this one grew from. */
  readonly pendingBankId?: string
  /** The account's balance after the line. */
  readonly runningBalance?: Money
  /** Where the line came from; bank ids of two feeds do not compare. */
  readonly feed?: string
  /** Already linked: never the twin of a new line. */
  readonly linked?: boolean
}

/**
 * DUPLICATE: the bank's id says so. PRECISE: no id, everything else equal on the same day. IMPRECISE: equal but for the day.
 * REPLACES: the posted form of a pending line.
 */
export type LineTwinClass = 'DUPLICATE' | 'PRECISE' | 'IMPRECISE' | 'REPLACES'

export interface LineTwin {
  readonly newId: string
  readonly storedId: string
  readonly twin: LineTwinClass
}

export interface DeduplicationRules {
  readonly dateWindow: DateWindow
  readonly tolerance: AmountTolerance
  /** An equal bank id decides whatever the dates. */
  readonly idBeyondWindow: boolean
  /** Two different bank ids of one feed are two transactions. */
  readonly idsTellApart: boolean
}

export const defaultDeduplicationRules: DeduplicationRules = {
  dateWindow: { minimum: 0, maximum: 4, direction: 'EITHER', against: 0, unit: 'CALENDAR' },
  tolerance: { fractionOf: 'ENTRY', combine: 'LARGER', inclusive: true, onlySameDay: false },
  idBeyondWindow: true,
  idsTellApart: true,
}

interface Judged {
  readonly fresh: number
  readonly stored: number
  readonly twin: LineTwinClass
  readonly cost: number
}

/**
 * Which new lines are already stored. Ids of one feed that differ prove two events, as do different running balances; a line
 * without an amount is nobody's twin; each stored line answers for one new line, the nearest in time. Deterministic.
 */
export function findLineTwins(
  fresh: readonly ImportedLine[],
  stored: readonly ImportedLine[],
  rules: DeduplicationRules = defaultDeduplicationRules,
): readonly LineTwin[] {
  const byAmount = new Map<string, number[]>()
  const exact = rules.tolerance.absolute === undefined && rules.tolerance.fraction === undefined
  const blockOf = (line: ImportedLine): string =>
    exact ? `${line.line.amount?.currency} ${line.line.amount?.amount}` : ''
  const byId = new Map<string, number[]>()
  stored.forEach((line, index) => {
    push(byAmount, blockOf(line), index)
    if (line.bankId) push(byId, line.bankId, index)
  })
  const judged: Judged[] = []
  fresh.forEach((line, index) => {
    const pool = new Set([
      ...(line.bankId ? (byId.get(line.bankId) ?? []) : []),
      ...(line.pendingBankId ? (byId.get(line.pendingBankId) ?? []) : []),
      ...(byAmount.get(blockOf(line)) ?? []),
    ])
    for (const at of pool) {
      const other = stored[at]
      const verdict = other === undefined ? undefined : judge(line, other, rules)
      if (verdict !== undefined) judged.push({ fresh: index, stored: at, ...verdict })
    }
  })
  const id = (list: readonly ImportedLine[], at: number): string => list[at]?.line.id ?? ''
  judged.sort(
    (left, right) =>
      left.cost - right.cost ||
      compareIds(id(stored, left.stored), id(stored, right.stored)) ||
      compareIds(id(fresh, left.fresh), id(fresh, right.fresh)),
  )
  const usedFresh = new Set<number>()
  const usedStored = new Set<number>()
  const twins: LineTwin[] = []
  for (const pair of judged) {
    if (usedFresh.has(pair.fresh) || usedStored.has(pair.stored)) continue
    usedFresh.add(pair.fresh)
    usedStored.add(pair.stored)
    twins.push({ newId: id(fresh, pair.fresh), storedId: id(stored, pair.stored), twin: pair.twin })
  }
  return twins.sort((left, right) => compareIds(left.newId, right.newId))
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function judge(
  fresh: ImportedLine,
  stored: ImportedLine,
  rules: DeduplicationRules,
): { readonly twin: LineTwinClass; readonly cost: number } | undefined {
  const first = fresh.line
  const second = stored.line
  if (first.amount === undefined || second.amount === undefined || stored.linked) return undefined
  if (first.amount.currency !== second.amount.currency) return undefined
  if (first.account !== undefined && second.account !== undefined && first.account !== second.account) return undefined
  const days = (dayNumber(first.bookingDate) ?? 0) - (dayNumber(second.bookingDate) ?? 0)
  const inWindow = withinWindow(rules.dateWindow, days, 0)
  const comparableIds = fresh.feed === undefined || stored.feed === undefined || fresh.feed === stored.feed
  const replaces = second.status === 'PENDING' && first.status === 'POSTED'
  if (replaces && fresh.pendingBankId !== undefined && fresh.pendingBankId === stored.bankId)
    return { twin: 'REPLACES', cost: -2 }
  if (fresh.bankId && stored.bankId && comparableIds) {
    if (fresh.bankId === stored.bankId) {
      return inWindow || rules.idBeyondWindow ? { twin: replaces ? 'REPLACES' : 'DUPLICATE', cost: -1 } : undefined
    }
    if (!replaces && rules.idsTellApart) return undefined
  }
  if (!inWindow || !looksEqual(fresh, stored, rules, days === 0)) return undefined
  const cost = Math.abs(days)
  if (replaces) return days >= 0 ? { twin: 'REPLACES', cost } : undefined
  return { twin: days === 0 ? 'PRECISE' : 'IMPRECISE', cost }
}

function looksEqual(fresh: ImportedLine, stored: ImportedLine, rules: DeduplicationRules, sameDay: boolean): boolean {
  const first = fresh.line.amount
  const second = stored.line.amount
  if (first === undefined || second === undefined) return false
  const left = safeMinorUnits(first, fresh.line.id)
  const right = safeMinorUnits(second, stored.line.id)
  if (left > 0 !== right > 0) return false
  if (!withinTolerance(rules.tolerance, left, right, first.currency, sameDay)) return false
  const balances = fresh.runningBalance !== undefined && stored.runningBalance !== undefined
  if (balances && fresh.runningBalance?.amount !== stored.runningBalance?.amount) return false
  const firstName = normalizedName(fresh.line.counterparty?.name ?? '')
  const secondName = normalizedName(stored.line.counterparty?.name ?? '')
  if (firstName === '' || secondName === '') return true
  return nameSimilarity(firstName, secondName) >= 0.5
}
