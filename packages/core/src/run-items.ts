import {
  bestDraft,
  countLinks,
  draftsByRecord,
  type LinkSource,
  type RecordDrafts,
  withLazyLinks,
} from './item-links.ts'
import type { Reason } from './matching/evidence.ts'
import type { MatchDraft, MatchFinding } from './matching/match-draft.ts'
import type { RenderedMatches } from './matching/match-render.ts'
import type { MatchingContext } from './matching/matching-context.ts'
import { recordStates, recordTraits } from './matching/side-columns.ts'
import type { ReviewBucket, ReviewItem } from './review/review-item.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { scenarioOfDraft, scenarioOfLine } from './scenarios/scenario-of-line.ts'
import { severityOf } from './scenarios/severity.ts'

const noIds: readonly string[] = []

interface Subject {
  readonly id: string
  readonly minor: number
  readonly scenario: Scenario
  readonly reason: Reason
  readonly best: MatchDraft | undefined
  readonly posted: boolean
}

/** The finding of duplicates that do not lead under the policy. */
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

/** How many items have what as their best link. */
export interface ItemTally {
  automatic: number
  proposed: number
  flagged: number
  unmatched: number
}

/** Makes the items of one run and counts them. */
class ItemMaker {
  readonly tally: ItemTally = { automatic: 0, proposed: 0, flagged: 0, unmatched: 0 }
  readonly #drafts: readonly MatchDraft[]
  readonly #links: LinkSource
  readonly #following: MatchFinding
  constructor(context: MatchingContext, links: LinkSource) {
    this.#drafts = context.drafts
    this.#links = links
    this.#following = followingCase(context)
  }

  make(
    subject: Subject,
    records: Pick<ReviewItem, 'bankLineIds' | 'bookEntryIds' | 'perspective'>,
    record: number,
  ): ReviewItem {
    const { best, scenario } = subject
    const reconciled = best?.status === 'AUTO' && subject.posted
    const { count, status } = countLinks(this.#drafts, this.#links.byRecord, record)
    if (status === undefined) this.tally.unmatched++
    else if (status === 'AUTO') this.tally.automatic++
    else if (status === 'PROPOSED') this.tally.proposed++
    else this.tally.flagged++
    return withLazyLinks(
      {
        id: subject.id,
        bankLineIds: records.bankLineIds,
        bookEntryIds: records.bookEntryIds,
        perspective: records.perspective,
        scenario,
        bucket: bucketOf(scenario, best, count),
        status: reconciled ? 'RECONCILED' : 'OUTSTANDING',
      },
      {
        reason: subject.reason,
        severity: severityOf(scenario, subject.minor, reconciled, count > 0, best?.finding !== this.#following),
      },
      this.#links,
      record,
    )
  }
}

/** One item per bank line, or per batch: superseded lines and legs of a batch show in the item of their leader. */
export function bankItems(
  context: MatchingContext,
  rendered: RenderedMatches,
): { readonly items: readonly ReviewItem[]; readonly scenarioOf: readonly Scenario[]; readonly tally: ItemTally } {
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
  const maker = new ItemMaker(context, { rendered, byRecord: byLine })
  for (let line = 0; line < lines.count; line++) {
    if ((leaderOf[line] ?? line) !== line) continue
    const others = followers.get(line)
    const best = bestDraft(drafts, byLine, line)
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
      maker.make(
        {
          id: `item:${id}`,
          minor: replaced ? 0 : minor,
          scenario,
          reason: best?.reason ?? context.notes.get(line) ?? { code: replaced ? 'LINE_CLOSED' : 'NO_CANDIDATE' },
          best,
          posted: ((lines.traits[line] ?? 0) & recordTraits.POSTED) > 0,
        },
        {
          bankLineIds: idsOfItem(context, line, others),
          bookEntryIds: noIds,
          perspective: 'BANK',
        },
        line,
      ),
    )
  }
  return { items, scenarioOf, tally: maker.tally }
}

function idsOfItem(context: MatchingContext, line: number, others: readonly number[] | undefined): readonly string[] {
  const { rows } = context.lines
  return others === undefined ? [rows[line]?.id ?? ''] : [line, ...others].map((member) => rows[member]?.id ?? '')
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
export function bookItems(
  context: MatchingContext,
  rendered: RenderedMatches,
): { readonly items: readonly ReviewItem[]; readonly tally: ItemTally } {
  const { lines, entries, drafts } = context
  const byEntry = draftsByRecord(drafts, entries.count, (draft) => draft.entries)
  const items: ReviewItem[] = []
  const maker = new ItemMaker(context, { rendered, byRecord: byEntry })
  for (let entry = 0; entry < entries.count; entry++) {
    const best = bestDraft(drafts, byEntry, entry)
    if (best === undefined && entries.state[entry] === recordStates.SHUT) continue
    const id = entries.rows[entry]?.id ?? ''
    items.push(
      maker.make(
        {
          id: `item:${id}`,
          minor: entries.amount[entry] ?? 0,
          scenario: (best === undefined ? undefined : scenarioOfDraft(best)) ?? 'UNMATCHED',
          reason: best?.reason ?? { code: 'NO_CANDIDATE' },
          best,
          posted:
            best === undefined || best.lines.every((line) => ((lines.traits[line] ?? 0) & recordTraits.POSTED) > 0),
        },
        {
          bankLineIds: noIds,
          bookEntryIds: [id],
          perspective: 'BOOK',
        },
        entry,
      ),
    )
  }
  return { items, tally: maker.tally }
}
