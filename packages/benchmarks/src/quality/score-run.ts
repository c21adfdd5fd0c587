import type { Match, MatchRun } from '@recon/core'
import type { Label } from '../labelled/labelled-world.ts'

/** What became of the labels of one kind. Links and pairs, not lines. */
export interface KindScore {
  readonly kind: string
  labels: number
  /** Right links made automatically, and right first proposals. */
  automatic: number
  proposed: number
  /** Labels without their exact link. */
  missed: number
  wrongAutomatic: number
  wrongFirst: number
  flagged: number
}

export interface QualityScore {
  readonly kinds: readonly KindScore[]
  readonly automaticLinks: number
  readonly wrongAutomatic: number
  readonly wrongAutomaticShare: number
  readonly mustAutomaticRecall: number
  readonly flagRecall: number
  readonly firstProposals: number
  readonly firstProposalPrecision: number
  readonly linkPrecision: number
  readonly linkRecall: number
  readonly linkF1: number
  readonly pairF1: number
  readonly usedTwice: number
  /** Ids of what went wrong, for looking into it. */
  readonly wrong: readonly string[]
}

const flagKinds: ReadonlySet<string> = new Set(['DUPLICATE', 'FAILED'])
const linkKinds: ReadonlySet<string> = new Set(['AUTO', 'LINK', 'REVIEW'])

interface Truth {
  readonly byBank: ReadonlyMap<string, readonly Label[]>
  readonly byLedger: ReadonlyMap<string, readonly Label[]>
}

function truthOf(labels: readonly Label[]): Truth {
  const byBank = new Map<string, Label[]>()
  const byLedger = new Map<string, Label[]>()
  const put = (map: Map<string, Label[]>, id: string, label: Label): void => {
    const list = map.get(id)
    if (list === undefined) map.set(id, [label])
    else list.push(label)
  }
  for (const label of labels) {
    for (const id of label.bank) put(byBank, id, label)
    for (const id of label.ledger) put(byLedger, id, label)
  }
  return { byBank, byLedger }
}

/** The label whose records hold every pair of the link; undefined when the link joins strangers. */
function labelOf(truth: Truth, link: Match): Label | undefined {
  const candidates = truth.byBank.get(link.bankLineIds[0] ?? '') ?? []
  return candidates.find(
    (label) =>
      link.bankLineIds.every((id) => label.bank.includes(id)) &&
      link.bookEntryIds.every((id) => label.ledger.includes(id)),
  )
}

function isWhole(label: Label, link: Match): boolean {
  if (label.anyPairing) return link.bankLineIds.length === link.bookEntryIds.length
  return link.bankLineIds.length === label.bank.length && link.bookEntryIds.length === label.ledger.length
}

/** First proposals: the best link of every item that has no automatic one; the same link of several items once. */
function firstProposals(run: MatchRun): Match[] {
  const first = new Map<string, Match>()
  for (const item of run.items) {
    const best = item.matches[0]
    if (best !== undefined && best.status !== 'AUTO') first.set(best.id, best)
  }
  return [...first.values()]
}

