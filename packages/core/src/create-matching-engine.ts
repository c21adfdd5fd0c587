import { type MatchInput, type MatchRun, type PolicySource, policyOf, renderRun } from './match-lines.ts'
import { changedRows } from './matching/changed-rows.ts'
import { explainPair, type PairExplanation, recordIndex } from './matching/explain.ts'
import type { MatchPolicy } from './matching/match-policy.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { type MatchingProgress, matchingSteps } from './matching/matching-engine.ts'
import { ReconError } from './recon-error.ts'
import type { BankLine } from './records/bank-line.ts'
import type { BookEntry } from './records/book-entry.ts'

/** What changed since the last match: records by id, replaced where the id is known. */
export interface MatchDelta {
  readonly bankLines?: readonly BankLine[]
  readonly bookEntries?: readonly BookEntry[]
  readonly removedBankLineIds?: readonly string[]
  readonly removedBookEntryIds?: readonly string[]
}

export interface DriveOptions {
  readonly onProgress?: (progress: MatchingProgress) => void
  readonly signal?: AbortSignal
  /** Called between steps; the default lets the event loop turn once. */
  readonly pause?: () => Promise<void>
}

export interface MatchingEngine {
  readonly policy: MatchPolicy
  /** Matches from nothing. @throws ReconError as matchLines */
  match(input: MatchInput): MatchRun
  /**
   * The same in steps that yield, report and can be stopped; for workers and servers.
   * @throws ReconError CANCELLED when the signal was aborted
   */
  matchInSteps(input: MatchInput, options?: DriveOptions): Promise<MatchRun>
  /**
   * Matches again after a change; equal to a match of the changed input. Records sent again as they were cost nothing: without
   * a real change the last run is returned. @throws ReconError NOT_FOUND before the first match
   */
  rematch(delta: MatchDelta): MatchRun
  /** Why a pair is linked, or why not. @throws ReconError NOT_FOUND for unknown ids or before the first match */
  explain(bankLineId: string, bookEntryId: string): PairExplanation
}

/** An engine that remembers its last run, to explain it and to match again after a change. */
export function createMatchingEngine(source: PolicySource): MatchingEngine {
  const policy = policyOf(source)
  let last:
    | { readonly statements: MatchInput['statements']; readonly context: MatchingContext; run: MatchRun }
    | undefined
  const finish = (input: MatchInput, context: MatchingContext): MatchRun => {
    const run = renderRun(context)
    last = { statements: input.statements, context, run }
    return run
  }
  const known = () => {
    if (last !== undefined) return last
    throw new ReconError('NOT_FOUND', 'Nothing was matched yet. Call match first.')
  }
  const match = (input: MatchInput): MatchRun => {
    const steps = matchingSteps(input.bankLines, input.bookEntries, policy, input.statements)
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return finish(input, step.value)
  }
  return {
    policy,
    match,
    async matchInSteps(input, options = {}) {
      const pause = options.pause ?? (() => new Promise<void>((resolve) => setTimeout(resolve, 0)))
      const steps = matchingSteps(input.bankLines, input.bookEntries, policy, input.statements)
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return finish(input, step.value)
        options.onProgress?.(step.value)
        await pause()
        if (options.signal?.aborted) throw new ReconError('CANCELLED', 'The match was stopped. Nothing was changed.')
      }
    },
    rematch(delta) {
      const { statements, context, run } = known()
      const bankLines = changedRows(
        context.lines.rows,
        delta.bankLines ?? [],
        delta.removedBankLineIds ?? [],
        'bank lines',
      )
      const bookEntries = changedRows(
        context.entries.rows,
        delta.bookEntries ?? [],
        delta.removedBookEntryIds ?? [],
        'book entries',
      )
      if (bankLines === context.lines.rows && bookEntries === context.entries.rows) return run
      return match({ bankLines, bookEntries, ...(statements === undefined ? {} : { statements }) })
    },
    explain(bankLineId, bookEntryId) {
      const { context } = known()
      const line = recordIndex(context.lines.rows, bankLineId, 'bank line')
      return explainPair(context, line, recordIndex(context.entries.rows, bookEntryId, 'book entry'))
    },
  }
}
