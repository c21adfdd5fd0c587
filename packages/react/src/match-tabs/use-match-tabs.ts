import type { BankLine, Match, ReviewBucket } from '@recon/core'
import { useDeferredValue, useMemo, useState } from 'react'
import type { LoadState } from '../parts/screen-state.tsx'
import { useIdleSteps } from '../parts/use-idle-steps.ts'
import type { WorkItem } from '../work-item.ts'
import { PaymentTexts } from './payment-texts.ts'

export const paymentTabs = ['OUTSTANDING', 'RECONCILED', 'UNRECEIVED'] as const
export type PaymentTab = (typeof paymentTabs)[number]
export const paymentBuckets: readonly ReviewBucket[] = ['UNIQUE', 'PARTIAL', 'NO_MATCH']

/** What may be done with a payment: a function, or null (or absent) where a rule says no. */
export interface PaymentActions {
  readonly reconcile?: ((bankLineIds: readonly string[]) => void) | null
  readonly reconcileWithReference?: ((reference: string) => void) | null
  readonly markUnreceived?: (() => void) | null
  readonly revert?: (() => void) | null
}

export interface PaymentChoice {
  readonly row: WorkItem
  readonly bankLineIds: readonly string[]
}

export interface MatchTabsOptions {
  /** Payments: items of the perspective BOOK. */
  readonly items: readonly WorkItem[]
  readonly actionsFor?: (row: WorkItem) => PaymentActions
  /** Reconciles what is selected, each with its deposit. */
  readonly onReconcileSelection?: ((choices: readonly PaymentChoice[]) => void) | null
  /** Open deposits that fit a search: what "Show all deposits" lists. */
  readonly searchDeposits?: (search: string) => Promise<readonly BankLine[]>
  readonly state?: LoadState
}

export interface DepositSuggestion {
  readonly match: Match
  readonly lines: readonly BankLine[]
}

export function tabOf(row: WorkItem): PaymentTab {
  if (row.item.status === 'RECONCILED') return 'RECONCILED'
  return row.item.status === 'UNRECEIVED' ? 'UNRECEIVED' : 'OUTSTANDING'
}

/** Deposits the engine suggests for a payment, the best first. */
export function suggestionsOf(row: WorkItem): readonly DepositSuggestion[] {
  const byId = new Map(row.bankLines.map((line) => [line.id, line]))
  return row.item.matches.flatMap((match) => {
    const lines = match.bankLineIds.flatMap((id) => byId.get(id) ?? [])
    return lines.length === 0 ? [] : [{ match, lines }]
  })
}

/** How many deposits are suggested, without listing them. */
export function suggestionCount({ item, bankLines }: WorkItem): number {
  let count = 0
  for (const match of item.matches) {
    if (match.bankLineIds.some((id) => bankLines.some((line) => line.id === id))) count++
  }
  return count
}

interface Groups {
  readonly tabs: Readonly<Record<PaymentTab, readonly WorkItem[]>>
  readonly buckets: Readonly<Record<ReviewBucket, readonly WorkItem[]>>
}

function groupsOf(items: readonly WorkItem[]): Groups {
  const tabs: Record<PaymentTab, WorkItem[]> = { OUTSTANDING: [], RECONCILED: [], UNRECEIVED: [] }
  const buckets: Record<ReviewBucket, WorkItem[]> = { UNIQUE: [], PARTIAL: [], NO_MATCH: [] }
  for (const row of items) {
    const tab = tabOf(row)
    tabs[tab].push(row)
    if (tab === 'OUTSTANDING') buckets[row.item.bucket].push(row)
  }
  return { tabs, buckets }
}

const noActions: PaymentActions = {}
const noChoices: readonly PaymentChoice[] = []

/** The tabs without markup: which payments show, what is chosen, and what may be done with the choice. */
export function useMatchTabs({ items, actionsFor, onReconcileSelection }: MatchTabsOptions) {
  const [tab, setTab] = useState<PaymentTab>('OUTSTANDING')
  const [bucket, setBucket] = useState<ReviewBucket>('UNIQUE')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ReadonlyMap<string, readonly string[]>>(new Map())
  const groups = useMemo(() => groupsOf(items), [items])
  const texts = useMemo(() => new PaymentTexts(items), [items])
  useIdleSteps(texts)
  // typing stays fluent while a hundred thousand payments are looked through
  const needle = useDeferredValue(search).trim().toLowerCase()
  const listed = tab === 'OUTSTANDING' ? groups.buckets[bucket] : groups.tabs[tab]
  const rows = useMemo(
    () => (needle === '' ? listed : listed.filter((row) => texts.fits(row, needle))),
    [listed, needle, texts],
  )
  const choices = useMemo(
    () =>
      chosen.size === 0
        ? noChoices
        : rows.flatMap((row) => {
            const bankLineIds = chosen.get(row.item.id)
            return bankLineIds === undefined ? [] : [{ row, bankLineIds }]
          }),
    [rows, chosen],
  )
  const clear = () => setChosen(new Map())
  const choose = (row: WorkItem, bankLineIds: readonly string[] | null) => {
    const next = new Map(chosen)
    if (bankLineIds === null) next.delete(row.item.id)
    else next.set(row.item.id, bankLineIds)
    setChosen(next)
  }
  return {
    tab,
    setTab: (next: PaymentTab) => {
      setTab(next)
      clear()
    },
    bucket,
    setBucket: (next: ReviewBucket) => {
      setBucket(next)
      clear()
    },
    search,
    setSearch,
    rows,
    tabCounts: {
      OUTSTANDING: groups.tabs.OUTSTANDING.length,
      RECONCILED: groups.tabs.RECONCILED.length,
      UNRECEIVED: groups.tabs.UNRECEIVED.length,
    },
    bucketCounts: {
      UNIQUE: groups.buckets.UNIQUE.length,
      PARTIAL: groups.buckets.PARTIAL.length,
      NO_MATCH: groups.buckets.NO_MATCH.length,
    },
    chosenOf: (row: WorkItem) => chosen.get(row.item.id) ?? null,
    choose,
    /** Selects a unique match with its one deposit, or lets it go. */
    toggle: (row: WorkItem) => choose(row, chosen.has(row.item.id) ? null : (row.item.matches[0]?.bankLineIds ?? null)),
    chooseAll: () => {
      const all = rows.flatMap((row): [string, readonly string[]][] => {
        const ids = row.item.matches[0]?.bankLineIds
        return ids === undefined ? [] : [[row.item.id, ids]]
      })
      setChosen(choices.length === all.length ? new Map() : new Map(all))
    },
    chosenCount: choices.length,
    reconcileSelection:
      onReconcileSelection && choices.length > 0
        ? () => {
            onReconcileSelection(choices)
            clear()
          }
        : null,
    actionsOf: (row: WorkItem) => actionsFor?.(row) ?? noActions,
  }
}

export type MatchTabsModel = ReturnType<typeof useMatchTabs>
