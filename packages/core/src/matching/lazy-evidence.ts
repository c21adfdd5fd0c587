import type { Evidence } from './evidence.ts'
import type { Match } from './match.ts'
import type { MatchDraft } from './match-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { draftEvidence } from './pair-evidence.ts'

const source = Symbol('evidence source')

interface EvidenceSource {
  readonly context: MatchingContext
  readonly draft: MatchDraft
  built: readonly Evidence[] | undefined
}

// One accessor for all links: a closure per link would give every link a hidden class of its own, at four times the memory.
const accessor: PropertyDescriptor & ThisType<{ readonly [source]: EvidenceSource }> = {
  enumerable: true,
  configurable: true,
  get() {
    const from = this[source]
    from.built ??= draftEvidence(from.context, from.draft)
    return from.built
  },
}

/** The link with its evidence, built when first read. What the evidence is built from is invisible to copies and comparisons. */
export function withLazyEvidence(link: Omit<Match, 'evidence'>, context: MatchingContext, draft: MatchDraft): Match {
  const from: EvidenceSource = { context, draft, built: undefined }
  Object.defineProperty(link, 'evidence', accessor)
  Object.defineProperty(link, source, { value: from })
  return link as Match
}
