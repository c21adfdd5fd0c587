import type { Match } from './matching/match.ts'
import type { MatchDraft } from './matching/match-draft.ts'
import type { RenderedMatches } from './matching/match-render.ts'
import type { ReviewItem } from './review/review-item.ts'

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

/** The best draft of a record, whether or not it has an entry. */
export function bestDraft(
  drafts: readonly MatchDraft[],
  { starts, items }: RecordDrafts,
  record: number,
): MatchDraft | undefined {
  const first = starts[record] ?? 0
  return first < (starts[record + 1] ?? 0) ? drafts[items[first] ?? -1] : undefined
}

/** How many links a record has, and the status of the best: drafts without an entry are no links. */
export function countLinks(
  drafts: readonly MatchDraft[],
  { starts, items }: RecordDrafts,
  record: number,
): { readonly count: number; readonly status: MatchDraft['status'] | undefined } {
  let count = 0
  let status: MatchDraft['status'] | undefined
  for (let at = starts[record] ?? 0; at < (starts[record + 1] ?? 0); at++) {
    const draft = drafts[items[at] ?? -1]
    if (draft === undefined || draft.entries.length === 0) continue
    status ??= draft.status
    count++
  }
  return { count, status }
}

/** Where the links of a run's items come from. */
export interface LinkSource {
  readonly rendered: RenderedMatches
  readonly byRecord: RecordDrafts
}

interface ItemSource {
  readonly links: LinkSource
  readonly record: number
  built: readonly Match[] | undefined
}

const source = Symbol('links of an item')

// One accessor for all items, as for the evidence of links: most items of a large run are never opened.
const accessor: PropertyDescriptor & ThisType<{ readonly [source]: ItemSource }> = {
  enumerable: true,
  configurable: true,
  get() {
    const from = this[source]
    from.built ??= linksOf(from)
    return from.built
  },
}

function linksOf({ links, record }: ItemSource): readonly Match[] {
  const { starts, items } = links.byRecord
  const found: Match[] = []
  for (let at = starts[record] ?? 0; at < (starts[record + 1] ?? 0); at++) {
    const match = links.rendered.of(items[at] ?? -1)
    if (match !== undefined) found.push(match)
  }
  return found
}

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] }
type Head = 'id' | 'bankLineIds' | 'bookEntryIds' | 'perspective' | 'scenario' | 'bucket' | 'status'

/** The item with its links, rendered when first read. */
export function withLazyLinks(
  head: Pick<ReviewItem, Head>,
  rest: Pick<ReviewItem, 'reason' | 'severity'>,
  links: LinkSource,
  record: number,
): ReviewItem {
  const from: ItemSource = { links, record, built: undefined }
  Object.defineProperty(head, 'matches', accessor)
  const item = head as Mutable<ReviewItem>
  item.reason = rest.reason
  item.severity = rest.severity
  item.version = 1
  Object.defineProperty(item, source, { value: from })
  return item
}
