import type { Reason } from './matching/evidence.ts'
import type { Match } from './matching/match.ts'
import type { MatchDraft, MatchFinding } from './matching/match-draft.ts'
import type { RenderedMatches } from './matching/match-render.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { recordStates, recordTraits } from './matching/side-columns.ts'
import type { ReviewBucket, ReviewItem } from './review/review-item.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { scenarioOfDraft, scenarioOfLine } from './scenarios/scenario-of-line.ts'
import { severityOf } from './scenarios/severity.ts'

/** Drafts by record: those of record `r` are `items[starts[r]]` up to `items[starts[r + 1]]`, indexes into the drafts, best first. */
export interface RecordDrafts {
  readonly starts: Int32Array
  readonly items: Int32Array
}

/** Drafts of each subject, best first: real links before alternatives, then by score. */
export function draftsByRecord(
  drafts: readonly MatchDraft[],
  count: number,
  recordsOf: (draft: MatchDraft) => readonly number[],
): RecordDrafts {
  const starts = new Int32Array(count + 1)
  for (const draft of drafts) for (const record of recordsOf(draft)) starts[record + 1] = (starts[record + 1] ?? 0) + 1
  for (let record = 0; record < count; record++) starts[record + 1] = (starts[record + 1] ?? 0) + (starts[record] ?? 0)
  const next = starts.slice(0, count)
  const items = new Int32Array(starts[count] ?? 0)
  for (let at = 0; at < drafts.length; at++) {
    for (const record of recordsOf(drafts[at] as MatchDraft)) {
      const place = next[record] ?? 0
      items[place] = at
      next[record] = place + 1
    }
  }
  for (let record = 0; record < count; record++) {
    const [from, to] = [starts[record] ?? 0, starts[record + 1] ?? 0]
    if (to - from > 1) items.subarray(from, to).sort((left, right) => compareDrafts(drafts, left, right))
  }
  return { starts, items }
}

const rank = { AUTO: 0, FLAGGED: 1, PROPOSED: 2 } as const

function compareDrafts(drafts: readonly MatchDraft[], left: number, right: number): number {
  const first = drafts[left]
  const second = drafts[right]
  if (first === undefined || second === undefined) return left - right
  return (
    Number(first.alternative ?? false) - Number(second.alternative ?? false) ||
    rank[first.status] - rank[second.status] ||
    second.score - first.score ||
    left - right
  )
}

function bestOf(
  drafts: readonly MatchDraft[],
  { starts, items }: RecordDrafts,
  record: number,
): MatchDraft | undefined {
  const first = starts[record] ?? 0
  return first < (starts[record + 1] ?? 0) ? drafts[items[first] ?? -1] : undefined
}

const noMatches: readonly Match[] = []

/** The links of a record, best first; drafts without an entry have none. */
function matchesOf(matches: RenderedMatches, { starts, items }: RecordDrafts, record: number): readonly Match[] {
  let shown: Match[] | undefined
  for (let at = starts[record] ?? 0; at < (starts[record + 1] ?? 0); at++) {
    const match = matches.of(items[at] ?? -1)
    if (match === undefined) continue
    if (shown === undefined) shown = [match]
    else shown.push(match)
  }
  return shown ?? noMatches
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
  matches: RenderedMatches,
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
    const others = followers.get(line)
    const best = bestOf(drafts, byLine, line)
    const shown = matchesOf(matches, byLine, line)
    const scenario = scenarioOfLine(context, line, best)
    let minor = lines.amount[line] ?? 0
    scenarioOf[line] = scenario
    for (const member of others ?? []) {
      scenarioOf[member] = scenario
      minor += lines.amount[member] ?? 0
    }
    const id = lines.rows[line]?.id ?? ''
    const replaced = best === undefined && lines.state[line] === recordStates.SHUT
    items.push(
      itemOf(
        {
          id: `item:${id}`,
          minor: replaced ? 0 : minor,
          scenario,
          reason: best?.reason ?? context.notes.get(line) ?? { code: replaced ? 'LINE_CLOSED' : 'NO_CANDIDATE' },
          best,
          posted: ((lines.traits[line] ?? 0) & recordTraits.POSTED) > 0,
          following,
        },
        {
          bankLineIds: idsOfItem(context, line, others, shown[0]),
          bookEntryIds: noIds,
          perspective: 'BANK',
        },
        shown,
      ),
    )
  }
  return { items, scenarioOf }
}

/** The ids of an item; most items are one line, whose link lists the same ids already. */
function idsOfItem(
  context: MatchingContext,
  line: number,
  others: readonly number[] | undefined,
  best: Match | undefined,
): readonly string[] {
  const { rows } = context.lines
  if (others !== undefined) return [line, ...others].map((member) => rows[member]?.id ?? '')
  return best?.bankLineIds.length === 1 ? best.bankLineIds : [rows[line]?.id ?? '']
}

/** The line whose item each line is in: itself, the first line of its group, or the line it is a companion of. */
function leaders(context: MatchingContext, byLine: RecordDrafts): Int32Array {
  const { lines, drafts, companionOf } = context
  const leaderOf = new Int32Array(lines.count)
  const leads = Int32Array.from(drafts, (draft) =>
    draft.alternative || draft.lines.length < 2 ? -1 : (draft.lines[0] ?? -1),
  )
  const { starts, items } = byLine
  for (let line = 0; line < lines.count; line++) {
    const first = starts[line] ?? 0
    const lead = first < (starts[line + 1] ?? 0) ? (leads[items[first] ?? 0] ?? -1) : -1
    leaderOf[line] = lead < 0 ? line : lead
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
export function bookItems(context: MatchingContext, matches: RenderedMatches): ReviewItem[] {
  const { lines, entries, drafts } = context
  const byEntry = draftsByRecord(drafts, entries.count, (draft) => draft.entries)
  const items: ReviewItem[] = []
  const following = followingCase(context)
  for (let entry = 0; entry < entries.count; entry++) {
    const best = bestOf(drafts, byEntry, entry)
    if (best === undefined && entries.state[entry] === recordStates.SHUT) continue
    const shown = matchesOf(matches, byEntry, entry)
    const id = entries.rows[entry]?.id ?? ''
    items.push(
      itemOf(
        {
          id: `item:${id}`,
          minor: entries.amount[entry] ?? 0,
          scenario: (best === undefined ? undefined : scenarioOfDraft(best)) ?? 'UNMATCHED',
          reason: best?.reason ?? { code: 'NO_CANDIDATE' },
          best,
          posted:
            best === undefined || best.lines.every((line) => ((lines.traits[line] ?? 0) & recordTraits.POSTED) > 0),
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
