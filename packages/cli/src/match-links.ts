import type { Match, MatchRun, ReviewItem } from '@recon/core'

/** A link as `recon match --json` writes it. `rank` 1 is the best of its item. */
export interface LinkRecord {
  readonly bank: readonly string[]
  readonly ledger: readonly string[]
  readonly status: Match['status']
  readonly rank: number
  readonly kind: Match['kind']
  readonly pass: Match['pass']
  readonly scenario: ReviewItem['scenario'] | null
  readonly confidence: number
  readonly evidence: Match['evidence']
  readonly difference: Match['difference']
  readonly reason: Match['reason']
}

/** An item without the links themselves: those are in `links`, by the item's bank and ledger ids. */
export type ItemRecord = Omit<ReviewItem, 'matches'> & { readonly links: number }

/** Every link once, item by item, best first. Links of no item (none are expected) come last. */
export function* linkRecords(run: MatchRun): Generator<LinkRecord> {
  const seen = new Set<string>()
  for (const item of run.items) {
    for (const [index, match] of item.matches.entries()) {
      if (seen.has(match.id)) continue
      seen.add(match.id)
      yield linkRecord(match, item.scenario, index + 1)
    }
  }
  for (const match of run.matches) if (!seen.has(match.id)) yield linkRecord(match, null, 1)
}

function linkRecord(match: Match, scenario: LinkRecord['scenario'], rank: number): LinkRecord {
  return {
    bank: match.bankLineIds,
    ledger: match.bookEntryIds,
    status: match.status,
    rank,
    kind: match.kind,
    pass: match.pass,
    scenario,
    confidence: match.confidence,
    evidence: match.evidence,
    difference: match.difference,
    reason: match.reason,
  }
}

export function itemRecord(item: ReviewItem): ItemRecord {
  const { matches, ...rest } = item
  return { ...rest, links: matches.length }
}

const pieceCharacters = 64 * 1024

/** The whole result as JSON, in pieces: a million links do not become one string. */
export function* resultJson(run: MatchRun, extra: Readonly<Record<string, unknown>>): Generator<string> {
  yield* inPieces(resultParts(run, extra))
}

function* resultParts(run: MatchRun, extra: Readonly<Record<string, unknown>>): Generator<string> {
  yield '{"links":['
  let first = true
  for (const link of linkRecords(run)) {
    yield (first ? '' : ',') + JSON.stringify(link)
    first = false
  }
  yield '],"items":['
  first = true
  for (const item of run.items) {
    yield (first ? '' : ',') + JSON.stringify(itemRecord(item))
    first = false
  }
  const rest = {
    openBookEntryIds: run.openBookEntryIds,
    proof: run.proof,
    proofs: run.proofs,
    stats: run.stats,
    ...extra,
  }
  yield `],${JSON.stringify(rest).slice(1)}\n`
}

/** Joins small parts so that the writer is called once per 64 KB. */
export function* inPieces(parts: Iterable<string>): Generator<string> {
  let held: string[] = []
  let size = 0
  for (const part of parts) {
    held.push(part)
    size += part.length
    if (size < pieceCharacters) continue
    yield held.join('')
    held = []
    size = 0
  }
  if (held.length > 0) yield held.join('')
}
