import type { MatchDraft } from './match-draft.ts'
import type { MatchingContext } from './matching-context.ts'
import { keyedEntryFields, keyedLineFields } from './reference-index.ts'

const fewestLinks = 15
const agreeingShare = 0.9
const textSlot = keyedLineFields.length
const descriptionSlot = keyedEntryFields.length
const shortestNumber = 4

/** Whether a record's reference speaks against a pair: both sides fill fields that hold the same identifier, differently. */
export type FieldCorrespondence = (line: number, entry: number) => boolean

/**
 * Which fields hold the same identifier, learned from the links of this run: where nearly all identifier links that fill a pair of
 * fields agree in it, two different values there are evidence against a pair. End-to-end id with payment reference, and check
 * numbers, count as corresponding until the run shows otherwise.
 */
export function createFieldCorrespondence(context: MatchingContext): FieldCorrespondence {
  const columns = descriptionSlot + 1
  const both = new Int32Array((textSlot + 1) * columns)
  const agreeing = new Int32Array(both.length)
  for (const draft of context.drafts) {
    const line = draft.lines[0]
    const entry = draft.entries[0]
    if (draft.bridge === undefined || draft.lines.length !== 1 || !isClear(draft)) continue
    if (line === undefined || entry === undefined || draft.entries.length !== 1) continue
    const bridgedLine = lineSlotOf(draft.bridge.lineField)
    const bridgedEntry = entrySlotOf(draft.bridge.entryField)
    let filled = 0
    for (let entrySlot = 0; entrySlot <= descriptionSlot; entrySlot++)
      if (entryFills(context, entry, entrySlot)) filled |= 1 << entrySlot
    for (let lineSlot = 0; lineSlot <= textSlot; lineSlot++) {
      if (!lineFills(context, line, lineSlot)) continue
      for (let entrySlot = 0; entrySlot <= descriptionSlot; entrySlot++) {
        if ((filled & (1 << entrySlot)) === 0) continue
        const cell = lineSlot * columns + entrySlot
        both[cell] = (both[cell] ?? 0) + 1
        const bridged = lineSlot === bridgedLine && entrySlot === bridgedEntry
        if (bridged || sameKey(context, line, lineSlot, entry, entrySlot)) agreeing[cell] = (agreeing[cell] ?? 0) + 1
      }
    }
  }
  const corresponding: (readonly [number, number])[] = []
  for (let lineSlot = 0; lineSlot <= textSlot; lineSlot++)
    for (let entrySlot = 0; entrySlot <= descriptionSlot; entrySlot++) {
      const cell = lineSlot * columns + entrySlot
      const learned = (both[cell] ?? 0) >= fewestLinks && (agreeing[cell] ?? 0) >= agreeingShare * (both[cell] ?? 0)
      const refuted = (both[cell] ?? 0) >= fewestLinks && (agreeing[cell] ?? 0) * 2 < (both[cell] ?? 0)
      if (learned || (correspondsByNature(lineSlot, entrySlot) && !refuted)) corresponding.push([lineSlot, entrySlot])
    }
  return (line, entry) =>
    corresponding.some(
      ([lineSlot, entrySlot]) =>
        lineFills(context, line, lineSlot) &&
        entryFills(context, entry, entrySlot) &&
        !sameKey(context, line, lineSlot, entry, entrySlot),
    )
}

/** Automatic links, and those only the policy held back. */
function isClear(draft: MatchDraft): boolean {
  return draft.status === 'AUTO' || (draft.status === 'PROPOSED' && draft.reason.code === 'STEP_NOT_AUTOMATIC')
}

function lineSlotOf(field: string): number {
  return field === 'remittanceText' ? textSlot : (keyedLineFields as readonly string[]).indexOf(field)
}

function entrySlotOf(field: string): number {
  return field === 'description' ? descriptionSlot : (keyedEntryFields as readonly string[]).indexOf(field)
}

/** Four digits in a row. */
function holdsNumber(text: string | undefined): boolean {
  if (text === undefined) return false
  let run = 0
  for (let at = 0; at < text.length && run < shortestNumber; at++) {
    const code = text.charCodeAt(at)
    run = code >= 48 && code <= 57 ? run + 1 : 0
  }
  return run === shortestNumber
}

function lineFills(context: MatchingContext, line: number, slot: number): boolean {
  if (slot === textSlot) return holdsNumber(context.lines.rows[line]?.references.remittanceText)
  const key = context.references.lineKeys[slot]?.[line] ?? -1
  return key >= 0 && context.references.dull[key] !== 1
}

function entryFills(context: MatchingContext, entry: number, slot: number): boolean {
  if (slot === descriptionSlot) return holdsNumber(context.entries.rows[entry]?.references.description)
  const key = context.references.entryKeys[slot]?.[entry] ?? -1
  return key >= 0 && context.references.dull[key] !== 1
}

function sameKey(context: MatchingContext, line: number, lineSlot: number, entry: number, entrySlot: number): boolean {
  if (lineSlot === textSlot || entrySlot === descriptionSlot) return false
  return context.references.lineKeys[lineSlot]?.[line] === context.references.entryKeys[entrySlot]?.[entry]
}

function correspondsByNature(lineSlot: number, entrySlot: number): boolean {
  const lineField = keyedLineFields[lineSlot]
  const entryField = keyedEntryFields[entrySlot]
  if (lineField === 'endToEndId') return entryField === 'paymentReference'
  return lineField === 'checkNumber' && (entryField === 'checkNumber' || entryField === 'transactionNumber')
}
