import { useState } from 'react'
import type { WorkItem } from '../work-item.ts'

export interface MatchReviewOptions {
  /** Items with a proposal that waits for a person. */
  readonly proposals: readonly WorkItem[]
  /** Confirms the best proposal, or null where a rule says no. */
  readonly confirm: ((row: WorkItem) => void) | null
  readonly reject: ((row: WorkItem, reason: string) => void) | null
}

/** The walk through the proposals without markup: where one is, the two answers, and the way on. */
export function useMatchReview({ proposals, confirm, reject }: MatchReviewOptions) {
  const [at, setAt] = useState(0)
  const place = Math.max(0, Math.min(at, proposals.length - 1))
  const row = proposals[place] ?? null
  return {
    row,
    index: place,
    total: proposals.length,
    next: place + 1 < proposals.length ? () => setAt(place + 1) : null,
    previous: place > 0 ? () => setAt(place - 1) : null,
    confirm: row === null || confirm === null ? null : () => confirm(row),
    reject: row === null || reject === null ? null : (reason: string) => reject(row, reason),
  }
}

export type MatchReviewModel = ReturnType<typeof useMatchReview>
