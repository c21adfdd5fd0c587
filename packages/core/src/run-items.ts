import type { Reason } from './matching/evidence.ts'
import type { Match } from './matching/match.ts'
import type { MatchDraft, MatchFinding } from './matching/match-draft.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { recordStates } from './matching/side-columns.ts'
import type { ReviewBucket, ReviewItem } from './review/review-item.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { scenarioOfDraft, scenarioOfLine } from './scenarios/scenario-of-line.ts'
import { severityOf } from './scenarios/severity.ts'

/** Drafts of each subject, best first: real links before alternatives, then by score. */
export function draftsByRecord(
  drafts: readonly MatchDraft[],
  count: number,
  recordsOf: (draft: MatchDraft) => readonly number[],
): (number[] | undefined)[] {
  const table: (number[] | undefined)[] = new Array(count)
  for (let at = 0; at < drafts.length; at++) {
    const draft = drafts[at]
    if (draft === undefined) continue
    for (const record of recordsOf(draft)) {
      const list = table[record]
      if (list === undefined) table[record] = [at]
      else list.push(at)
    }
  }
  const rank = { AUTO: 0, FLAGGED: 1, PROPOSED: 2 } as const
  for (const list of table) {
    if (list === undefined || list.length < 2) continue
    list.sort((left, right) => {
      const first = drafts[left]
      const second = drafts[right]
      if (first === undefined || second === undefined) return left - right
      return (
        Number(first.alternative ?? false) - Number(second.alternative ?? false) ||
        rank[first.status] - rank[second.status] ||
        second.score - first.score ||
        left - right
      )
    })
  }
  return table
}

const noIds: readonly string[] = []

interface Subject {
  readonly id: string
  readonly minor: number
  readonly scenario: Scenario
  readonly reason: Reason
  readonly best: MatchDraft | undefined
  readonly posted: boolean
  /** The finding of duplicates that do not lead under the policy. */
  readonly following: MatchFinding
}

function followingCase(context: MatchingContext): MatchFinding {
  return context.policy.duplicates.leadingCase === 'TWO_ENTRIES' ? 'DUPLICATE_LINE' : 'DUPLICATE_ENTRY'
}

function bucketOf(scenario: Scenario, best: MatchDraft | undefined, shown: number): ReviewBucket {
  if (best === undefined || (best.entries.length === 0 && scenario !== 'AUTO_RECONCILED')) return 'NO_MATCH'
  if (best.status === 'AUTO') return 'UNIQUE'
  const named = best.pass === 'IDENTIFIER_EXACT' || best.pass === 'IDENTIFIER_NORMALIZED'
  const unique = named && best.kind === 'UNIQUE' && shown === 1 && scenario !== 'AMOUNT_VARIANCE'
  return unique && best.reason.code !== 'AMOUNT_DIFFERS' ? 'UNIQUE' : 'PARTIAL'
}

function itemOf(
  subject: Subject,
  records: Pick<ReviewItem, 'bankLineIds' | 'bookEntryIds' | 'perspective'>,
  matches: readonly Match[],
): ReviewItem {
  const { best, scenario } = subject
  const reconciled = best?.status === 'AUTO' && subject.posted
  return {
    id: subject.id,
    bankLineIds: records.bankLineIds,
    bookEntryIds: records.bookEntryIds,
    perspective: records.perspective,
    scenario,
    bucket: bucketOf(scenario, best, matches.length),
    status: reconciled ? 'RECONCILED' : 'OUTSTANDING',
    matches,
    reason: subject.reason,
    severity: severityOf(scenario, subject.minor, reconciled, matches.length > 0, best?.finding !== subject.following),
    version: 1,
  }
}

