import type { MatchRun } from './match-lines.ts'
import type { Match, MatchStatus } from './matching/match.ts'
import type { Scenario } from './scenarios/scenario.ts'

export interface LinkChange {
  readonly matchId: string
  readonly bankLineIds: readonly string[]
  readonly bookEntryIds: readonly string[]
  readonly before?: MatchStatus
  readonly after?: MatchStatus
}

/** What a change of policy (or of anything else) does to a run. Lists are ordered by match id. */
export interface RunDifference {
  /** Links that are automatic now and were not. */
  readonly newlyMatched: readonly LinkChange[]
  /** Links that were automatic and are not any more, or are gone. */
  readonly broken: readonly LinkChange[]
  /** Best proposals that are new, gone, or of another status. */
  readonly changed: readonly LinkChange[]
  readonly unchanged: number
  /** Bank lines whose scenario moved, ordered by line id. */
  readonly scenarios: readonly { readonly bankLineId: string; readonly before?: Scenario; readonly after?: Scenario }[]
}

/** The links that count: automatic ones, and the best proposal of each item. */
function counted(run: MatchRun): Map<string, Match> {
  const links = new Map<string, Match>()
  for (const item of run.items) {
    const best = item.matches[0]
    if (best !== undefined) links.set(best.id, best)
  }
  for (const match of run.matches) if (match.status === 'AUTO') links.set(match.id, match)
  return links
}

function scenarioByLine(run: MatchRun): Map<string, Scenario> {
  const scenarios = new Map<string, Scenario>()
  for (const item of run.items) for (const id of item.bankLineIds) scenarios.set(id, item.scenario)
  return scenarios
}

function changeOf(before: Match | undefined, after: Match | undefined): LinkChange {
  const link = after ?? before
  return {
    matchId: link?.id ?? '',
    bankLineIds: link?.bankLineIds ?? [],
    bookEntryIds: link?.bookEntryIds ?? [],
    ...(before === undefined ? {} : { before: before.status }),
    ...(after === undefined ? {} : { after: after.status }),
  }
}

/** What the second run would newly match, change or break against the first. Pure; the runs may be of different policies. */
export function diffRuns(before: MatchRun, after: MatchRun): RunDifference {
  const old = counted(before)
  const next = counted(after)
  const newlyMatched: LinkChange[] = []
  const broken: LinkChange[] = []
  const changed: LinkChange[] = []
  let unchanged = 0
  for (const id of [...new Set([...old.keys(), ...next.keys()])].sort()) {
    const first = old.get(id)
    const second = next.get(id)
    if (first?.status === second?.status) unchanged++
    else if (second?.status === 'AUTO') newlyMatched.push(changeOf(first, second))
    else if (first?.status === 'AUTO') broken.push(changeOf(first, second))
    else changed.push(changeOf(first, second))
  }
  const scenariosBefore = scenarioByLine(before)
  const scenariosAfter = scenarioByLine(after)
  const moved = [...new Set([...scenariosBefore.keys(), ...scenariosAfter.keys()])]
    .filter((id) => scenariosBefore.get(id) !== scenariosAfter.get(id))
    .sort()
    .map((bankLineId) => {
      const first = scenariosBefore.get(bankLineId)
      const second = scenariosAfter.get(bankLineId)
      return {
        bankLineId,
        ...(first === undefined ? {} : { before: first }),
        ...(second === undefined ? {} : { after: second }),
      }
    })
  return { newlyMatched, broken, changed, unchanged, scenarios: moved }
}