export function scoreRun(run: MatchRun, labels: readonly Label[]): QualityScore {
  const truth = truthOf(labels)
  const kinds = new Map<string, KindScore>()
  const scoreOf = (kind: string): KindScore => {
    let score = kinds.get(kind)
    if (score === undefined) {
      score = { kind, labels: 0, automatic: 0, proposed: 0, missed: 0, wrongAutomatic: 0, wrongFirst: 0, flagged: 0 }
      kinds.set(kind, score)
    }
    return score
  }
  const wrong: string[] = []
  const automatic = run.matches.filter((match) => match.status === 'AUTO' && match.bookEntryIds.length > 0)
  const first = firstProposals(run)
  const found = new Map<Label, number>()
  const tally = { truePairs: 0, predictedPairs: 0, rightPairs: 0, rightLinks: 0, countedLinks: 0 }
  const judge = (link: Match, isAutomatic: boolean): boolean => {
    const label = labelOf(truth, link)
    const kind =
      (label ?? truth.byBank.get(link.bankLineIds[0] ?? '')?.[0] ?? truth.byLedger.get(link.bookEntryIds[0] ?? '')?.[0])
        ?.kind ?? 'unlabelled'
    const right =
      label !== undefined &&
      label.expect !== 'NONE' &&
      (!isAutomatic || label.expect === 'AUTO' || label.expect === 'LINK')
    const pairs = link.bankLineIds.length * link.bookEntryIds.length
    const whole = label !== undefined && isWhole(label, link)
    if (label === undefined || linkKinds.has(label.expect)) {
      tally.predictedPairs += pairs
      tally.countedLinks++
      if (label !== undefined) tally.rightPairs += pairs
      if (whole) tally.rightLinks++
    }
    if (!right || (isAutomatic && !whole)) {
      if (isAutomatic) scoreOf(kind).wrongAutomatic++
      else scoreOf(kind).wrongFirst++
      wrong.push(
        `${isAutomatic ? 'auto' : 'first'} ${kind} ${link.bankLineIds.join('+')} ${link.bookEntryIds.join('+')} ${link.pass} ${link.reason.code}`,
      )
      return false
    }
    if (whole) {
      if (isAutomatic) scoreOf(kind).automatic++
      else scoreOf(kind).proposed++
      found.set(label, (found.get(label) ?? 0) + 1)
    }
    return true
  }
  const rightAutomatic = automatic.filter((link) => judge(link, true)).length
  const rightFirst = first.filter((link) => judge(link, false)).length
  const links = countLabels(run, labels, found, scoreOf, tally, wrong)
  const precision = tally.countedLinks === 0 ? 1 : tally.rightLinks / tally.countedLinks
  const recall = links.expected === 0 ? 1 : Math.min(1, tally.rightLinks / links.expected)
  return {
    kinds: [...kinds.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    automaticLinks: automatic.length,
    wrongAutomatic: automatic.length - rightAutomatic,
    wrongAutomaticShare: automatic.length === 0 ? 0 : (automatic.length - rightAutomatic) / automatic.length,
    mustAutomaticRecall: links.mustAutomatic === 0 ? 1 : links.madeAutomatic / links.mustAutomatic,
    flagRecall: links.flags === 0 ? 1 : links.flagged / links.flags,
    firstProposals: first.length,
    firstProposalPrecision: first.length === 0 ? 1 : rightFirst / first.length,
    linkPrecision: precision,
    linkRecall: recall,
    linkF1: harmonic(precision, recall),
    pairF1: harmonic(
      tally.rightPairs / Math.max(1, tally.predictedPairs),
      tally.rightPairs / Math.max(1, tally.truePairs),
    ),
    usedTwice: usedTwice(automatic),
    wrong,
  }
}

function countLabels(
  run: MatchRun,
  labels: readonly Label[],
  found: ReadonlyMap<Label, number>,
  scoreOf: (kind: string) => KindScore,
  tally: { truePairs: number },
  wrong: string[],
) {
  const automaticBanks = new Set(
    run.matches.filter((match) => match.status === 'AUTO').flatMap((match) => match.bankLineIds),
  )
  const scenarioOf = new Map<string, string>()
  for (const item of run.items) for (const id of item.bankLineIds) scenarioOf.set(id, item.scenario)
  const counts = { expected: 0, mustAutomatic: 0, madeAutomatic: 0, flags: 0, flagged: 0 }
  for (const label of labels) {
    const score = scoreOf(label.kind)
    const size = label.anyPairing ? label.bank.length : 1
    score.labels += size
    if (label.expect === 'NONE') continue
    if (flagKinds.has(label.expect)) {
      counts.flags++
      const scenario = label.expect === 'FAILED' ? 'FAILED_PAYMENT' : 'DUPLICATE'
      if (label.bank.some((id) => scenarioOf.get(id) === scenario)) {
        counts.flagged++
        score.flagged++
      } else
        wrong.push(
          `unflagged ${label.kind} ${label.bank.join('+')} ${label.ledger.join('+')} ${label.bank.map((id) => scenarioOf.get(id)).join(',')}`,
        )
      continue
    }
    counts.expected += size
    tally.truePairs += label.anyPairing ? label.bank.length : label.bank.length * label.ledger.length
    const missing = Math.max(0, size - (found.get(label) ?? 0))
    score.missed += missing
    if (missing > 0) wrong.push(`missed ${label.kind} ${label.bank.join('+')} ${label.ledger.join('+')}`)
    if (label.expect === 'AUTO') {
      counts.mustAutomatic++
      if (label.bank.every((id) => automaticBanks.has(id)) && missing === 0) counts.madeAutomatic++
      else wrong.push(`not automatic ${label.kind} ${label.bank.join('+')} ${label.ledger.join('+')}`)
    }
  }
  return counts
}

function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

function usedTwice(automatic: readonly Match[]): number {
  const seen = new Set<string>()
  let twice = 0
  for (const match of automatic) {
    for (const id of [
      ...match.bankLineIds.map((each) => `b${each}`),
      ...match.bookEntryIds.map((each) => `l${each}`),
    ]) {
      if (seen.has(id)) twice++
      seen.add(id)
    }
  }
  return twice
}
