import type { BankLine } from '../records/bank-line.ts'
import { canonicalReference } from '../references/normalization-pipeline.ts'
import { referenceTokens } from '../references/reference-tokens.ts'
import type { LineField, MatchPolicy } from './match-policy.ts'
import { keyedLineFields, type ReferenceIndex } from './reference-index.ts'

/** Something on a line that may be a reference: a field as a whole, or a token of a text. */
export interface Mention {
  readonly field: LineField
  readonly raw: string
  readonly canonical: string
  readonly fromText: boolean
}

const longestWhole = 64
/** MT940 cuts field 61's reference here and goes on in the text. */
const cutReference = 16
const wordInFront = /^\s{0,3}([\p{L}\p{N}]{1,20})/u

type Index = Pick<ReferenceIndex, 'keys' | 'lineKeys' | 'dull'>

/** What a line says that may name an entry: its fields first, then its texts by token. */
export function mentionsOf(line: BankLine | undefined, index: Index, row: number, policy: MatchPolicy): Mention[] {
  const mentions: Mention[] = []
  if (line === undefined || policy.references.mode === 'IGNORE') return mentions
  const { stripFront, caseSensitive, minimumDigits, lineFields: searched } = policy.references
  for (let slot = 0; slot < keyedLineFields.length; slot++) {
    const key = index.lineKeys[slot]?.[row] ?? -1
    if (key < 0 || index.dull[key] === 1) continue
    const field = keyedLineFields[slot] ?? 'endToEndId'
    const raw = line.references[field] ?? ''
    mentions.push({ field, raw, canonical: index.keys[key] ?? '', fromText: false })
    if (stripFront === 0 || raw.length <= stripFront) continue
    const canonical = canonicalReference(raw.slice(stripFront), caseSensitive)
    if (canonical !== '') mentions.push({ field, raw, canonical, fromText: false })
  }
  const { customerReference, endToEndId, remittanceText: text } = line.references
  if (
    text !== undefined &&
    text.length <= longestWhole &&
    (searched === undefined || searched.includes('remittanceText'))
  ) {
    const whole = canonicalReference(text, caseSensitive)
    if (whole.length >= minimumDigits)
      mentions.push({ field: 'remittanceText', raw: text, canonical: whole, fromText: false })
  }
  addTokens(mentions, 'remittanceText', text, policy)
  addTokens(mentions, 'customerReference', customerReference, policy)
  addTokens(mentions, 'endToEndId', endToEndId, policy)
  if (customerReference === undefined || text === undefined || searched !== undefined) return mentions
  const front = customerReference.trim()
  const tail = front.length === cutReference ? wordInFront.exec(text)?.[1] : undefined
  if (tail === undefined) return mentions
  for (const token of referenceTokens(front + tail, minimumDigits))
    mentions.push({ field: 'customerReference', raw: token.raw, canonical: token.canonical, fromText: true })
  return mentions
}

/** A token that says what an earlier mention said, letter by letter, adds nothing. */
function addTokens(mentions: Mention[], field: LineField, text: string | undefined, policy: MatchPolicy): void {
  const { lineFields: searched, minimumDigits } = policy.references
  if (text === undefined || (searched !== undefined && !searched.includes(field))) return
  for (const { raw, canonical } of referenceTokens(text, minimumDigits)) {
    let known = false
    for (const earlier of mentions) if (earlier.raw === raw && earlier.canonical === canonical) known = true
    if (!known) mentions.push({ field, raw, canonical, fromText: true })
  }
}
