import type { MatchRun } from './match-lines.ts'
import type { Match } from './matching/match.ts'

/**
 * The run without its evidence, for sending it elsewhere. Copying a run, or posting it from a worker, reads the evidence of
 * every link and so builds all of it; this reads none. Ask `explain` for the pairs somebody looks at.
 */
export function lightRun(run: MatchRun): MatchRun {
  const light = new Map<Match, Match>()
  const of = (match: Match): Match => {
    const known = light.get(match)
    if (known !== undefined) return known
    const copy = Object.defineProperties(
      {},
      {
        ...Object.getOwnPropertyDescriptors(match),
        evidence: { value: [], enumerable: true },
      },
    ) as Match
    light.set(match, copy)
    return copy
  }
  return {
    ...run,
    items: run.items.map((item) => ({ ...item, matches: item.matches.map(of) })),
    matches: run.matches.map(of),
  }
}
