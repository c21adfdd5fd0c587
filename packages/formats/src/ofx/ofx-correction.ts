import type { ReaderContext } from '../format-reader.ts'
import type { OfxAggregate } from './ofx-statements.ts'

/** What a transaction does to an earlier one (CORRECTFITID and CORRECTACTION, OFX 2.3, 11.4.4). */
export interface OfxCorrection {
  /** The bank's id of the transaction that is corrected. */
  readonly fitid: string
  readonly action: 'REPLACE' | 'DELETE'
}

/** Undefined for a transaction that corrects nothing. @throws ReconError FORMAT_INVALID where the action is neither */
export function readOfxCorrection({ leaves, line }: OfxAggregate, context: ReaderContext): OfxCorrection | undefined {
  const fitid = leaves.get('CORRECTFITID') ?? ''
  const action = (leaves.get('CORRECTACTION') ?? '').toUpperCase()
  if (fitid === '' && action === '') return undefined
  if (fitid !== '' && (action === 'REPLACE' || action === 'DELETE')) return { fitid, action }
  context.defect('FIELD_INVALID', {
    message: `A transaction corrects "${fitid.slice(0, 60)}" by "${action.slice(0, 20)}".`,
    line,
    expected: 'CORRECTFITID with CORRECTACTION REPLACE or DELETE',
    found: action.slice(0, 20),
  })
  return undefined
}

/** A transaction that takes an earlier one back moves no money itself: the bank sends it instead of a movement. */
export function announceDeletion(
  correction: OfxCorrection,
  account: string,
  aggregate: OfxAggregate,
  known: string | undefined,
  context: ReaderContext,
): void {
  context.emit({
    type: 'notice',
    notice: {
      kind: 'DELETED_DATA',
      account,
      text: `The bank takes back the transaction ${correction.fitid.slice(0, 60)}.`,
      facts: { fitid: correction.fitid.slice(0, 200), ...(known !== undefined && { lineId: known }) },
      line: aggregate.line,
    },
  })
}

/** Says that a line replaces one of an earlier file, so that a person can find it by the bank's id. */
export function warnOfReplacement({ fitid }: OfxCorrection, line: number, context: ReaderContext): void {
  context.warn(
    'CORRECTS_EARLIER_FILE',
    `The transaction replaces ${fitid.slice(0, 60)}, which does not stand above it; where it was loaded before, take it back.`,
    line,
  )
}
