import type { BankProfile, TagMeaning } from './bank-profile.ts'

/** What tags and phrases in free text say, by meaning. The first mention wins. */
export type TextFacts = Partial<Record<Exclude<TagMeaning, 'ignore'>, string>>

const longestTag = 24

/** A tag at the start of a line: `EREF: x`, `ORG:=x`, `BNF NAME:=x`. */
function tagOf(line: string): { tag: string; value: string } | undefined {
  const colon = line.indexOf(':')
  if (colon < 1 || colon > longestTag) return undefined
  const tag = line.slice(0, colon).trim().toUpperCase()
  const value = line.slice(line[colon + 1] === '=' ? colon + 2 : colon + 1).trim()
  return { tag, value }
}

/**
 * Reads tagged lines of continuation text by the profile's dictionary, and the few phrases banks write into plain text:
 * a sweep's structure id, a NACHA return reason, the client's reference, the settled amount of a conversion.
 */
export function factsOfText(lines: readonly string[], direction: 'CREDIT' | 'DEBIT', profile: BankProfile): TextFacts {
  const facts: TextFacts = {}
  const sided = direction === 'CREDIT' ? profile.creditTags : profile.debitTags
  for (const line of lines) {
    const tagged = tagOf(line)
    if (tagged === undefined || tagged.value === '') continue
    const meaning = sided?.[tagged.tag] ?? profile.tags?.[tagged.tag]
    if (meaning !== undefined && meaning !== 'ignore') facts[meaning] ??= tagged.value
  }
  readPhrases(lines, facts)
  return facts
}

const structurePhrase = /\bStructure ID:? {0,3}([A-Za-z0-9-]{3,35})/i
const reasonPhrase = /\bReason:? {0,3}"?([RC]\d\d)\b/i
const clientPhrase = /\bClient Ref(?:erence)? ID: {0,3}([^\s,"]{1,35})/i
const settledPhrase = /\bSettled Amt:? {0,3}([A-Z]{3} {0,3}[\d.,]{1,20}\d)/i

function readPhrases(lines: readonly string[], facts: TextFacts): void {
  for (const line of lines) {
    if (facts.structureId === undefined && (line.includes('tructure I') || line.includes('STRUCTURE I'))) {
      const found = structurePhrase.exec(line)?.[1]
      if (found !== undefined) facts.structureId = found
    }
    if (facts.returnCode === undefined && line.includes('eason')) {
      const found = reasonPhrase.exec(line)?.[1]
      if (found !== undefined) facts.returnCode = found.toUpperCase()
    }
    if (facts.customerReference === undefined && line.includes('Client Ref')) {
      const found = clientPhrase.exec(line)?.[1]
      if (found !== undefined) facts.customerReference = found
    }
    if (facts.originalAmount === undefined && line.includes('Settled')) {
      const found = settledPhrase.exec(line)?.[1]
      if (found !== undefined) facts.originalAmount = found
    }
  }
}
