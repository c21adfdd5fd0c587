import { type BankLine, type BookEntry, isZeroMoney, type Money, subtractMoney, sumMoney } from '@recon/core'
import { useMemo, useState } from 'react'
import type { WorkItem } from '../work-item.ts'

export interface SweepChoice {
  readonly item: WorkItem
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
}

export interface SweepBatchOptions {
  readonly row: WorkItem
  /** Closes the batch; null where a rule says no, whatever the difference is. */
  readonly closeBatch: ((choice: SweepChoice) => void) | null
  /** Lines the policy shows and leaves out of the first selection (575, the ZBA debit, by default of the desk). */
  readonly leavesOut?: ((line: BankLine) => boolean) | undefined
}

interface BatchSelection {
  readonly subject: string
  readonly lines: ReadonlySet<string>
  readonly entries: ReadonlySet<string>
}

/** Both sides of a sweep with running totals. Unlocks at a difference of exactly zero. */
export function useSweepBatch({ row, closeBatch, leavesOut }: SweepBatchOptions) {
  const start = useMemo(() => startingSelection(row, leavesOut), [row, leavesOut])
  const [changed, setChanged] = useState<BatchSelection>(start)
  const selection = changed.subject === start.subject ? changed : start
  const leftOut = useMemo(() => row.bankLines.filter((line) => leavesOut?.(line) ?? false), [row, leavesOut])
  const { currency } = row.total
  const lines = row.bankLines.filter((line) => selection.lines.has(line.id))
  const entries = row.bookEntries.filter((entry) => selection.entries.has(entry.id))
  const bankTotal = total(lines, currency)
  const bookTotal = total(entries, currency)
  const difference = subtractMoney(bankTotal, bookTotal)
  const balanced = isZeroMoney(difference) && lines.length > 0 && entries.length > 0
  const included = leftOut.length > 0 && leftOut.every((line) => selection.lines.has(line.id))
  return {
    bankTotal,
    bookTotal,
    difference,
    balanced,
    leftOut,
    included,
    counts: { bank: lines.length, book: entries.length },
    hasLine: (id: string) => selection.lines.has(id),
    hasEntry: (id: string) => selection.entries.has(id),
    isLeftOut: (line: BankLine) => leftOut.includes(line) && !included,
    toggleLine: (id: string) => setChanged({ ...selection, lines: toggled(selection.lines, id) }),
    toggleEntry: (id: string) => setChanged({ ...selection, entries: toggled(selection.entries, id) }),
    /** Takes the lines the policy left out in, or out again, in one step. */
    toggleLeftOut: () => {
      const next = new Set(selection.lines)
      for (const line of leftOut) included ? next.delete(line.id) : next.add(line.id)
      setChanged({ ...selection, lines: next })
    },
    close:
      closeBatch === null || !balanced
        ? null
        : () =>
            closeBatch({
              item: row,
              bankLineIds: lines.map((line) => line.id),
              bookEntryIds: entries.map((entry) => entry.id),
            }),
  }
}

export type SweepBatchModel = ReturnType<typeof useSweepBatch>

function startingSelection(row: WorkItem, leavesOut: SweepBatchOptions['leavesOut']): BatchSelection {
  const own = new Set(row.item.bookEntryIds)
  const [best] = row.item.matches
  const entryIds = best === undefined ? row.bookEntries.map((entry) => entry.id) : best.bookEntryIds
  return {
    subject: `${row.item.id}@${row.item.version}`,
    lines: new Set(row.bankLines.filter((line) => !(leavesOut?.(line) ?? false)).map((line) => line.id)),
    entries: own.size > 0 ? own : new Set(entryIds),
  }
}

function total(records: readonly (BankLine | BookEntry)[], currency: string): Money {
  return sumMoney(
    records.map((record) => record.amount),
    currency,
  )
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}