/** One item per bank line, or per batch: superseded lines and legs of a batch show in the item of their leader. */
export function bankItems(
  context: MatchingContext,
  matches: readonly (Match | undefined)[],
): { readonly items: readonly ReviewItem[]; readonly scenarioOf: readonly Scenario[] } {
  const { lines, drafts } = context
  const byLine = draftsByRecord(drafts, lines.count, (draft) => draft.lines)
  const leaderOf = leaders(context, byLine)
  const followers = new Map<number, number[]>()
  for (let line = 0; line < lines.count; line++) {
    const leader = leaderOf[line] ?? line
    if (leader === line) continue
    const list = followers.get(leader)
    if (list === undefined) followers.set(leader, [line])
    else list.push(line)
  }
  const scenarioOf: Scenario[] = new Array(lines.count)
  const items: ReviewItem[] = []
  const following = followingCase(context)
  for (let line = 0; line < lines.count; line++) {
    if ((leaderOf[line] ?? line) !== line) continue
    const members = [line, ...(followers.get(line) ?? [])]
    const found = byLine[line] ?? []
    const best = drafts[found[0] ?? -1]
    const shown = found.map((at) => matches[at]).filter((match) => match !== undefined)
    const scenario = scenarioOfLine(context, line, best)
    for (const member of members) scenarioOf[member] = scenario
    const id = lines.rows[line]?.id ?? ''
    const replaced = best === undefined && lines.state[line] === recordStates.SHUT
    items.push(
      itemOf(
        {
          id: `item:${id}`,
          minor: replaced ? 0 : members.reduce((sum, member) => sum + (lines.amount[member] ?? 0), 0),
          scenario,
          reason: best?.reason ?? context.notes.get(line) ?? { code: replaced ? 'LINE_CLOSED' : 'NO_CANDIDATE' },
          best,
          posted: lines.rows[line]?.status === 'POSTED',
          following,
        },
        {
          bankLineIds: members.map((member) => lines.rows[member]?.id ?? ''),
          bookEntryIds: noIds,
          perspective: 'BANK',
        },
        shown,
      ),
    )
  }
  return { items, scenarioOf }
}

/** The line whose item each line is in: itself, the first line of its group, or the line it is a companion of. */
function leaders(context: MatchingContext, byLine: readonly (readonly number[] | undefined)[]): Int32Array {
  const { lines, drafts, companionOf } = context
  const leaderOf = new Int32Array(lines.count)
  for (let line = 0; line < lines.count; line++) {
    const best = drafts[byLine[line]?.[0] ?? -1]
    const inGroup = best !== undefined && best.lines.length > 1 && !best.alternative
    leaderOf[line] = inGroup ? (best.lines[0] ?? line) : line
  }
  for (let line = 0; line < lines.count; line++) {
    let leader = companionOf[line] ?? -1
    for (let hops = 0; leader >= 0 && hops < 8; hops++) {
      leaderOf[line] = leaderOf[leader] ?? leader
      leader = companionOf[leader] ?? -1
    }
  }
  return leaderOf
}

/** One item per open or linked book entry, for desks that list payments. */
export function bookItems(context: MatchingContext, matches: readonly (Match | undefined)[]): ReviewItem[] {
  const { lines, entries, drafts } = context
  const byEntry = draftsByRecord(drafts, entries.count, (draft) => draft.entries)
  const items: ReviewItem[] = []
  const following = followingCase(context)
  for (let entry = 0; entry < entries.count; entry++) {
    const found = byEntry[entry] ?? []
    const best = drafts[found[0] ?? -1]
    if (best === undefined && entries.state[entry] === recordStates.SHUT) continue
    const shown = found.map((at) => matches[at]).filter((match) => match !== undefined)
    const id = entries.rows[entry]?.id ?? ''
    items.push(
      itemOf(
        {
          id: `item:${id}`,
          minor: entries.amount[entry] ?? 0,
          scenario: (best === undefined ? undefined : scenarioOfDraft(best)) ?? 'UNMATCHED',
          reason: best?.reason ?? { code: 'NO_CANDIDATE' },
          best,
          posted: best === undefined || best.lines.every((line) => lines.rows[line]?.status === 'POSTED'),
          following,
        },
        {
          bankLineIds: noIds,
          bookEntryIds: [id],
          perspective: 'BOOK',
        },
        shown,
      ),
    )
  }
  return items
}
