import { allow, type Decision, refuse } from '../decision.ts'

/** How stamps of one tenant are written: `[ai-collect:placement=pl_1]` with the prefix `ai-collect`. */
export interface StampFormat {
  /** 1 to 40 letters, digits, dots, dashes or underscores. */
  readonly prefix: string
  /** Longest memo the books take; QuickBooks takes 4000. */
  readonly longestMemo: number
}

export const defaultStampFormat: StampFormat = { prefix: 'ai-collect', longestMemo: 4000 }

const prefixPattern = /^[A-Za-z0-9._-]{1,40}$/
const idPattern = /^[A-Za-z0-9._:-]{1,100}$/

/** The memo of our own write: the stamp, then the text as far as it fits. */
export function stampedMemo(
  placementId: string,
  text = '',
  format: StampFormat = defaultStampFormat,
): Decision<string, 'STAMP_INVALID'> {
  if (!prefixPattern.test(format.prefix) || !idPattern.test(placementId)) {
    return refuse(
      'STAMP_INVALID',
      'Prefix and placement id may hold letters, digits, dots, colons, dashes, underscores.',
    )
  }
  const stamp = `[${format.prefix}:placement=${placementId}]`
  const plain = [...text.replaceAll(/[[\]]/g, ' ').trim()]
  const room = format.longestMemo - stamp.length - 1
  let rest = ''
  for (const letter of plain) {
    if (rest.length + letter.length > room) break
    rest += letter
  }
  return allow(rest === '' ? stamp : `${stamp} ${rest}`)
}

/** Finds our stamps in a memo: the placement ids, in order. Only whole stamps with our prefix count. */
export function stampsIn(memo: string, format: StampFormat = defaultStampFormat): readonly string[] {
  const opening = `[${format.prefix}:placement=`
  const ids: string[] = []
  const text = memo.slice(0, 20_000)
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, start + 1)) {
    const end = text.indexOf(']', start)
    const id = end < 0 ? '' : text.slice(start + opening.length, end)
    if (idPattern.test(id)) ids.push(id)
  }
  return ids
}
