import { type BookEntry, type ItemSelection, type Match, type Money, selectionBalance } from '@recon/core'
import { useMemo, useState } from 'react'
import type { WorkItem } from '../work-item.ts'

/** What the person chose, for the host to record. */
export interface ReconcileChoice {
  readonly item: WorkItem
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  /** The engine's link with exactly these entries, where there is one. */
  readonly match: Match | undefined
}

/** The journal entry that explains a difference; `amount` is bank minus ledger in the ledger's currency. */
export interface JournalEntry {
  readonly journalEntryId: string
  readonly amount: Money
  /** What the bank moved in the ledger's currency, where the bank line is in another one. */
  readonly settledAmount?: Money
}

/** What may be done with the item: a function, or null (or absent) where a rule says no. */
export interface ReconcileActions {
  readonly reconcile?: ((choice: ReconcileChoice) => void) | null
  readonly flag?: (() => void) | null
  readonly unflag?: (() => void) | null
  readonly escalate?: (() => void) | null
  readonly withdrawEscalation?: (() => void) | null
  readonly approve?: (() => void) | null
  readonly declineApproval?: ((reason: string) => void) | null
  readonly reopenApproval?: (() => void) | null
  readonly releaseJournal?: (() => void) | null
  readonly withdrawJournal?: ((reason: string) => void) | null
  readonly awaitJournal?: (() => void) | null
  readonly recordJournal?: ((journal: JournalEntry) => void) | null
  readonly reconcileWithReference?: ((reference: string) => void) | null
  readonly markUnreceived?: (() => void) | null
  readonly revert?: (() => void) | null
}

/**
 * The actions, or a rule that gives them for a selection: core's `itemActions` with the selection in its context. Without
 * a rule, reconciling is possible once both sides are equal.
 */
export type ReconcileRule = ReconcileActions | ((selection: ItemSelection | null) => ReconcileActions)

export interface ReconcileCandidate {
  readonly entry: BookEntry
  /** The best link that holds the entry. */
  readonly match: Match | undefined
  readonly best: boolean
  /** Bank line minus this entry alone; undefined across currencies. */
  readonly difference: Money | undefined
}

/** The reconcile dialog without markup. The row and the rule come in, decisions go out. */
export function useReconcile(row: WorkItem, rule: ReconcileRule) {
  const { matches } = row.item
  const subject = `${row.item.id}@${row.item.version}`
  const candidates = useMemo(() => candidatesOf(row), [row])
  const [choice, setChoice] = useState({ subject, ids: startingChoice(row) })
  const selected = choice.subject === subject ? choice.ids : startingChoice(row)
  const [explained, setExplained] = useState<string | null>(null)
  const match = matches.find((candidate) => sameIds(candidate.bookEntryIds, selected))
  const selection: ItemSelection = { bankLineIds: row.item.bankLineIds, bookEntryIds: selected }
  const offered = typeof rule === 'function' ? rule(null) : rule
  const actions = typeof rule === 'function' ? rule(selection) : rule
  const difference = differenceOf(row, selected)
  const balanced = selected.length > 0 && difference !== undefined && !/[1-9]/.test(difference.amount)
  const aligns = typeof rule === 'function' ? isPossible(actions.reconcile) : balanced
  const { reconcile } = actions
  const choose = (ids: readonly string[]) => setChoice({ subject, ids })
  return {
    candidates,
    selected,
    difference,
    /** Nothing is left between the two sides. */
    balanced,
    match,
    /** What is offered at all; `actions` says what is possible with this selection. */
    offered,
    actions,
    readOnly: Object.values(offered).every((action) => !isPossible(action)),
    toggle: (id: string) =>
      choose(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]),
    reconcile: reconcile && aligns && selected.length > 0 ? () => reconcile({ item: row, ...selection, match }) : null,
    /** The candidate whose evidence is open: the one asked for, otherwise the selected or the closest. */
    explained: explained ?? selected[0] ?? candidates[0]?.entry.id ?? null,
    explain: (id: string) => setExplained(id),
  }
}

export type ReconcileModel = ReturnType<typeof useReconcile>

export function isPossible(action: unknown): boolean {
  return action !== null && action !== undefined
}

/** A proposal starts selected; two equal twins never do, because choosing between them is the person's work. */
function startingChoice(row: WorkItem): readonly string[] {
  if (row.item.decision !== undefined) return row.item.decision.bookEntryIds
  const [best] = row.item.matches
  return best === undefined || row.item.scenario === 'DUPLICATE' ? [] : best.bookEntryIds
}

function candidatesOf(row: WorkItem): readonly ReconcileCandidate[] {
  const byId = new Map(row.bookEntries.map((entry) => [entry.id, entry]))
  const decided = row.item.decision?.bookEntryIds ?? []
  const inOrder = new Set([...decided, ...row.item.matches.flatMap((match) => match.bookEntryIds), ...byId.keys()])
  const bestIds = decided.length > 0 ? decided : closestIds(row)
  return [...inOrder].flatMap((id) => {
    const entry = byId.get(id)
    if (entry === undefined) return []
    const match = row.item.matches.find((candidate) => candidate.bookEntryIds.includes(id))
    return [{ entry, match, best: bestIds.includes(id), difference: differenceOf(row, [id]) }]
  })
}

/** The best link's entries; of equal twins all, because none is closer than the other. */
function closestIds(row: WorkItem): readonly string[] {
  const [best, ...others] = row.item.matches
  if (best === undefined) return []
  return row.item.scenario === 'DUPLICATE'
    ? [best, ...others].flatMap((match) => match.bookEntryIds)
    : best.bookEntryIds
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id))
}

/** Bank minus ledger in their common currency; undefined where they have none. */
function differenceOf(row: WorkItem, ids: readonly string[]): Money | undefined {
  const entries = row.bookEntries.filter((entry) => ids.includes(entry.id))
  const balance = selectionBalance(row.bankLines, entries, [], row.item.journal)
  return balance.ok ? balance.value.difference : undefined
}
